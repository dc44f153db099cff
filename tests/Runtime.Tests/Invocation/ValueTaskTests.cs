using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>Lambda's runtime waits for a Task only: a ValueTask that a handler returns is serialised as its response.</summary>
public class ValueTaskTests
{
    private const string IsResponse =
        "; the handler returns a ValueTask, which Lambda's runtime does not await: the ValueTask itself is the response. Return a Task";

    private static async Task<EsmRun> RunAsync(Func<LambdaTestHost, Delegate> handler)
    {
        var queue = new SqsQueue("orders");
        await using var host = new LambdaTestHost();
        host.Map(queue, new LambdaFunction("orders", handler(host)), mapping => mapping.ReportBatchItemFailures = true);
        queue.SendMany("good", "bad");
        return await host.RunUntilIdleAsync();
    }

    [Fact]
    public async Task The_failures_in_the_result_are_not_read()
    {
        var run = await RunAsync(_ =>
            async ValueTask<SQSBatchResponse> (SQSEvent batch) =>
            {
                await Task.Yield();
                return new([new() { ItemIdentifier = batch.Records[1].MessageId }]);
            }
        );

        var invocation = Assert.Single(run.Invocations);
        Assert.Contains("\"Result\":{\"batchItemFailures\":[{\"itemIdentifier\":", invocation.ResponseJson, StringComparison.Ordinal);
        Assert.EndsWith(IsResponse, invocation.Outcome!.Reason, StringComparison.Ordinal);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Work_goes_on_after_the_response_and_is_frozen()
    {
        var finished = 0;
        var run = await RunAsync(host =>
            async ValueTask (SQSEvent batch) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), host.TimeProvider);
                finished++;
            }
        );

        var invocation = Assert.Single(run.Invocations);
        Assert.InRange(invocation.End!.Value - invocation.Start, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        Assert.StartsWith("success: the response has no batchItemFailures", invocation.Outcome!.Reason, StringComparison.Ordinal);
        Assert.EndsWith(IsResponse, invocation.Outcome.Reason, StringComparison.Ordinal);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
        Assert.Equal(0, finished);
    }

    [Fact]
    public async Task An_exception_of_a_result_is_a_function_error()
    {
        var failures = 0;
        var run = await RunAsync(_ =>
            async ValueTask<int> (SQSEvent batch) =>
            {
                await Task.Yield();
                return failures++ == 0 ? throw new TimeoutException("no answer") : 0;
            }
        );

        Assert.Equal(2, run.Invocations.Count);
        Assert.Equal(("TimeoutException", "no answer"), (run.Invocations[0].Error!.Type, run.Invocations[0].Error!.Message));
        Assert.Equal("whole batch failed: function error TimeoutException: no answer (R-18)", run.Invocations[0].Outcome!.Reason);
    }

    [Fact]
    public async Task A_lambda_that_awaits_it_makes_it_a_handler()
    {
        static async ValueTask<SQSBatchResponse> HandleAsync(SQSEvent batch)
        {
            await Task.Yield();
            return new([]);
        }

        var run = await RunAsync(_ => async Task<SQSBatchResponse> (SQSEvent batch) => await HandleAsync(batch));

        Assert.Equal("success: no failure reported (R-5)", Assert.Single(run.Invocations).Outcome!.Reason);
    }
}
