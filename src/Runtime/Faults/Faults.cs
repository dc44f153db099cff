using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

/// <summary>
/// What goes wrong in a run beside what the code under test does itself. Each kind of fault strikes the <c>first</c> so many times, at random with a <c>probability</c>, or
/// where a condition holds (<c>on: invocation => invocation.Number == 3</c>); several rules add up. Draws come from the host's seed, so that a run with faults is replayed as
/// any other.
/// </summary>
public sealed partial class Faults
{
    private readonly FaultRules<InvocationInfo> throttles;
    private readonly FaultRules<InvocationInfo> crashesBefore;
    private readonly FaultRules<InvocationInfo> crashesAfter;
    private readonly FaultRules<InvocationInfo> timeouts;
    private readonly FaultRules<InvocationInfo> lostResponses;
    private readonly FaultRules<EffectInfo> crashesBeforeEffect;
    private readonly FaultRules<EffectInfo> crashesAfterEffect;
    private readonly FaultRules<Delivery> duplicates;
    private readonly FaultRules<Delivery> reorders;
    private readonly FaultRules<InvocationInfo> lateDeletes;
    private readonly FaultRules<InvocationInfo> cuts;
    private readonly List<(TimeSpan From, TimeSpan To)> throttledTimes = [];
    private readonly Scheduler scheduler;
    private readonly Choices choices;

    internal Faults(Scheduler scheduler, Choices choices)
    {
        (this.scheduler, this.choices) = (scheduler, choices);
        throttles = new(scheduler, choices, ChoicePoint.Throttle);
        crashesBefore = new(scheduler, choices, ChoicePoint.Crash);
        crashesAfter = new(scheduler, choices, ChoicePoint.Crash);
        timeouts = new(scheduler, choices, ChoicePoint.TimeOut);
        lostResponses = new(scheduler, choices, ChoicePoint.LostResponse);
        crashesBeforeEffect = new(scheduler, choices, ChoicePoint.Effect);
        crashesAfterEffect = new(scheduler, choices, ChoicePoint.Effect);
        duplicates = new(scheduler, choices, ChoicePoint.Duplicate);
        reorders = new(scheduler, choices, ChoicePoint.Reorder);
        lateDeletes = new(scheduler, choices, ChoicePoint.LateDelete);
        cuts = new(scheduler, choices, ChoicePoint.BatchCut);
    }

    /// <summary>Attempts to invoke are throttled, whatever the limits of concurrency say (S-7).</summary>
    /// <param name="first">How many attempts are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void Throttle(int first) => throttles.Add(first);

    /// <summary>Attempts to invoke are throttled, whatever the limits of concurrency say (S-7).</summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void Throttle(double probability) => throttles.Add(probability);

    /// <summary>Attempts to invoke are throttled, whatever the limits of concurrency say (S-7).</summary>
    /// <param name="on">Which ones are struck.</param>
    public void Throttle(Func<InvocationInfo, bool> on) => throttles.Add(on);

    /// <summary>The execution environment is lost before the handler is called: the batch fails, and no code has run .</summary>
    /// <param name="first">How many invocations are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void CrashBeforeHandler(int first) => crashesBefore.Add(first);

    /// <summary>The execution environment is lost before the handler is called: the batch fails, and no code has run .</summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void CrashBeforeHandler(double probability) => crashesBefore.Add(probability);

    /// <summary>The execution environment is lost before the handler is called: the batch fails, and no code has run .</summary>
    /// <param name="on">Which ones are struck.</param>
    public void CrashBeforeHandler(Func<InvocationInfo, bool> on) => crashesBefore.Add(on);

    /// <summary>
    /// The execution environment is lost after the handler's work, before the response is sent: the batch fails, but everything is done.
    /// </summary>
    /// <param name="first">How many invocations are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void CrashAfterHandler(int first) => crashesAfter.Add(first);

    /// <summary>
    /// The execution environment is lost after the handler's work, before the response is sent: the batch fails, but everything is done.
    /// </summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void CrashAfterHandler(double probability) => crashesAfter.Add(probability);

    /// <summary>
    /// The execution environment is lost after the handler's work, before the response is sent: the batch fails, but everything is done.
    /// </summary>
    /// <param name="on">Which ones are struck.</param>
    public void CrashAfterHandler(Func<InvocationInfo, bool> on) => crashesAfter.Add(on);

    /// <summary>The function does not come to an end after the handler's work and times out: the batch fails, but everything is done .</summary>
    /// <param name="first">How many invocations are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void TimeOut(int first) => timeouts.Add(first);

    /// <summary>The function does not come to an end after the handler's work and times out: the batch fails, but everything is done .</summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void TimeOut(double probability) => timeouts.Add(probability);

    /// <summary>The function does not come to an end after the handler's work and times out: the batch fails, but everything is done .</summary>
    /// <param name="on">Which ones are struck.</param>
    public void TimeOut(Func<InvocationInfo, bool> on) => timeouts.Add(on);

    /// <summary>
    /// The response is sent but never reaches the poller, which takes the invocation for failed although everything is done. The execution environment stays
    /// warm.
    /// </summary>
    /// <param name="first">How many invocations are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void LoseResponse(int first) => lostResponses.Add(first);

    /// <summary>
    /// The response is sent but never reaches the poller, which takes the invocation for failed although everything is done. The execution environment stays
    /// warm.
    /// </summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void LoseResponse(double probability) => lostResponses.Add(probability);

    /// <summary>
    /// The response is sent but never reaches the poller, which takes the invocation for failed although everything is done. The execution environment stays
    /// warm.
    /// </summary>
    /// <param name="on">Which ones are struck.</param>
    public void LoseResponse(Func<InvocationInfo, bool> on) => lostResponses.Add(on);

    /// <summary>Every attempt to invoke within a time is throttled, whatever the limits of concurrency say (S-7).</summary>
    /// <param name="from">Virtual time since the host's start.</param>
    /// <param name="to">The end of that time, which is not struck any more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is not after <paramref name="from"/>.</exception>
    public void Throttle(TimeSpan from, TimeSpan to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        lock (scheduler.Gate)
        {
            scheduler.ThrowIfStranger();
            throttledTimes.Add((from, to));
        }
    }

    /// <summary>Whether an invocation can be struck at all; spares the hot path the look.</summary>
    internal bool StrikesInvocations =>
        throttles.Any || throttledTimes.Count > 0 || crashesBefore.Any || crashesAfter.Any || timeouts.Any || lostResponses.Any || StrikesEffects;

    internal bool Throttles(InvocationInfo invocation)
    {
        foreach (var (from, to) in throttledTimes)
        {
            if (from <= invocation.At && invocation.At < to)
                return true;
        }

        return throttles.Strike(invocation);
    }

    /// <summary>What befalls an invocation as a whole; null if nothing does.</summary>
    internal FaultKind? Befalls(InvocationInfo invocation) =>
        crashesBefore.Strike(invocation) ? FaultKind.CrashBeforeHandler
        : crashesAfter.Strike(invocation) ? FaultKind.CrashAfterHandler
        : timeouts.Strike(invocation) ? FaultKind.TimeOut
        : lostResponses.Strike(invocation) ? FaultKind.LostResponse
        : null;
}
