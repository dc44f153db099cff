using System.Buffers.Binary;
using System.Buffers.Text;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>A receipt handle: another one at each receive (E-6), and readable only here.</summary>
/// <param name="Queue">The queue's position in its host.</param>
/// <param name="Message">The message's number in its queue.</param>
/// <param name="Receive">Which receive it was, from 1.</param>
internal readonly record struct ReceiptHandle(int Queue, int Message, int Receive)
{
    /// <summary>Characters of a handle.</summary>
    public const int Length = 4 + 64;

    private const int Bytes = 48;

    private static ReadOnlySpan<byte> Prefix => "AQEB"u8;

    /// <summary>Writes the handle as ASCII.</summary>
    public void Write(Choices choices, Span<byte> target)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var (high, low) = choices.Id(IdKind.Receipt, ((long)Message << 24) ^ ((long)Queue << 48) ^ Receive);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, high);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], high ^ (((ulong)(uint)Queue << 32) | (uint)Message));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], low ^ (uint)Receive);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], (high * 31) + low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[40..], high + (low * 31));
        Prefix.CopyTo(target);
        Base64.EncodeToUtf8(bytes, target[Prefix.Length..], out _, out _);
    }

    /// <summary>The handle as a text.</summary>
    public string ToText(Choices choices)
    {
        Span<byte> text = stackalloc byte[Length];
        Write(choices, text);
        return System.Text.Encoding.ASCII.GetString(text);
    }

    /// <summary>Reads a handle of this host.</summary>
    public static ReceiptHandle? Parse(string text, Choices choices)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (
            text.Length != Length
            || !text.StartsWith("AQEB", StringComparison.Ordinal)
            || !Convert.TryFromBase64String(text[4..], bytes, out var written)
            || written != Bytes
        )
            return null;
        var high = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        var place = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]) ^ high;
        var receive = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) ^ low;
        var handle = new ReceiptHandle((int)(place >> 32), (int)place, (int)receive);
        return handle.ToText(choices) == text ? handle : null;
    }
}
