namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>One FIFO queue with a dead-letter queue, one function, one mapping.</summary>
internal sealed class FifoScenario : IAsyncDisposable
{
    private readonly Action<EventSourceMappingOptions>? configure;
    private readonly LambdaTestHostOptions options;
    private LambdaTestHost? host;

    public FifoScenario(Delegate handler, Action<EventSourceMappingOptions>? configure = null, LambdaTestHostOptions? options = null)
    {
        Function = new("orders", handler);
        this.configure = configure;
        this.options = options ?? new();
    }

    public SqsQueue Queue { get; } = new("orders.fifo");

    public SqsQueue DeadLetterQueue { get; } = new("orders-dlq.fifo") { MessageRetentionPeriod = TimeSpan.FromDays(14) };

    public LambdaFunction Function { get; }

    /// <summary>The host; the mapping is made when it is asked for first.</summary>
    public LambdaTestHost Host => host ??= new LambdaTestHost(options).Map(Queue, Function, configure).Add(DeadLetterQueue);

    public FifoScenario WithMaxReceiveCount(int count)
    {
        Queue.DeadLetter = new(DeadLetterQueue, count);
        return this;
    }

    public FifoScenario Send(string group, params object[] bodies)
    {
        _ = Host;
        Queue.SendToGroup(group, bodies);
        return this;
    }

    public Task<EsmRun> RunAsync() => Host.RunUntilIdleAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Each invocation's batch by the messages' numbers: <c>1 2 3</c>.</summary>
    public static IEnumerable<string> Batches(EsmRun run) =>
        run.Invocations.Select(invocation => string.Join(' ', invocation.Deliveries.Select(delivery => delivery.Record.Number)));

    public static IEnumerable<double> Starts(EsmRun run) => run.Invocations.Select(invocation => invocation.Start.TotalSeconds);
}
