using System.Globalization;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams.Kinesis;

/// <summary>Sequence numbers of 56 digits, as Kinesis makes them: they grow with time, and are no counter.</summary>
internal static class KinesisSequence
{
    private const ulong NineteenDigits = 10_000_000_000_000_000_000;

    /// <summary>The sequence number of a record.</summary>
    /// <param name="choices">Gives the digits that mean nothing.</param>
    /// <param name="stream">The stream's position in its host.</param>
    /// <param name="number">The record's number.</param>
    /// <param name="milliseconds">When it arrived, in milliseconds since 1970.</param>
    public static string Of(Choices choices, int stream, int number, long milliseconds)
    {
        var digits = choices.Id(IdKind.SequenceNumber, ((long)stream << 40) + number).Low % NineteenDigits;
        return string.Create(CultureInfo.InvariantCulture, $"496{milliseconds:D14}{number:D20}{digits:D19}");
    }
}
