using System.Globalization;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime;

namespace AtLeastOnce.Benchmarks;

/// <summary>The sources whose throughput is measured.</summary>
public enum Source
{
    /// <summary>A standard queue, batches of ten.</summary>
    SqsStandard,

    /// <summary>A FIFO queue with a thousand message groups, batches of ten.</summary>
    SqsFifo,

    /// <summary>A Kinesis stream with ten shards, batches of a hundred, as a mapping has them by default.</summary>
    Kinesis,
}

/// <summary>One source, one mapping, one function that does next to nothing.</summary>
internal static class EventRun
{
    /// <summary>The records that are put at one time, where they are not all put at the start.</summary>
    public const int Burst = 100;

    private const int Shards = 10;
    private const int Groups = 1_000;

    /// <summary>The records that a batch has when there are enough.</summary>
    public static int BatchSize(Source source) => source == Source.Kinesis ? 100 : 10;

    /// <summary>A host with the records in its source, ready to run; only the ledger is kept.</summary>
    /// <param name="source">The kind of source.</param>
    /// <param name="records">How many records.</param>
    /// <param name="handler">The handler.</param>
    /// <param name="apart">The virtual time between two bursts of a hundred records; zero puts all of them in at the start.</param>
    public static LambdaTestHost Create(Source source, int records, Delegate handler, TimeSpan apart = default)
    {
        var host = new LambdaTestHost(new() { History = HistoryDetail.LedgerOnly, InvocationLimit = int.MaxValue }).WithSerializer(
            new DefaultLambdaJsonSerializer()
        );
        var function = new LambdaFunction("orders", () => handler);
        Action<int> put;
        switch (source)
        {
            case Source.Kinesis:
                var stream = new KinesisStream("orders", Shards);
                host.Map(
                    stream,
                    function,
                    mapping =>
                    {
                        mapping.StartingPosition = StartingPosition.TrimHorizon;
                        mapping.ReportBatchItemFailures = true;
                    }
                );
                put = number => stream.Put(number.ToString(CultureInfo.InvariantCulture), Body(number));
                break;
            case Source.SqsFifo:
                var fifo = new SqsQueue("orders.fifo");
                host.Map(fifo, function, mapping => mapping.ReportBatchItemFailures = true);
                put = number =>
                    fifo.Send(
                        Body(number),
                        messageGroupId: (number % Groups).ToString(CultureInfo.InvariantCulture),
                        deduplicationId: number.ToString(CultureInfo.InvariantCulture)
                    );
                break;
            default:
                var queue = new SqsQueue("orders");
                host.Map(queue, function, mapping => mapping.ReportBatchItemFailures = true);
                put = number => queue.Send(Body(number));
                break;
        }

        if (apart == TimeSpan.Zero)
        {
            for (var number = 0; number < records; number++)
                put(number);
        }
        else
        {
            _ = new Producer(host.TimeProvider, put, records, apart);
        }

        return host;
    }

    private static string Body(int number) => $$"""{"id":"{{number}}","product":"tea","quantity":2}""";

    /// <summary>Puts one burst after the other, so that the run has a duration.</summary>
    private sealed class Producer
    {
        private readonly ITimer timer;
        private int number;

        public Producer(TimeProvider time, Action<int> put, int records, TimeSpan apart) =>
            timer = time.CreateTimer(
                _ =>
                {
                    for (var end = number + Burst; number < end; number++)
                        put(number);
                    if (number >= records)
                        timer!.Dispose();
                },
                state: null,
                TimeSpan.Zero,
                apart
            );
    }
}

/// <summary>A handler that does next to nothing.</summary>
public sealed class CountingFunction
{
    /// <summary>The characters or bytes of all records seen.</summary>
    public long Seen { get; private set; }

    /// <summary>The handler of a source.</summary>
    internal Delegate For(Source source) =>
        source == Source.Kinesis ? (Func<KinesisEvent, StreamsEventResponse>)Handle : (Func<SQSEvent, SQSBatchResponse>)Handle;

    /// <summary>The handler of queues.</summary>
    [LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
    public SQSBatchResponse Handle(SQSEvent batch)
    {
        foreach (var message in batch.Records)
            Seen += message.Body.Length;
        return new();
    }

    /// <summary>The handler of streams.</summary>
    [LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]
    public StreamsEventResponse Handle(KinesisEvent batch)
    {
        foreach (var record in batch.Records)
            Seen += record.Kinesis.Data.Length;
        return new();
    }
}
