using System.Globalization;
using System.Text;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>What the event of a tumbling window has beside its records (W-12).</summary>
internal sealed record WindowFrame(TumblingWindow Window, string ShardId, bool IsFinal);

/// <summary>Writes the events of a mapping of a stream (sections 6.2 to 6.4).</summary>
internal abstract class StreamEventWriter(Simulation simulation, string sourceArn)
{
    /// <summary>The quota of a synchronous invocation, which covers the whole event (B-2).</summary>
    public const int MaximumEventBytes = 6 * 1024 * 1024;

    private const int EmptyEventBytes = 14;

    /// <summary>More than what the event of a tumbling window has beside its records and its state.</summary>
    private const int WindowBytes = 1024;

    private readonly EventBuffer scratch = new();

    protected Simulation Simulation { get; } = simulation;

    /// <summary>The ARN that the mapping reads from.</summary>
    protected string SourceArn { get; } = sourceArn;

    /// <summary>The name of a batch's description in a destination's record .</summary>
    public abstract string BatchInfoName { get; }

    /// <summary>The form of the times in it: with milliseconds or without .</summary>
    public abstract string ArrivalFormat { get; }

    /// <summary>Writes an event.</summary>
    public void Write(EventBuffer target, IReadOnlyList<StreamRecord> records, WindowFrame? frame)
    {
        target.Write("{\"Records\":["u8);
        for (var i = 0; i < records.Count; i++)
        {
            if (i > 0)
                target.Write(","u8);
            WriteRecord(target, records[i]);
        }

        target.Write("]"u8);
        if (frame is not null)
            Write(target, frame);
        target.Write("}"u8);
    }

    /// <summary>A record as the event has it.</summary>
    public string RecordJson(StreamRecord record)
    {
        scratch.Clear();
        WriteRecord(scratch, record);
        return Encoding.UTF8.GetString(scratch.Written);
    }

    /// <summary>How many of the records, from the first on, make an event that can be sent (B-2, B-4); at least one.</summary>
    public int Fitting(RecordBuffer records, int count, string? state)
    {
        var left = (long)MaximumEventBytes - EmptyEventBytes - (state is null ? 0 : WindowBytes + Encoding.UTF8.GetByteCount(state));
        var atMost = 0L;
        for (var i = 0; i < count; i++)
            atMost += MaximumLength(records[i]);
        if (atMost <= left)
            return count;

        // Only large batches are measured exactly.
        for (var i = 0; i < count; i++)
        {
            scratch.Clear();
            WriteRecord(scratch, records[i]);
            left -= scratch.Length + 1;
            if (left < 0 && i > 0)
                return i;
        }

        return count;
    }

    /// <summary>Writes a record.</summary>
    protected abstract void WriteRecord(EventBuffer target, StreamRecord record);

    /// <summary>An upper bound of a record's length in the event.</summary>
    protected abstract long MaximumLength(StreamRecord record);

    /// <summary>Writes a text of plain ASCII that needs no escapes.</summary>
    protected static void WritePlain(EventBuffer target, string text) => Encoding.ASCII.GetBytes(text, target.Take(text.Length));

    /// <summary>A time as a number of seconds since 1970 that always shows a fraction: <c>1607497475.123</c>, <c>1607497475.0</c> (E-10, E-21).</summary>
    protected void WriteSeconds(EventBuffer target, long time)
    {
        var milliseconds = Simulation.EpochMilliseconds(time);
        target.Write(milliseconds / 1000);
        Span<byte> fraction = stackalloc byte[3];
        DecimalDigits.Write(fraction, (ulong)(milliseconds % 1000));
        var digits = fraction.TrimEnd((byte)'0').Length;
        target.Write("."u8);
        target.Write(fraction[..Math.Max(1, digits)]);
    }

    private void Write(EventBuffer target, WindowFrame frame)
    {
        target.Write(",\"window\":{\"start\":\""u8);
        WritePlain(target, Time(frame.Window.Start));
        target.Write("\",\"end\":\""u8);
        WritePlain(target, Time(frame.Window.End));
        target.Write("\"},\"state\":"u8);
        target.Write(Encoding.UTF8.GetBytes(frame.Window.State));
        target.Write(",\"shardId\":"u8);
        target.WriteString(frame.ShardId);
        target.Write(",\"eventSourceARN\":"u8);
        target.WriteString(SourceArn);
        target.Write(",\"isFinalInvokeForWindow\":"u8);
        target.Write(frame.IsFinal ? "true"u8 : "false"u8);
        target.Write(",\"isWindowTerminatedEarly\":"u8);
        target.Write(frame.Window.IsTerminatedEarly ? "true"u8 : "false"u8);
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
