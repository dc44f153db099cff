using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Sqs;

namespace Labelled;

public sealed class FiveSecondsHandler : ISqsRecordHandler
{
    private static readonly HttpClient Warehouse = new() { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<RecordHandlerResult> HandleAsync(SQSEvent.SQSMessage record, CancellationToken cancellationToken)
    {
        using var answer = await Warehouse.PostAsync("https://a.example", new StringContent(record.Body), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return RecordHandlerResult.None;
    }
}

public sealed class InjectedClientHandler : ISqsRecordHandler
{
    private readonly HttpClient warehouse;

    public InjectedClientHandler(HttpClient warehouse) => this.warehouse = warehouse;

    public async Task<RecordHandlerResult> HandleAsync(SQSEvent.SQSMessage record, CancellationToken cancellationToken)
    {
        using var answer = await warehouse.PostAsync("https://a.example", new StringContent(record.Body), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return RecordHandlerResult.None;
    }
}

/// <summary>The time that a batch takes which Powertools goes through.</summary>
public sealed class PowertoolsTimes : Function
{
    private readonly HttpClient warehouse = null!;
    private readonly ISqsRecordHandler injected = null!;

    // expect ALO304
    // deployed standard reports timeout=30
    [BatchProcessor(RecordHandler = typeof(FiveSecondsHandler))]
    public BatchItemFailuresResponse OneAfterTheOther(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect none
    // deployed standard reports timeout=30
    [BatchProcessor(RecordHandler = typeof(FiveSecondsHandler), BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 5)]
    public BatchItemFailuresResponse FiveAtOnce(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect ALO304
    // deployed standard reports timeout=30
    public async Task<BatchItemFailuresResponse> ByCall(SQSEvent evnt) =>
        (await SqsBatchProcessor.Instance.ProcessAsync(evnt, new FiveSecondsHandler())).BatchItemFailuresResponse;

    // expect none
    // deployed fifo reports timeout=30
    public async Task<BatchItemFailuresResponse> StopsAtTheFirstTimeout(SQSEvent evnt) =>
        (await SqsBatchProcessor.Instance.ProcessAsync(evnt, new FiveSecondsHandler(), new ProcessingOptions())).BatchItemFailuresResponse;

    // expect ALO305
    // deployed standard reports timeout=30
    [BatchProcessor(RecordHandler = typeof(InjectedClientHandler))]
    public BatchItemFailuresResponse AttributeTakesNoToken(SQSEvent _) => SqsBatchProcessor.Result.BatchItemFailuresResponse;

    // expect ALO305
    // deployed standard reports timeout=30
    public async Task<BatchItemFailuresResponse> NoToken(SQSEvent evnt) =>
        (await SqsBatchProcessor.Instance.ProcessAsync(evnt, new InjectedClientHandler(warehouse))).BatchItemFailuresResponse;

    // expect none
    // deployed standard reports timeout=30
    public async Task<BatchItemFailuresResponse> EndsInTime(SQSEvent evnt, ILambdaContext context)
    {
        using var source = new CancellationTokenSource(context.RemainingTime - TimeSpan.FromSeconds(3));
        return (await SqsBatchProcessor.Instance.ProcessAsync(evnt, new InjectedClientHandler(warehouse), source.Token)).BatchItemFailuresResponse;
    }

    // expect none
    // deployed standard reports timeout=30
    public async Task<BatchItemFailuresResponse> MayBeAny(SQSEvent evnt) =>
        (await SqsBatchProcessor.Instance.ProcessAsync(evnt, injected)).BatchItemFailuresResponse;
}
