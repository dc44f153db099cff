using System.Text;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>A stream or table, one function, one mapping that reads from TRIM_HORIZON: what most tests of streams need.</summary>
internal sealed class StreamScenario<TSource> : IAsyncDisposable
    where TSource : StreamSource
{
    private readonly Action<EventSourceMappingOptions>? configure;
    private readonly LambdaTestHostOptions options;
    private LambdaTestHost? host;

    public StreamScenario(TSource source, Func<Delegate> factory, Action<EventSourceMappingOptions>? configure = null, LambdaTestHostOptions? options = null)
    {
        Source = source;
        Function = new("ship", factory);
        this.configure = configure;
        this.options = options ?? new();
    }

    public TSource Source { get; }

    public LambdaFunction Function { get; }

    /// <summary>The host; the mapping is made when it is asked for first.</summary>
    public LambdaTestHost Host => host ??= new LambdaTestHost(options).Map(Source, Function, Configure);

    public async Task<EsmRun> RunAsync() => await Host.RunUntilIdleAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private void Configure(EventSourceMappingOptions mapping)
    {
        mapping.StartingPosition = StartingPosition.TrimHorizon;
        configure?.Invoke(mapping);
    }
}

/// <summary>Short forms for tests of streams.</summary>
internal static class StreamScenario
{
    public static StreamScenario<KinesisStream> Clicks(
        Delegate handler,
        Action<EventSourceMappingOptions>? configure = null,
        LambdaTestHostOptions? options = null,
        int shards = 1
    ) => new(new("clicks", shards), () => handler, configure, options);

    public static StreamScenario<DynamoDBTable> Orders(
        Delegate handler,
        Action<EventSourceMappingOptions>? configure = null,
        LambdaTestHostOptions? options = null
    ) => new(new("orders"), () => handler, configure, options);

    /// <summary>Puts texts with one partition key and runs.</summary>
    public static async Task<EsmRun> RunAsync(this StreamScenario<KinesisStream> scenario, params object[] data)
    {
        _ = scenario.Host;
        scenario.Source.PutMany("k", data);
        return await scenario.RunAsync();
    }

    /// <summary>Puts an item for each id and runs.</summary>
    public static async Task<EsmRun> RunAsync(this StreamScenario<DynamoDBTable> scenario, params string[] ids)
    {
        _ = scenario.Host;
        foreach (var id in ids)
            scenario.Source.Put(new { id });
        return await scenario.RunAsync();
    }

    public static string Text(KinesisEvent.KinesisEventRecord record) => Encoding.UTF8.GetString(record.Kinesis.Data.ToArray());

    public static IEnumerable<string> Texts(KinesisEvent input) => input.Records.Select(Text);

    /// <summary>A response that reports the records whose data the predicate picks.</summary>
    public static Amazon.Lambda.KinesisEvents.StreamsEventResponse Report(KinesisEvent input, Func<string, bool> failed) =>
        new()
        {
            BatchItemFailures =
            [
                .. input
                    .Records.Where(record => failed(Text(record)))
                    .Select(record => new Amazon.Lambda.KinesisEvents.StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber }),
            ],
        };

    /// <summary>A response that reports the changes of the items whose id the predicate picks.</summary>
    public static Amazon.Lambda.DynamoDBEvents.StreamsEventResponse Report(DynamoDBEvent input, Func<string, bool> failed) =>
        new()
        {
            BatchItemFailures =
            [
                .. input
                    .Records.Where(record => failed(record.Dynamodb.Keys["id"].S))
                    .Select(record => new Amazon.Lambda.DynamoDBEvents.StreamsEventResponse.BatchItemFailure
                    {
                        ItemIdentifier = record.Dynamodb.SequenceNumber,
                    }),
            ],
        };

    /// <summary>The numbers of each invocation's records: <c>1 2 3</c>.</summary>
    public static string[] Batches(this EsmRun run) =>
        [.. run.Invocations.Select(invocation => string.Join(" ", invocation.Deliveries.Select(delivery => delivery.Record.Number)))];

    /// <summary>The starts of the invocations in seconds.</summary>
    public static IReadOnlyList<double> Starts(this EsmRun run) => [.. run.Invocations.Select(invocation => invocation.Start.TotalSeconds)];

    public static object[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(number => (object)$"{number}")];

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public static readonly Action Nothing = () => { };
}
