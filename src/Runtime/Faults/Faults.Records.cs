using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

public sealed partial class Faults
{
    private readonly List<(Func<InvocationInfo, bool> On, int Size)> sizedCuts = [];

    /// <summary>The execution environment is lost when the handler makes a wrapped call, before the call takes effect .</summary>
    /// <param name="first">How many calls are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void CrashBeforeEffect(int first) => crashesBeforeEffect.Add(first);

    /// <summary>The execution environment is lost when the handler makes a wrapped call, before the call takes effect .</summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void CrashBeforeEffect(double probability) => crashesBeforeEffect.Add(probability);

    /// <summary>The execution environment is lost when the handler makes a wrapped call, before the call takes effect .</summary>
    /// <param name="on">Which ones are struck.</param>
    public void CrashBeforeEffect(Func<EffectInfo, bool> on) => crashesBeforeEffect.Add(on);

    /// <summary>
    /// The execution environment is lost when the handler makes a wrapped call, after the call took effect and before the handler knows.
    /// </summary>
    /// <param name="first">How many calls are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void CrashAfterEffect(int first) => crashesAfterEffect.Add(first);

    /// <summary>
    /// The execution environment is lost when the handler makes a wrapped call, after the call took effect and before the handler knows.
    /// </summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void CrashAfterEffect(double probability) => crashesAfterEffect.Add(probability);

    /// <summary>
    /// The execution environment is lost when the handler makes a wrapped call, after the call took effect and before the handler knows.
    /// </summary>
    /// <param name="on">Which ones are struck.</param>
    public void CrashAfterEffect(Func<EffectInfo, bool> on) => crashesAfterEffect.Add(on);

    /// <summary>
    /// What the poller has acknowledged is delivered once more: a message of a standard queue when its visibility timeout is over (B-7), at most once each,
    /// as standard queues do now and then; of a stream the batch.
    /// </summary>
    /// <param name="first">How many acknowledged messages are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void Duplicate(int first) => duplicates.Add(first);

    /// <summary>
    /// What the poller has acknowledged is delivered once more: a message of a standard queue when its visibility timeout is over (B-7), at most once each,
    /// as standard queues do now and then; of a stream the batch.
    /// </summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void Duplicate(double probability) => duplicates.Add(probability);

    /// <summary>
    /// What the poller has acknowledged is delivered once more: a message of a standard queue when its visibility timeout is over (B-7), at most once each,
    /// as standard queues do now and then; of a stream the batch.
    /// </summary>
    /// <param name="on">Which ones are struck.</param>
    public void Duplicate(Func<Delivery, bool> on) => duplicates.Add(on);

    /// <summary>A message of a standard queue whose turn it is to be received is overtaken by another one: standard queues promise no order.</summary>
    /// <param name="first">How many receives are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void Reorder(int first) => reorders.Add(first);

    /// <summary>A message of a standard queue whose turn it is to be received is overtaken by another one: standard queues promise no order.</summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void Reorder(double probability) => reorders.Add(probability);

    /// <summary>A message of a standard queue whose turn it is to be received is overtaken by another one: standard queues promise no order.</summary>
    /// <param name="on">Which ones are struck.</param>
    public void Reorder(Func<Delivery, bool> on) => reorders.Add(on);

    /// <summary>
    /// The poller deletes a batch's messages only when their visibility timeout is over: they may have been received again by then (S-4), and a FIFO queue
    /// refuses (S-49).
    /// </summary>
    /// <param name="first">How many batches are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void DeleteLate(int first) => lateDeletes.Add(first);

    /// <summary>
    /// The poller deletes a batch's messages only when their visibility timeout is over: they may have been received again by then (S-4), and a FIFO queue
    /// refuses (S-49).
    /// </summary>
    /// <param name="probability">0 to 1, for each on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void DeleteLate(double probability) => lateDeletes.Add(probability);

    /// <summary>
    /// The poller deletes a batch's messages only when their visibility timeout is over: they may have been received again by then (S-4), and a FIFO queue
    /// refuses (S-49).
    /// </summary>
    /// <param name="on">Which ones are struck.</param>
    public void DeleteLate(Func<InvocationInfo, bool> on) => lateDeletes.Add(on);

    /// <summary>A poller invokes with fewer records than it could have gathered, as it may at any time (B-5).</summary>
    /// <param name="first">How many batches are struck, counted from now; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is less than 1.</exception>
    public void CutBatch(int first) => cuts.Add(first);

    /// <summary>A poller invokes with fewer records than it could have gathered, as it may at any time (B-5): from 1 to all of them, drawn.</summary>
    /// <param name="probability">0 to 1, for each batch on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void CutBatch(double probability) => cuts.Add(probability);

    /// <summary>A poller invokes with fewer records than it could have gathered, as it may at any time (B-5).</summary>
    /// <param name="on">Which batches are struck.</param>
    /// <param name="size">What they are cut to, 1 or more; null for a number that is drawn.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is less than 1.</exception>
    public void CutBatch(Func<InvocationInfo, bool> on, int? size = null)
    {
        ArgumentNullException.ThrowIfNull(on);
        if (size is not { } given)
        {
            cuts.Add(on);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(given, 1, nameof(size));
        sizedCuts.Add((on, given));
    }

    /// <summary>Whether batches can be cut.</summary>
    internal bool CutsBatches => cuts.Any || sizedCuts.Count > 0;

    /// <summary>Whether calls of wrapped objects can be struck.</summary>
    internal bool StrikesEffects => crashesBeforeEffect.Any || crashesAfterEffect.Any;

    /// <summary>Whether messages can be duplicated. Asked first: a message makes its id's text only when it is named.</summary>
    internal bool DuplicatesMessages => duplicates.Any;

    /// <summary>Whether messages can be overtaken.</summary>
    internal bool ReordersMessages => reorders.Any;

    /// <summary>Whether deletes can come late.</summary>
    internal bool DelaysDeletes => lateDeletes.Any;

    internal bool CrashesBefore(EffectInfo effect) => crashesBeforeEffect.Strike(effect);

    internal bool CrashesAfter(EffectInfo effect) => crashesAfterEffect.Strike(effect);

    internal bool Duplicates(Delivery delivery) => duplicates.Strike(delivery);

    /// <summary>Whether a stream's batch that was acknowledged is delivered once more: the checkpoint is not moved.</summary>
    internal bool Replays(Func<IReadOnlyList<Delivery>> deliveries)
    {
        if (!duplicates.Any)
            return false;
        foreach (var delivery in deliveries())
        {
            if (duplicates.Strike(delivery))
                return true;
        }

        return false;
    }

    internal bool Reorders(Delivery delivery) => reorders.Strike(delivery);

    internal bool DeletesLate(InvocationInfo invocation) => lateDeletes.Strike(invocation);

    /// <summary>How many records a batch takes instead of <paramref name="most"/>, or null if it is not cut.</summary>
    internal int? CutTo(InvocationInfo invocation, int most)
    {
        foreach (var (on, size) in sizedCuts)
        {
            if (on(invocation))
                return Math.Min(size, most);
        }

        return cuts.Strike(invocation) ? 1 + choices.Below(most, ChoicePoint.BatchCut) : null;
    }
}
