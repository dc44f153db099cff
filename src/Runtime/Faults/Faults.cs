using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

/// <summary>What goes wrong in a run beside what the code under test does itself. Several faults add up. Draws come from the host's seed.</summary>
public sealed class Faults
{
    private readonly Choices choices;
    private readonly List<Fault> throttles = [];
    private readonly List<Fault> crashesBefore = [];
    private readonly List<Fault> crashesAfter = [];
    private int throttlesLeft;
    private double duplicateProbability;

    internal Faults(Choices choices) => this.choices = choices;

    private readonly record struct Fault(Func<InvocationInfo, bool>? On, double Probability);

    /// <summary>Whether an invocation can be struck at all; spares the hot path the look.</summary>
    internal bool StrikesInvocations => throttlesLeft > 0 || throttles.Count > 0 || crashesBefore.Count > 0 || crashesAfter.Count > 0;

    /// <summary>The next attempts to invoke are throttled, whatever the limits of concurrency say (S-7).</summary>
    /// <param name="first">How many attempts; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void Throttle(int first)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        throttlesLeft += first;
    }

    /// <summary>Attempts to invoke are throttled at random (S-7).</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void Throttle(double probability) => throttles.Add(new(null, Checked(probability)));

    /// <summary>Attempts to invoke are throttled where the condition holds (S-7).</summary>
    public void Throttle(Func<InvocationInfo, bool> on) => throttles.Add(new(on ?? throw new ArgumentNullException(nameof(on)), 1));

    /// <summary>The execution environment is lost before the handler is called: the batch fails, and no code has run .</summary>
    public void CrashBeforeHandler(Func<InvocationInfo, bool> on) => crashesBefore.Add(new(on ?? throw new ArgumentNullException(nameof(on)), 1));

    /// <summary>The execution environment is lost before the handler is called, at random .</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void CrashBeforeHandler(double probability) => crashesBefore.Add(new(null, Checked(probability)));

    /// <summary>The execution environment is lost after the handler's work, before the response is sent: the batch fails, but everything is done .</summary>
    public void CrashAfterHandler(Func<InvocationInfo, bool> on) => crashesAfter.Add(new(on ?? throw new ArgumentNullException(nameof(on)), 1));

    /// <summary>The execution environment is lost after the handler's work, at random .</summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void CrashAfterHandler(double probability) => crashesAfter.Add(new(null, Checked(probability)));

    /// <summary>
    /// A message that the poller has deleted is delivered once more, when its visibility timeout is over, as standard queues do now and then (B-7). A stream's batch
    /// that succeeded is delivered once more, as when the poller loses its checkpoint (B-7, B-43a). A message or batch is duplicated at most once.
    /// </summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void Duplicate(double probability) => duplicateProbability = Checked(probability);

    internal bool Throttles(InvocationInfo invocation)
    {
        if (throttlesLeft > 0)
        {
            throttlesLeft--;
            return true;
        }

        return Strikes(throttles, invocation, ChoicePoint.Throttle);
    }

    internal bool CrashesBefore(InvocationInfo invocation) => Strikes(crashesBefore, invocation, ChoicePoint.Crash);

    internal bool CrashesAfter(InvocationInfo invocation) => Strikes(crashesAfter, invocation, ChoicePoint.Crash);

    internal bool Duplicates() => choices.Happens(duplicateProbability, ChoicePoint.Duplicate);

    private bool Strikes(List<Fault> faults, InvocationInfo invocation, ChoicePoint point)
    {
        foreach (var fault in faults)
        {
            if (fault.On is { } on ? on(invocation) : choices.Happens(fault.Probability, point))
                return true;
        }

        return false;
    }

    private static double Checked(double probability) =>
        probability is >= 0 and <= 1 ? probability : throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is 0 to 1.");
}
