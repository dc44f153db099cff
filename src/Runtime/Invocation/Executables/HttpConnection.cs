using System.Buffers;
using System.Globalization;
using System.Text;

namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>
/// The server's side of an HTTP/1.1 connection, as far as clients of the Runtime API need it: lengths and chunks with trailers, <c>Expect: 100-continue</c>, connections that
/// are used again. Not thread-safe.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="mostBody">The longest body that is kept, in bytes; a longer one is read and counted.</param>
internal sealed class HttpConnection(Stream stream, long mostBody)
{
    private const int MostLine = 64 * 1024;
    private const int MostHeaders = 200;

    private readonly byte[] buffer = new byte[16 * 1024];
    private int start;
    private int end;

    /// <summary>The next request; null when the client has closed the connection.</summary>
    /// <exception cref="InvalidDataException">It is no HTTP.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<HttpRequest?> ReadAsync(CancellationToken cancellation)
    {
        var first = await ReadLineAsync(cancellation).ConfigureAwait(false);
        if (first is null)
            return null;
        if (first.Split(' ') is not [var method, var target, var version] || !version.StartsWith("HTTP/1.", StringComparison.Ordinal))
            throw new InvalidDataException($"'{first}' is no request of HTTP/1.1");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        await ReadHeadersAsync(headers, cancellation).ConfigureAwait(false);
        if (headers.TryGetValue("Expect", out var expected) && expected.Equals("100-continue", StringComparison.OrdinalIgnoreCase))
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellation).ConfigureAwait(false);

        var body = new ArrayBufferWriter<byte>();
        long length = 0;
        if (headers.TryGetValue("Transfer-Encoding", out var encoding) && encoding.EndsWith("chunked", StringComparison.OrdinalIgnoreCase))
        {
            while (await ReadChunkLengthAsync(cancellation).ConfigureAwait(false) is var chunk and > 0)
            {
                length = await ReadBodyAsync(body, length, chunk, cancellation).ConfigureAwait(false);
                await ReadLineAsync(cancellation).ConfigureAwait(false);
            }

            await ReadHeadersAsync(headers, cancellation).ConfigureAwait(false);
        }
        else if (headers.TryGetValue("Content-Length", out var text))
        {
            length = await ReadBodyAsync(body, 0, Number(text, NumberStyles.None), cancellation).ConfigureAwait(false);
        }

        var connection = headers.GetValueOrDefault("Connection", "");
        var keepAlive =
            version == "HTTP/1.0"
                ? connection.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
                : !connection.Equals("close", StringComparison.OrdinalIgnoreCase);
        return new(method, target.Split('?')[0], headers, length > mostBody ? [] : body.WrittenSpan.ToArray(), length, keepAlive);
    }

    /// <summary>Answers the request that was read last.</summary>
    public async Task WriteAsync(HttpReply reply, bool keepAlive, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        head.Append(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {reply.Status} {reply.Reason}\r\nContent-Type: application/json\r\nContent-Length: {reply.Body.Length}\r\n"
        );
        foreach (var (name, value) in reply.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
        await stream.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head.ToString()), .. reply.Body], cancellation).ConfigureAwait(false);
        await stream.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async Task ReadHeadersAsync(Dictionary<string, string> headers, CancellationToken cancellation)
    {
        for (var count = 0; count < MostHeaders; count++)
        {
            var line = await ReadLineAsync(cancellation).ConfigureAwait(false) ?? throw Broken();
            if (line.Length == 0)
                return;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                throw new InvalidDataException($"'{line}' is no header");
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        throw new InvalidDataException("there are too many headers");
    }

    private async Task<long> ReadChunkLengthAsync(CancellationToken cancellation)
    {
        var line = await ReadLineAsync(cancellation).ConfigureAwait(false) ?? throw Broken();
        return Number(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier);
    }

    private static long Number(string text, NumberStyles style) =>
        long.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new InvalidDataException($"'{text}' is no length");

    /// <summary>Reads a piece of a body; gives the length of the body so far.</summary>
    private async Task<long> ReadBodyAsync(ArrayBufferWriter<byte> body, long before, long length, CancellationToken cancellation)
    {
        var left = length;
        while (left > 0)
        {
            if (start == end && !await FillAsync(cancellation).ConfigureAwait(false))
                throw Broken();
            var piece = (int)Math.Min(left, end - start);
            if (before + length <= mostBody)
                body.Write(buffer.AsSpan(start, piece));
            start += piece;
            left -= piece;
        }

        return before + length;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (start == end && !await FillAsync(cancellation).ConfigureAwait(false))
                return line.Length == 0 ? null : throw Broken();
            var piece = buffer.AsMemory(start, end - start);
            var at = piece.Span.IndexOf((byte)'\n');
            line.Append(Encoding.Latin1.GetString(piece.Span[..(at < 0 ? piece.Length : at)]));
            if (line.Length > MostLine)
                throw new InvalidDataException("a line is too long");
            start += at < 0 ? piece.Length : at + 1;
            if (at >= 0)
                return line.ToString().TrimEnd('\r');
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        start = 0;
        end = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        return end > 0;
    }

    private static EndOfStreamException Broken() => new("The connection ended within a request.");
}
