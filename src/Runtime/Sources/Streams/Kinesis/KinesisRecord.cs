using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using AtLeastOnce.Runtime.Sources.Streams.Kinesis;

namespace AtLeastOnce.Runtime;

/// <summary>A record of a Kinesis stream.</summary>
public sealed class KinesisRecord : StreamRecord
{
    private static readonly JsonSerializerOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    // The partition key and the data.
    private readonly ReadOnlyMemory<byte> content;
    private readonly int keyLength;
    private readonly ulong sequenceDigits;

    internal KinesisRecord(StreamShard shard, RecordPosition position, string partitionKey, ReadOnlySpan<byte> data, UInt128 keyHash, ulong sequenceDigits)
        : base(shard, position)
    {
        keyLength = Encoding.UTF8.GetByteCount(partitionKey);
        var bytes = shard.Bytes.Take(keyLength + data.Length);
        Encoding.UTF8.GetBytes(partitionKey, bytes.Span);
        data.CopyTo(bytes.Span[keyLength..]);
        content = bytes;
        this.sequenceDigits = sequenceDigits;
        OrderHash = (uint)(keyHash >> 96);
    }

    /// <summary>The partition key: records with the same one are in one shard, and keep their order.</summary>
    public string PartitionKey => Encoding.UTF8.GetString(KeyBytes);

    /// <summary>The bytes put.</summary>
    public ReadOnlyMemory<byte> Data => content[keyLength..];

    /// <inheritdoc/>
    public override string SequenceNumber
    {
        get
        {
            Span<byte> digits = stackalloc byte[KinesisSequence.Length];
            WriteSequenceNumber(digits);
            return Encoding.ASCII.GetString(digits);
        }
    }

    /// <summary>The bytes read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Data.Span);

    /// <summary>The data read as JSON; property names in any case.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="options">How to read it, instead.</param>
    /// <exception cref="JsonException">The data is no such JSON, or <c>null</c>.</exception>
    public T Json<T>(JsonSerializerOptions? options = null) =>
        JsonSerializer.Deserialize<T>(Data.Span, options ?? AnyCase) ?? throw new JsonException($"The data of record {Number} is null.");

    /// <inheritdoc/>
    internal override uint OrderHash { get; }

    /// <inheritdoc/>
    internal override long ReadSize => content.Length;

    /// <inheritdoc/>
    internal override string Preview => Text;

    /// <summary>The partition key in UTF-8.</summary>
    internal ReadOnlySpan<byte> KeyBytes => content.Span[..keyLength];

    /// <summary>Writes the sequence number into as many bytes as it is long.</summary>
    internal void WriteSequenceNumber(Span<byte> target) => KinesisSequence.Write(target, ArrivedMilliseconds, Number, sequenceDigits);

    /// <summary>The hash of a partition key: MD5 read as a number of 128 bits.</summary>
    internal static UInt128 Hash(string partitionKey)
    {
        Span<byte> hash = stackalloc byte[16];
#pragma warning disable CA5351 // Kinesis's own hash; it protects nothing.
        System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(partitionKey), hash);
#pragma warning restore CA5351
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
