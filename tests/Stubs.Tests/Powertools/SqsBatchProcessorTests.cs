using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Stubs.Tests.Serialization;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Sqs;
using static AWS.Lambda.Powertools.BatchProcessing.BatchProcessorErrorHandlingPolicy;

namespace AtLeastOnce.Stubs.Tests.Powertools;

/// <summary>Batch processing of a queue's messages. One class, as the processor's instance is shared.</summary>
public class SqsBatchProcessorTests
{
    private const string Standard = "arn:aws:sqs:eu-west-1:123456789012:orders";
    private const string Fifo = "arn:aws:sqs:eu-west-1:123456789012:orders.fifo";

    private readonly List<string> _handled = [];

    [Fact]
    public async Task Every_message_that_is_handled_is_a_success()
    {
        var result = await Process(Batch(Standard, "a", "b"), failing: []);

        Assert.Equal(["a", "b"], _handled);
        Assert.Equal(["a", "b"], result.BatchRecords.Select(message => message.MessageId));
        Assert.Equal(["a", "b"], result.SuccessRecords.Select(success => success.RecordId));
        Assert.Empty(result.FailureRecords);
        Assert.Empty(result.BatchItemFailuresResponse.BatchItemFailures);
    }

    [Fact]
    public async Task A_standard_queue_goes_on_after_a_failure()
    {
        var result = await Process(Batch(Standard, "a", "b", "c"), failing: ["b"]);

        Assert.Equal(["a", "b", "c"], _handled);
        Assert.Equal(["b"], Reported(result));
        var failure = Assert.Single(result.FailureRecords);
        Assert.Equal(("b", "b"), (failure.RecordId, failure.Record.MessageId));
        Assert.Equal("Failed processing record: 'b'. See inner exception for details.", failure.Exception.Message);
        Assert.Equal("poison b", Assert.IsType<InvalidOperationException>(failure.Exception.InnerException).Message);
    }

