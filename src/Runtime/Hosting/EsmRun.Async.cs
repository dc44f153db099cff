using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

public sealed partial class EsmRun
{
    private readonly IReadOnlyList<SourceView> eventQueues;

    /// <summary>A function's queue of asynchronous events at the end of the run, with its ledger.</summary>
    /// <param name="function">The function's name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">No function of that name was invoked asynchronously; the message lists those that were.</exception>
    public EventQueueView AsyncEvents(string function)
    {
        ArgumentNullException.ThrowIfNull(function);
        EventQueueView[] all = [.. eventQueues.OfType<EventQueueView>()];
        return Array.Find(all, queue => queue.Name == function || queue.FunctionName == function)
            ?? throw new ArgumentException(
                Names.Missing("asynchronously invoked function", function, where, [.. all.Select(queue => queue.Name)]),
                nameof(function)
            );
    }
}
