using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

/// <summary>When faults of one kind strike: the first so many times, at random, or where a condition holds. Several rules add up.</summary>
/// <typeparam name="T">What could be struck.</typeparam>
internal sealed class FaultRules<T>(Scheduler scheduler, Choices choices, ChoicePoint point)
{
    private readonly List<Rule> rules = [];
    private int left;

    private readonly record struct Rule(Func<T, bool>? On, double Probability);

    /// <summary>Whether there is a rule; spares the hot path the look.</summary>
    public bool Any { get; private set; }

    /// <summary>The next so many are struck.</summary>
    public void Add(int first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        lock (scheduler.Gate)
        {
            scheduler.ThrowIfStranger();
            left += first;
            Any = true;
        }
    }

    /// <summary>They are struck at random.</summary>
    public void Add(double probability) =>
        Add(
            probability is >= 0 and <= 1
                ? new Rule(null, probability)
                : throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is 0 to 1.")
        );

    /// <summary>They are struck where the condition holds.</summary>
    public void Add(Func<T, bool> on) => Add(new Rule(on ?? throw new ArgumentNullException(nameof(on)), 1));

    /// <summary>Whether this one is struck.</summary>
    public bool Strike(T candidate)
    {
        if (left > 0)
        {
            left--;
            Any = left > 0 || rules.Count > 0;
            return true;
        }

        foreach (var rule in rules)
        {
            if (rule.On is { } on ? on(candidate) : choices.Happens(rule.Probability, point))
                return true;
        }

        return false;
    }

    private void Add(Rule rule)
    {
        lock (scheduler.Gate)
        {
            scheduler.ThrowIfStranger();
            rules.Add(rule);
            Any = true;
        }
    }
}
