using System.Text;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime.Sources.Async;

/// <summary>One asynchronous event: its attempts, the waits between them, and what it leaves behind .</summary>
internal sealed class AsyncEvent : IInvocationBatch, IScheduled
{
    // documented as one minute before the first retry and two before the second.
    private static readonly TimeSpan[] RetryDelays = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    // documented as exponential from 1 second to 5 minutes.
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);

    private static readonly BatchOutcome Success = new(BatchOutcomeKind.Success, "A-1", "success: returned without a function error (A-1)");

    private readonly AsyncEventQueue queue;
    private readonly long idNumber;
    private readonly byte[] payload;
    private readonly long acceptedAt;
    private long step;
    private bool isTooLate;
    private bool wasDuplicated;
    private int failures;
    private TimeSpan backOff = FirstBackOff;
    private FunctionError? error;
    private byte[] response = [];

    public AsyncEvent(AsyncEventQueue queue, int number, long idNumber, byte[] payload, long acceptedAt)
    {
        this.queue = queue;
        this.idNumber = idNumber;
        this.payload = payload;
        this.acceptedAt = acceptedAt;
        Number = number;
    }

    /// <summary>Counts the function's events, from 1.</summary>
    public int Number { get; }

    /// <summary>How often the code was invoked with it.</summary>
    public int Invocations { get; private set; }

    public RecordFate Fate { get; private set; } = RecordFate.Waiting;

    public string Payload => Encoding.UTF8.GetString(payload);

    public RecordReference Reference => new(Number, AwsRequestId);

    /// <summary>The id that all attempts share .</summary>
    public string AwsRequestId => queue.Simulation.Choices.GuidText(IdKind.AsynchronousRequest, idNumber);

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public string? Mapping => null;

    /// <inheritdoc/>
    public string Source => queue.Source;

    /// <inheritdoc/>
    public long? NextDeliveryAt => null;

    private LambdaFunction Settings => queue.Function.Settings;

    private Simulation Simulation => queue.Simulation;

    private long Now => Simulation.Scheduler.Now;

    /// <summary>The last moment at which an attempt may begin .</summary>
    private long Deadline => acceptedAt + Settings.EventInvokeConfig.MaximumEventAge.Ticks;

    /// <summary>Lets the first attempt come.</summary>
    public void Begin() => Simulation.Scheduler.At(acceptedAt + Simulation.Options.EventQueueDelay.Ticks, this, ++step);

    /// <inheritdoc/>
    public void Due(long token)
    {
        if (token != step)
            return;
        if (isTooLate)
            GiveUp(InvocationCondition.EventAgeExceeded);
        else
            Attempt();
    }

    /// <inheritdoc/>
    public int IndexOf(string identifier) => -1;

    /// <inheritdoc/>
    public void WriteEvent(EventBuffer target) => target.Write(payload);

    /// <inheritdoc/>
    public IReadOnlyList<Delivery> Deliveries() => [new(Reference, Invocations + 1)];

    /// <inheritdoc/>
    public BatchOutcome Judge(ReadOnlySpan<byte> response, FunctionError? error)
    {
        this.error = error;
        this.response = error is null ? response.ToArray() : [];
        return error is null ? Success : new(BatchOutcomeKind.WholeBatchFailure, "A-3", $"function error {error.Type}: {error.Message} (A-3)");
    }

    /// <inheritdoc/>
    public void Completed(BatchOutcome outcome, bool isFunctionError)
    {
        Move(RecordFate.Waiting);
        if (isFunctionError)
            Failed();
        else
            Succeeded();
    }

    private void Attempt()
    {
        AsyncEventQueue.ThrowIfNotReady(Settings);
        if (Settings.ReservedConcurrency == 0)
        {
            GiveUp(InvocationCondition.ZeroReservedConcurrency);
        }
        else if (queue.Function.TryInvoke(this) is { } throttled)
        {
            Throttled(throttled);
        }
        else
        {
            Invocations++;
            backOff = FirstBackOff;
            Move(RecordFate.InFlight);
        }
    }

    private void Throttled(string reason)
    {
        var retryAt = Now + backOff.Ticks;
        backOff = TimeSpan.FromTicks((long)Math.Min(backOff.Ticks * Simulation.Options.EventBackOffFactor, LongestBackOff.Ticks));
        isTooLate = retryAt > Deadline;
        TimeSpan? retry = isTooLate ? null : TimeSpan.FromTicks(retryAt);
        queue.Tell(new EventThrottled(TimeSpan.FromTicks(Now), Settings.Label, Reference, reason, retry));
        Simulation.Scheduler.At(Math.Min(retryAt, Deadline), this, ++step);
    }

    private void Failed()
    {
        failures++;
        if (failures > Settings.EventInvokeConfig.MaximumRetryAttempts)
        {
            GiveUp(InvocationCondition.RetriesExhausted);
            return;
        }

        var retryAt = Now + RetryDelays[Math.Min(failures, RetryDelays.Length) - 1].Ticks;
        isTooLate = retryAt > Deadline;
        if (!isTooLate)
        {
            queue.Tell(new EventRetryScheduled(TimeSpan.FromTicks(Now), Settings.Label, Reference, Invocations + 1, TimeSpan.FromTicks(retryAt)));
            Simulation.Scheduler.At(retryAt, this, ++step);
        }
        else if (Simulation.Options.LateRetries == LateRetryRule.GiveUpAtOnce)
        {
            GiveUp(InvocationCondition.EventAgeExceeded);
        }
        else
        {
            Simulation.Scheduler.At(Deadline, this, ++step);
        }
    }

    private void Succeeded()
    {
        if (Settings.EventInvokeConfig.OnSuccess is { } destination)
            Deliver(destination, InvocationCondition.Success);
        if (!wasDuplicated && queue.Function.Faults.DuplicatesEvent())
        {
            wasDuplicated = true;
            queue.Tell(new EventDuplicated(TimeSpan.FromTicks(Now), Settings.Label, Reference));
            Simulation.Scheduler.At(Now, this, ++step);
            return;
        }

        Finish(RecordFate.Acknowledged);
    }

    private void GiveUp(InvocationCondition condition)
    {
        var isTold = Settings.EventInvokeConfig.OnFailure is { } destination && Deliver(destination, condition);
        isTold |= Settings.DeadLetterQueue is { } deadLetterQueue && DeadLetter(deadLetterQueue, condition);
        if (!isTold)
            queue.Tell(new EventDiscarded(TimeSpan.FromTicks(Now), Settings.Label, Reference, condition, Invocations));
        Finish(isTold ? RecordFate.DiscardedToDestination : RecordFate.Discarded);
    }

    private bool Deliver(IDestination destination, InvocationCondition condition)
    {
        var json = InvocationDocument.Write(
            new(Simulation.TimeAt(Now), AwsRequestId, Settings.Arn, condition, Invocations, Payload),
            Invocations == 0 ? null : new InvocationResult(error, response)
        );
        var record = new DestinationRecord(Now, json, json, $"aws/lambda/async/{Settings.Name}/")
        {
            From = $"function {Settings.Label}",
            FunctionArn = InvocationDocument.Qualified(Settings.Arn),
            IsSuccess = condition == InvocationCondition.Success,
        };
        return TryAccept(destination, record, new DestinationDelivered(TimeSpan.FromTicks(Now), Settings.Label, Reference, destination.Name, condition));
    }

    private bool DeadLetter(IDestination target, InvocationCondition condition)
    {
        var record = new DestinationRecord(Now, Payload)
        {
            From = $"function {Settings.Label}",
            Attributes = InvocationDocument.DeadLetterAttributes(AwsRequestId, error),
        };
        return TryAccept(target, record, new EventDeadLettered(TimeSpan.FromTicks(Now), Settings.Label, Reference, target.Name, condition));
    }

    // what a destination refuses, as a record that is too large, is lost.
    private bool TryAccept(IDestination destination, DestinationRecord record, EsmEvent delivered)
    {
        try
        {
            destination.Accept(record);
        }
        catch (Exception refusal) when (refusal is SqsException or AwsRefusalException)
        {
            queue.Tell(new DestinationDeliveryFailed(TimeSpan.FromTicks(Now), Settings.Label, Reference, destination.Name, refusal.Message));
            return false;
        }

        queue.Tell(delivered);
        return true;
    }

    private void Finish(RecordFate fate)
    {
        step++;
        Move(fate);
        Simulation.ActiveWork--;
    }

    private void Move(RecordFate fate)
    {
        queue.Moved(Fate, fate);
        Fate = fate;
    }
}
