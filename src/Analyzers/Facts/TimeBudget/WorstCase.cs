using System.Collections.Immutable;
using System.Globalization;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>The longest that a piece of code may take, as far as that is known: never more than what can happen.</summary>
/// <param name="Parts">What takes time, one after the other.</param>
/// <param name="HasUnknown">Whether something else takes time of which it is not known how much.</param>
internal sealed record WorstCase(ImmutableArray<TimePart> Parts, bool HasUnknown)
{
    private const int MostParts = 400;

    /// <summary>No time.</summary>
    public static WorstCase None { get; } = new(ImmutableArray<TimePart>.Empty, false);

    /// <summary>An unknown time.</summary>
    public static WorstCase Unknown { get; } = new(ImmutableArray<TimePart>.Empty, true);

    /// <summary>The whole time.</summary>
    public TimeSpan Total => Sum(Parts);

    /// <summary>One part.</summary>
    public static WorstCase Of(TimePart part) => new(ImmutableArray.Create(part), false);

    /// <summary>One after the other.</summary>
    public WorstCase Then(WorstCase next) =>
        Parts.Length + next.Parts.Length > MostParts ? this with { HasUnknown = true } : new(Parts.AddRange(next.Parts), HasUnknown || next.HasUnknown);

    /// <summary>One or the other, or both at once.</summary>
    public WorstCase Or(WorstCase other)
    {
        var longer = other.Total > Total ? other : this;
        return longer with { HasUnknown = HasUnknown || other.HasUnknown };
    }

    /// <summary>Only what the sources say.</summary>
    public WorstCase From(Func<TimePart, bool> isWanted) => this with { Parts = Parts.RemoveAll(part => !isWanted(part)) };

    /// <summary>The sum as messages spell it: <c>3 × 5 s (HttpClient.Timeout) + 2 s (Task.Delay)</c>.</summary>
    public string Reckoning
    {
        get
        {
            var groups = new List<(string Name, TimeSpan Each, int Count)>();
            foreach (var part in Counted(Parts))
            {
                var index = groups.FindIndex(group => group.Name == part.Name && group.Each == part.Longest);
                if (index < 0)
                    groups.Add((part.Name, part.Longest, 1));
                else
                    groups[index] = groups[index] with { Count = groups[index].Count + 1 };
            }

            return string.Join(" + ", groups.Select(group => $"{(group.Count == 1 ? "" : $"{group.Count} × ")}{Text(group.Each)} ({group.Name})"));
        }
    }

    /// <summary>A time in seconds, as messages write it.</summary>
    public static string Text(TimeSpan time) =>
        time == TimeSpan.MaxValue ? "without end" : time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture) + " s";

    private static TimeSpan Sum(ImmutableArray<TimePart> parts)
    {
        var sum = TimeSpan.Zero;
        foreach (var part in Counted(parts))
            sum = part.Longest > TimeSpan.MaxValue - sum ? TimeSpan.MaxValue : sum + part.Longest;
        return sum;
    }

    // Parts that end with the same token take no longer than the token lives.
    private static IEnumerable<TimePart> Counted(ImmutableArray<TimePart> parts)
    {
        foreach (var group in parts.GroupBy(part => (object?)part.Shared ?? part))
        {
            var members = group.ToList();
            if (members[0].Shared is not { } shared || Plain(members) <= shared.Limit.Longest)
            {
                foreach (var member in members)
                    yield return member;
            }
            else
            {
                yield return members[0] with
                {
                    Longest = shared.Limit.Longest,
                    Name = shared.Limit.Name,
                };
            }
        }
    }

    private static TimeSpan Plain(List<TimePart> parts) =>
        parts.Aggregate(TimeSpan.Zero, (sum, part) => part.Longest > TimeSpan.MaxValue - sum ? TimeSpan.MaxValue : sum + part.Longest);
}