    [Theory]
    [InlineData(Fifo)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:ORDERS.FIFO")]
    public async Task A_fifo_queue_stops_at_a_failure_and_the_unreached_messages_are_failures_too(string queue)
    {
        var result = await Process(Batch(queue, "a", "b", "c", "d"), failing: ["b"]);

        Assert.Equal(["a", "b"], _handled);
        Assert.Equal(["b", "c", "d"], Reported(result));
        Assert.Equal(
            ["Failed processing record: 'b'. See inner exception for details.", "Record: 'c' has not been processed.", "Record: 'd' has not been processed."],
            result.FailureRecords.Select(failure => failure.Exception.Message)
        );
        Assert.All(result.FailureRecords.Skip(1), failure => Assert.Equal("UnprocessedRecordException", failure.Exception.GetType().Name));
        Assert.Equal(["a"], result.SuccessRecords.Select(success => success.RecordId));
    }

    [Fact]
    public async Task A_chosen_policy_goes_before_the_queues()
    {
        var stopping = await Process(
            Batch(Standard, "a", "b"),
            failing: ["a"],
            new() { ErrorHandlingPolicy = StopOnFirstBatchItemFailure, ThrowOnFullBatchFailure = false }
        );
        Assert.Equal(["a"], _handled);
        Assert.Equal(["a", "b"], Reported(stopping));

        _handled.Clear();
        var going = await Process(Batch(Fifo, "a", "b"), failing: ["a"], new() { ErrorHandlingPolicy = ContinueOnBatchItemFailure });
        Assert.Equal(["a", "b"], _handled);
        Assert.Equal(["a"], Reported(going));

        _handled.Clear();
        await Process(Batch(Fifo, "a", "b", "c"), failing: ["b"], new() { ErrorHandlingPolicy = DeriveFromEvent });
        Assert.Equal(["a", "b"], _handled);
    }

    [Fact]
    public async Task A_batch_that_fails_whole_throws()
    {
        var failure = await Assert.ThrowsAnyAsync<AggregateException>(() => Process(Batch(Standard, "a", "b"), failing: ["a", "b"]));

        Assert.Equal("AWS.Lambda.Powertools.BatchProcessing.Exceptions.BatchProcessingException", failure.GetType().FullName);
        Assert.StartsWith("Entire batch of '2' record(s) failed processing. See inner exceptions for details.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["poison a", "poison b"], failure.InnerExceptions.Select(inner => inner.InnerException!.Message));
    }

    [Fact]
    public async Task A_fifo_batch_whose_first_message_fails_throws_although_the_others_were_never_tried()
    {
        var failure = await Assert.ThrowsAnyAsync<AggregateException>(() => Process(Batch(Fifo, "a", "b"), failing: ["a"]));

        Assert.Equal(["a"], _handled);
        Assert.Equal(2, failure.InnerExceptions.Count);
    }

    [Fact]
    public async Task A_batch_that_fails_whole_is_reported_when_it_must_not_throw()
    {
        var result = await Process(Batch(Standard, "a", "b"), failing: ["a", "b"], new() { ThrowOnFullBatchFailure = false });

        Assert.Equal(["a", "b"], Reported(result));
    }

    [Fact]
    public async Task The_response_is_written_like_the_librarys_own()
    {
        var result = await Process(Batch(Standard, "a", "b"), failing: ["b"]);

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"b"}]}""", new DefaultLambdaJsonSerializer().Write(result.BatchItemFailuresResponse));
    }

    [Fact]
    public async Task Parallel_processing_runs_as_many_messages_at_once_as_allowed()
    {
        var allStarted = new TaskCompletionSource();
        var started = 0;
        var handler = RecordHandler<SQSEvent.SQSMessage>.From(async message =>
        {
            if (Interlocked.Increment(ref started) == 3)
                allStarted.SetResult();
            await allStarted.Task;
            return message.MessageId == "b" ? throw new InvalidOperationException("poison b") : RecordHandlerResult.None;
        });

        var result = await new LocalProcessor().ProcessAsync(
            Batch(Fifo, "a", "b", "c"),
            handler,
            new ProcessingOptions
            {
                BatchParallelProcessingEnabled = true,
                MaxDegreeOfParallelism = 3,
                ErrorHandlingPolicy = ContinueOnBatchItemFailure,
            }
        );

        Assert.Equal(["b"], Reported(result));
        Assert.Equal(["a", "c"], result.SuccessRecords.Select(success => success.RecordId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Parallel_processing_of_one_at_a_time_stops_at_a_failure_of_a_fifo_queue()
    {
        var result = await Process(Batch(Fifo, "a", "b", "c"), failing: ["b"], new() { BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 1 });

        Assert.Equal(["a", "b"], _handled);
        Assert.Equal(["b", "c"], Reported(result).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Cancellation_without_parallelism_fails_each_message_that_is_left()
    {
        using var cancellation = new CancellationTokenSource();
        var handler = RecordHandler<SQSEvent.SQSMessage>.From(message =>
        {
            _handled.Add(message.MessageId);
            cancellation.Cancel();
        });

        var result = await new LocalProcessor().ProcessAsync(Batch(Standard, "a", "b", "c"), handler, cancellation.Token);

        Assert.Equal(["a"], _handled);
        Assert.Equal(["b", "c"], Reported(result));
        Assert.All(result.FailureRecords, failure => Assert.IsType<OperationCanceledException>(failure.Exception.InnerException));
    }

    [Fact]
    public async Task Cancellation_with_parallelism_leaves_the_rest_unprocessed()
    {
        using var cancellation = new CancellationTokenSource();
        var handler = RecordHandler<SQSEvent.SQSMessage>.From(message =>
        {
            _handled.Add(message.MessageId);
            cancellation.Cancel();
        });

        var result = await new LocalProcessor().ProcessAsync(
            Batch(Standard, "a", "b", "c"),
            handler,
            new ProcessingOptions
            {
                BatchParallelProcessingEnabled = true,
                MaxDegreeOfParallelism = 1,
                CancellationToken = cancellation.Token,
            }
        );

        Assert.Equal(["a"], _handled);
        Assert.Equal(["b", "c"], Reported(result).Order(StringComparer.Ordinal));
        Assert.All(result.FailureRecords, failure => Assert.Equal("UnprocessedRecordException", failure.Exception.GetType().Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_that_holds_an_id_twice_throws_before_any_message_is_handled(bool parallel)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Process(Batch(Standard, "a", "a"), failing: [], new() { BatchParallelProcessingEnabled = parallel }));

        Assert.Empty(_handled);
    }

    [Fact]
    public async Task An_empty_batch_counts_as_failed_whole() => await Assert.ThrowsAnyAsync<AggregateException>(() => Process(Batch(Standard), failing: []));

    [Fact]
    public async Task The_shared_instance_keeps_the_last_result_and_replaces_it_at_the_next_batch()
    {
        var shared = SqsBatchProcessor.Instance;
        var first = await shared.ProcessAsync(Batch(Standard, "a", "b"), Handler(["a"]), TestContext.Current.CancellationToken);
        Assert.Same(first, SqsBatchProcessor.Result);
        Assert.Same(first, shared.ProcessingResult);

        var second = await SqsBatchProcessor.Instance.ProcessAsync(Batch(Standard, "c", "d"), Handler(["d"]), TestContext.Current.CancellationToken);
        Assert.Same(second, SqsBatchProcessor.Result);
        Assert.Equal(["d"], Reported(SqsBatchProcessor.Result));
        Assert.Equal(["a"], Reported(first));
    }

    [Fact]
    public async Task Hooks_see_each_outcome_and_cannot_change_it()
    {
        var processor = new LocalProcessor { ThrowsInHooks = true };

        var result = await processor.ProcessAsync(Batch(Standard, "a", "b"), Handler(["b"]), TestContext.Current.CancellationToken);

        Assert.Equal(["before", "success a", "failure b"], processor.Hooks);
        Assert.Equal(["b"], Reported(result));
    }

    [Fact]
    public void The_attribute_only_declares_with_the_librarys_defaults()
    {
        var attribute = new BatchProcessorAttribute();

        Assert.Equal(DeriveFromEvent, attribute.ErrorHandlingPolicy);
        Assert.Equal((false, 1), (attribute.BatchParallelProcessingEnabled, attribute.MaxDegreeOfParallelism));
        Assert.True(attribute.ThrowOnFullBatchFailure);
    }

    private static SQSEvent Batch(string queue, params string[] ids) =>
        new() { Records = [.. ids.Select(id => new SQSEvent.SQSMessage { MessageId = id, EventSourceArn = queue })] };

    private static IEnumerable<string> Reported(ProcessingResult<SQSEvent.SQSMessage> result) =>
        result.BatchItemFailuresResponse.BatchItemFailures.Select(failure => failure.ItemIdentifier);

    private Task<ProcessingResult<SQSEvent.SQSMessage>> Process(SQSEvent batch, string[] failing, ProcessingOptions? options = null) =>
        new LocalProcessor().ProcessAsync(batch, Handler(failing), options ?? new ProcessingOptions());

    private IRecordHandler<SQSEvent.SQSMessage> Handler(string[] failing) =>
        RecordHandler<SQSEvent.SQSMessage>.From(message =>
        {
            _handled.Add(message.MessageId);
            if (failing.Contains(message.MessageId))
                throw new InvalidOperationException($"poison {message.MessageId}");
        });

    private sealed class LocalProcessor : SqsBatchProcessor
    {
        internal List<string> Hooks { get; } = [];

        internal bool ThrowsInHooks { get; init; }

        protected override Task BeforeBatchProcessingAsync(SQSEvent @event, ProcessingOptions processingOptions)
        {
            Hooks.Add("before");
            return base.BeforeBatchProcessingAsync(@event, processingOptions);
        }

        protected override Task HandleRecordSuccessAsync(SQSEvent.SQSMessage record) => See($"success {record.MessageId}");

        protected override Task HandleRecordFailureAsync(SQSEvent.SQSMessage record, Exception exception) => See($"failure {record.MessageId}");

        private Task See(string outcome)
        {
            Hooks.Add(outcome);
            return ThrowsInHooks ? throw new InvalidOperationException("hook") : Task.CompletedTask;
        }
    }
}
