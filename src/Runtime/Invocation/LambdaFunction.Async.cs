using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Async;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

public sealed partial class LambdaFunction : IDestination
{
    private EventInvokeConfig? eventInvokeConfig;
    private IDestination? deadLetterQueue;
    private AsyncEventQueue? events;

    /// <summary>How asynchronous invocations are retried, and whom they tell of their end. It has no effect on what a mapping's poller invokes (B-9).</summary>
    public EventInvokeConfig EventInvokeConfig => eventInvokeConfig ??= new(this);

    /// <summary>
    /// Where asynchronous events are sent that are given up: a standard <see cref="SqsQueue"/> or an <see cref="SnsTopic"/> (A-9); null (the default) for nowhere. It gets the
    /// event as it was, not the record that an OnFailure destination gets. What a mapping's poller invokes never comes here (B-9).
    /// </summary>
    /// <exception cref="ArgumentException">It is something else, or FIFO.</exception>
    public IDestination? DeadLetterQueue
    {
        get => deadLetterQueue;
        set
        {
            if (value is not (null or SqsQueue or SnsTopic))
                throw new ArgumentException($"A function's dead-letter queue is an SQS queue or an SNS topic; '{value.Name}' is neither.", nameof(value));
            StandardOnly.Check(value, nameof(value));
            deadLetterQueue = value;
            JoinNow(value);
        }
    }

    /// <summary>The queue of asynchronous events; made when it is asked for first.</summary>
    internal AsyncEventQueue Events => events ??= new(Runner!);

    /// <summary>Takes all that the function names into its host.</summary>
    internal void JoinDestinations(Simulation simulation)
    {
        foreach (var named in new[] { EventInvokeConfig.OnSuccess, EventInvokeConfig.OnFailure, DeadLetterQueue })
            named?.Join(simulation);
    }

    /// <summary>Takes a destination into the function's host, if it has one already.</summary>
    internal void JoinNow(IDestination? destination)
    {
        if (Runner is { } runner)
            destination?.Join(runner.Simulation);
    }

    /// <inheritdoc/>
    void IDestination.Join(Simulation simulation) => simulation.AdoptFunction!(this);

    /// <inheritdoc/>
    void IDestination.Accept(DestinationRecord record) => Events.Accept(InvocationPayload.OfJson(record.Json, InvocationPayload.Event), record.At, record.From);
}
