using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams.Kinesis;

/// <summary>
/// Sequence numbers of 56 digits, as Kinesis makes them: they grow with time, and are no counter. They are as long as a record's data, and most are read once, so that they are
/// written when they are asked for.
/// </summary>
internal static class KinesisSequence
{
    /// <summary>The digits of a sequence number.</summary>
    public const int Length = 56;

    private const ulong NineteenDigits = 10_000_000_000_000_000_000;

    /// <summary>The digits of a record that mean nothing.</summary>
    /// <param name="choices">Gives them.</param>
    /// <param name="stream">The stream's position in its host.</param>
    /// <param name="number">The record's number.</param>
    public static ulong Digits(Choices choices, int stream, int number) =>
        choices.Id(IdKind.SequenceNumber, ((long)stream << 40) + number).Low % NineteenDigits;

    /// <summary>Writes the sequence number.</summary>
    /// <param name="target">As many bytes as it is long.</param>
    /// <param name="milliseconds">When the record arrived, in milliseconds since 1970.</param>
    /// <param name="number">The record's number.</param>
    /// <param name="digits">What means nothing.</param>
    public static void Write(Span<byte> target, long milliseconds, int number, ulong digits)
    {
        "496"u8.CopyTo(target);
        DecimalDigits.Write(target[3..17], (ulong)milliseconds);
        DecimalDigits.Write(target[17..37], (ulong)number);
        DecimalDigits.Write(target[37..Length], digits);
    }
}
