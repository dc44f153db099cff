using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests;

/// <summary>One queue with a dead-letter queue, one function, one mapping: what most tests need.</summary>
internal sealed class Scenario : IAsyncDisposable
{
    private readonly Action<EventSourceMappingOptions>? configure;
    private readonly LambdaTestHostOptions options;
    private LambdaTestHost? host;

    public Scenario(Delegate handler, Action<EventSourceMappingOptions>? configure = null, LambdaTestHostOptions? options = null)
    {
        Function = new("orders", handler);
        this.configure = configure;
        this.options = options ?? new();
    }

    public Scenario(Func<Delegate> factory, Action<EventSourceMappingOptions>? configure = null, LambdaTestHostOptions? options = null)
    {
        Function = new("orders", factory);
        this.configure = configure;
        this.options = options ?? new();
    }

    public Scenario(LambdaExecutable executable, Action<EventSourceMappingOptions>? configure = null, LambdaTestHostOptions? options = null)
    {
        Function = new("orders", executable);
        this.configure = configure;
        this.options = options ?? new();
    }

    public SqsQueue Queue { get; } = new("orders");

    public SqsQueue DeadLetterQueue { get; } = new("orders-dlq") { MessageRetentionPeriod = TimeSpan.FromDays(14) };

    public LambdaFunction Function { get; }

    /// <summary>The host; the mapping is made when it is asked for first.</summary>
    public LambdaTestHost Host => host ??= new LambdaTestHost(options).Map(Queue, Function, configure).Add(DeadLetterQueue);

    public Scenario WithMaxReceiveCount(int count)
    {
        Queue.DeadLetter = new(DeadLetterQueue, count);
        return this;
    }

    public async Task<EsmRun> RunAsync(params object[] bodies)
    {
        _ = Host;
        Queue.SendMany(bodies);
        return await Host.RunUntilIdleAsync();
    }

    public async Task<EsmRun> RunForAsync(object[] bodies, TimeSpan time)
    {
        _ = Host;
        Queue.SendMany(bodies);
        return await Host.RunForAsync(time);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A response that reports the messages whose body the predicate picks.</summary>
    public static SQSBatchResponse Report(SQSEvent input, Func<string, bool> failed) =>
        new([
            .. input.Records.Where(record => failed(record.Body)).Select(record => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = record.MessageId }),
        ]);

    public static IEnumerable<string> Bodies(SQSEvent input) => input.Records.Select(record => record.Body);

    public static int Count(SQSEvent.SQSMessage record) =>
        int.Parse(record.Attributes["ApproximateReceiveCount"], System.Globalization.CultureInfo.InvariantCulture);

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
