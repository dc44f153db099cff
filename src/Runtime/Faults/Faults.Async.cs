using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

public sealed partial class Faults
{
    private double duplicateEventProbability;

    /// <summary>
    /// An asynchronous event that was processed is delivered once more, with the same request id, as Lambda's eventually consistent event queue does now and then.
    /// An event is duplicated at most once.
    /// </summary>
    /// <param name="probability">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not within 0 and 1.</exception>
    public void DuplicateEvents(double probability) => duplicateEventProbability = Checked(probability);

    internal bool DuplicatesEvent() => choices.Happens(duplicateEventProbability, ChoicePoint.DuplicateEvent);
}
