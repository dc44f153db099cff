using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AtLeastOnce.Benchmarks;

/// <summary>What the simulation costs beside the work that any caller of the handler has.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 3, iterationCount: 7, invocationCount: 1)]
public class RuntimeThroughput
{
    private const int DistinctBatches = 1_000;

    private readonly DefaultLambdaJsonSerializer serializer = new();
    private readonly CountingFunction function = new();
    private byte[][] events = [];
    private LambdaTestHost? host;

    /// <summary>The source.</summary>
    [ParamsAllValues]
    public Source Source { get; set; }

    private int Records => Source == Source.SqsFifo ? 100_000 : 1_000_000;

    /// <summary>Takes the events of the bare loop from the runtime itself.</summary>
    [GlobalSetup]
    public void CaptureEvents()
    {
        var captured = new List<byte[]>();
        var capturing = EventRun.Create(
            Source,
            DistinctBatches * EventRun.BatchSize(Source),
            (Stream input) =>
            {
                var copy = new MemoryStream();
                input.CopyTo(copy);
                captured.Add(copy.ToArray());
            }
        );
        capturing.RunUntilIdleAsync().GetAwaiter().GetResult();
        events = [.. captured];
    }

    /// <summary>Puts the records: the measured part begins with the run.</summary>
    [IterationSetup(Target = nameof(Runtime))]
    public void Put() => host = EventRun.Create(Source, Records, function.For(Source));

    /// <summary>Lets the host go.</summary>
    [IterationCleanup(Target = nameof(Runtime))]
    public void Release() => host = null;

    /// <summary>Deserialise, call, serialise, and nothing else.</summary>
    [Benchmark(Baseline = true)]
    public long BareLoop() =>
        Source == Source.Kinesis ? BareLoop<KinesisEvent, StreamsEventResponse>(function.Handle) : BareLoop<SQSEvent, SQSBatchResponse>(function.Handle);

    /// <summary>The same handler on the runtime.</summary>
    [Benchmark]
    public async Task<long> Runtime() => (await host!.RunUntilIdleAsync()).InvocationCount;

    private long BareLoop<TEvent, TResponse>(Func<TEvent, TResponse> handler)
    {
        var output = new MemoryStream();
        for (var batch = 0; batch < Records / EventRun.BatchSize(Source); batch++)
        {
            using var input = new MemoryStream(events[batch % events.Length], writable: false);
            var response = handler(serializer.Deserialize<TEvent>(input));
            output.SetLength(0);
            serializer.Serialize(response, output);
        }

        return function.Seen;
    }
}
