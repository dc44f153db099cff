using System.Text;
using System.Text.Json;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>A tumbling window of a shard: a piece of time, and the state that its invocations hand on (section 2.4).</summary>
internal sealed class TumblingWindow
{
    /// <summary>The most bytes of a state (W-4).</summary>
    public const int MaximumState = 1024 * 1024;

    private TumblingWindow(DateTimeOffset start, DateTimeOffset end, long endsAt) => (Start, End, EndsAt) = (start, end, endsAt);

    public DateTimeOffset Start { get; }

    /// <summary>The end, not included.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The end in virtual time.</summary>
    public long EndsAt { get; }

    /// <summary>What the next invocation gets: at first an empty object (W-2).</summary>
    public string State { get; private set; } = "{}";

    /// <summary>The state outgrew its limit: the window ends before its time (W-4).</summary>
    public bool IsTerminatedEarly { get; private set; }

    /// <summary>The window in which a record arrived. Windows begin at multiples of their length since 1970 (W-1).</summary>
    public static TumblingWindow Of(StreamRecord record, TimeSpan size, Simulation simulation)
    {
        var arrival = simulation.StartTicks + record.Stamp;
        var start = arrival - (arrival % size.Ticks);
        var end = start + size.Ticks;
        return new(DateTimeOffset.UnixEpoch.AddTicks(start), DateTimeOffset.UnixEpoch.AddTicks(end), end - simulation.StartTicks);
    }

    /// <summary>Whether the record belongs to it.</summary>
    public bool Contains(StreamRecord record) => record.Stamp < EndsAt;

    /// <summary>An invocation handed on a state.</summary>
    public void HandOn(string state)
    {
        State = state;
        IsTerminatedEarly = Encoding.UTF8.GetByteCount(state) > MaximumState;
    }

    /// <summary>The state in a response (W-3): the property <c>state</c>, by case; null if there is none.</summary>
    public static string? StateIn(ReadOnlySpan<byte> response, bool nullIsState)
    {
        if (response.IsEmpty)
            return null;
        var reader = new Utf8JsonReader(response);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("state", out var found))
                return null;
            if (found.ValueKind == JsonValueKind.Null)
                return nullIsState ? "{}" : null;
            return found.GetRawText();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
