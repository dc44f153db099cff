using System.Runtime.Versioning;

namespace Amazon.Lambda.Core.ResponseStreaming;

/// <summary>The response while it is being sent. Only the Lambda runtime makes one.</summary>
[RequiresPreviewFeatures(LambdaResponseStreamFactory.Preview)]
public class LambdaResponseStream : Stream
{
    private long _bytesWritten;

    internal LambdaResponseStream() { }

    public long BytesWritten => _bytesWritten;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => BytesWritten;

    public override long Position
    {
        get => throw CannotSeek();
        set => throw CannotSeek();
    }

    public Task WriteAsync(byte[] buffer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return WriteAsync(buffer, 0, buffer.Length, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken = default)
    {
        _bytesWritten += count;
        return Task.CompletedTask;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw CannotSeek();

    public override int Read(byte[] buffer, int offset, int count) => throw CannotRead();

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw CannotRead();

    public override void Write(byte[] buffer, int offset, int count) => _bytesWritten += count;

    public override void Flush() { }

    public override void SetLength(long value) => throw CannotSeek();

    private static NotSupportedException CannotSeek() => new("A streamed response can only be written on.");

    private static NotSupportedException CannotRead() => new("A streamed response can only be written.");
}
