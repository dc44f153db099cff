using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AtLeastOnce.Benchmarks;

/// <summary>What the simulation costs beside the work that any caller of the handler has.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 5, invocationCount: 1)]
public class RuntimeThroughput
{
    private const int DistinctBatches = 1_000;

    private readonly DefaultLambdaJsonSerializer serializer = new();
    private readonly CountingFunction function = new();
    private byte[][] events = [];
    private LambdaTestHost? host;

    /// <summary>The number of messages.</summary>
    [Params(1_000_000)]
    public int Messages { get; set; }

    /// <summary>Takes the events of the bare loop from the runtime itself.</summary>
    [GlobalSetup]
    public void CaptureEvents()
    {
        var captured = new List<byte[]>();
        var capturing = Scenario.Create(
            DistinctBatches * Scenario.BatchSize,
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

    /// <summary>Sends the messages: the measured part begins with the run.</summary>
    [IterationSetup(Target = nameof(Runtime))]
    public void Send() => host = Scenario.Create(Messages, function.Handle);

    /// <summary>Lets the host go.</summary>
    [IterationCleanup(Target = nameof(Runtime))]
    public void Release() => host = null;

    /// <summary>Deserialise, call, serialise, and nothing else.</summary>
    [Benchmark(Baseline = true)]
    public long BareLoop()
    {
        var output = new MemoryStream();
        for (var batch = 0; batch < Messages / Scenario.BatchSize; batch++)
        {
            using var input = new MemoryStream(events[batch % events.Length], writable: false);
            var response = function.Handle(serializer.Deserialize<SQSEvent>(input));
            output.SetLength(0);
            serializer.Serialize(response, output);
        }

        return function.Seen;
    }

    /// <summary>The same handler on the runtime.</summary>
    [Benchmark]
    public async Task<long> Runtime() => (await host!.RunUntilIdleAsync()).InvocationCount;
}

/// <summary>A handler that does next to nothing.</summary>
public sealed class CountingFunction
{
    /// <summary>The characters of all bodies seen.</summary>
    public long Seen { get; private set; }

    /// <summary>The handler.</summary>
    [LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
    public SQSBatchResponse Handle(SQSEvent batch)
    {
        foreach (var message in batch.Records)
            Seen += message.Body.Length;
        return new SQSBatchResponse();
    }
}

/// <summary>One queue, one mapping, batches of ten, only the ledger kept.</summary>
internal static class Scenario
{
    public const int BatchSize = 10;

    public static LambdaTestHost Create(int messages, Delegate handler)
    {
        var queue = new SqsQueue("orders");
        var function = new LambdaFunction("orders", () => handler);
        var host = new LambdaTestHost(new() { History = HistoryDetail.LedgerOnly, InvocationLimit = int.MaxValue })
            .WithSerializer(new DefaultLambdaJsonSerializer())
            .Map(
                queue,
                function,
                mapping =>
                {
                    mapping.BatchSize = BatchSize;
                    mapping.ReportBatchItemFailures = true;
                }
            );
        for (var number = 0; number < messages; number++)
            queue.Send($$"""{"id":"{{number}}","product":"tea","quantity":2}""");
        return host;
    }
}
