using System.Text.Json;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Async;

/// <summary>Who learns of the end of an asynchronous event, and what .</summary>
public class DestinationTests
{
    private sealed record Order(string Id);

    private static LambdaFunction Function(Action<LambdaFunction> configure, bool fails = true)
    {
        var function = new LambdaFunction(
            "orders",
            (Order order) => fails ? throw new InvalidOperationException("no stock") : Task.FromResult(new Order(order.Id + "!"))
        );
        function.EventInvokeConfig.MaximumRetryAttempts = 0;
        configure(function);
        return function;
    }

    private static async Task<(EsmRun Run, AcceptedEvent Accepted)> RunAsync(LambdaFunction function)
    {
        await using var host = new LambdaTestHost();
        var accepted = host.InvokeEvent(function, new Order("a"));
        return (await host.RunUntilIdleAsync(), accepted);
    }

    [Fact]
    public async Task A8_a_failure_is_told_to_a_queue_with_request_and_response()
    {
        var (run, accepted) = await RunAsync(Function(function => function.EventInvokeConfig.OnFailure = new SqsQueue("failures")));

        var message = Assert.Single(run.Queue("failures").Messages);
        Assert.Equal(
            $$$"""{"version":"1.0","timestamp":"2026-01-01T00:00:00.100Z","requestContext":{"requestId":"{{{accepted.RequestId}}}","functionArn":"arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST","condition":"RetriesExhausted","approximateInvokeCount":1},"requestPayload":{"Id":"a"},"responseContext":{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"},"responsePayload":{"errorType":"InvalidOperationException","errorMessage":"no stock"}}""",
            message.Body
        );
        Assert.Empty(message.Attributes);
        Assert.Equal("sent 1 = discarded to a destination 1", run.AsyncEvents("orders").Ledger.ToString());
        run.EnsureNothingLost();
    }

    [Fact]
    public async Task A8_a_success_is_told_with_the_response_and_without_an_error()
    {
        var topic = new SnsTopic("done");

        var (run, accepted) = await RunAsync(
            Function(
                function =>
                {
                    function.EventInvokeConfig.OnSuccess = topic;
                    function.EventInvokeConfig.OnFailure = new SqsQueue("failures");
                },
                fails: false
            )
        );

        Assert.Equal(
            $$$"""{"version":"1.0","timestamp":"2026-01-01T00:00:00.100Z","requestContext":{"requestId":"{{{accepted.RequestId}}}","functionArn":"arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":{"Id":"a"},"responseContext":{"statusCode":200,"executedVersion":"$LATEST"},"responsePayload":{"Id":"a!"}}""",
            Assert.Single(topic.Messages)
        );
        Assert.Empty(run.Queue("failures").Messages);
        var delivered = Assert.Single(run.Events.OfType<DestinationDelivered>());
        Assert.Equal((Seconds(0.1), "done", InvocationCondition.Success), (delivered.At, delivered.Destination, delivered.Condition));
    }

    [Fact]
    public async Task A8_without_any_attempt_there_is_no_response()
    {
        var (run, _) = await RunAsync(
            Function(function =>
            {
                function.EventInvokeConfig.OnFailure = new SqsQueue("failures");
                function.ReservedConcurrency = 0;
            })
        );

        var record = Assert.Single(run.Queue("failures").Messages).Json<JsonElement>();
        Assert.Equal(["version", "timestamp", "requestContext", "requestPayload"], record.EnumerateObject().Select(member => member.Name));
        var context = record.GetProperty("requestContext");
        Assert.Equal("ZeroReservedConcurrency", context.GetProperty("condition").GetString());
        Assert.Equal(0, context.GetProperty("approximateInvokeCount").GetInt32());
    }

    [Fact]
    public async Task A7_a_failure_can_be_told_to_a_bucket_under_a_key_of_its_time()
    {
        var bucket = new S3Bucket("failures");

        await RunAsync(Function(function => function.EventInvokeConfig.OnFailure = bucket));

        var added = Assert.Single(bucket.Objects);
        Assert.Matches("^aws/lambda/async/orders/2026/01/01/2026-01-01T00\\.00\\.00-[0-9a-f-]{36}$", added.Key);
        Assert.Contains("\"condition\":\"RetriesExhausted\"", added.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A7_a_failure_can_be_told_to_another_function_which_runs_asynchronously_too()
    {
        List<string> conditions = [];
        var cleanUp = new LambdaFunction(
            "clean-up",
            (JsonElement record) => conditions.Add(record.GetProperty("requestContext").GetProperty("condition").GetString()!)
        );

        var (run, _) = await RunAsync(Function(function => function.EventInvokeConfig.OnFailure = cleanUp));

        Assert.Equal(["RetriesExhausted"], conditions);
        Assert.Equal("function orders", run.Events.OfType<EventAccepted>().Last().From);
        Assert.Equal("sent 1 = acknowledged 1", run.AsyncEvents("clean-up").Ledger.ToString());
    }

    [Fact]
    public async Task A7_a_failure_can_be_put_on_a_bus_as_an_event_of_lambda()
    {
        var bus = new EventBus("results");
        var queue = new SqsQueue("failures");
        bus.Rule("""{"source":["lambda"],"detail-type":["Lambda Function Invocation Result - Failure"],"detail":{"requestPayload":{"Id":["a"]}}}""", queue);

        var (run, _) = await RunAsync(Function(function => function.EventInvokeConfig.OnFailure = bus));

        var message = Assert.Single(run.Queue("failures").Messages).Json<JsonElement>();
        Assert.Equal(
            ["arn:aws:events:us-east-1:123456789012:event-bus/results", "arn:aws:lambda:us-east-1:123456789012:function:orders:$LATEST"],
            message.GetProperty("resources").EnumerateArray().Select(resource => resource.GetString())
        );
        Assert.Equal("no stock", message.GetProperty("detail").GetProperty("responsePayload").GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task A9_the_dead_letter_queue_gets_the_event_as_it_was_and_the_error_as_attributes()
    {
        var (run, accepted) = await RunAsync(Function(function => function.DeadLetterQueue = new SqsQueue("dead")));

        var message = Assert.Single(run.Queue("dead").Messages);
        Assert.Equal("""{"Id":"a"}""", message.Body);
        Assert.Equal(
            [("ErrorCode", "Number", "200"), ("ErrorMessage", "String", "no stock"), ("RequestID", "String", accepted.RequestId)],
            message
                .Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
                .Select(attribute => (attribute.Key, attribute.Value.DataType, attribute.Value.StringValue!))
        );
        var dead = Assert.Single(run.Events.OfType<EventDeadLettered>());
        Assert.Equal(("dead", InvocationCondition.RetriesExhausted), (dead.DeadLetterQueue, dead.Condition));
    }

    [Fact]
    public async Task A9_a_topic_can_be_the_dead_letter_queue_beside_a_destination()
    {
        var dead = new SnsTopic("dead");

        var (run, _) = await RunAsync(
            Function(function =>
            {
                function.DeadLetterQueue = dead;
                function.EventInvokeConfig.OnFailure = new SqsQueue("failures");
            })
        );

        Assert.Equal("""{"Id":"a"}""", Assert.Single(dead.Messages));
        Assert.Equal("no stock", dead.Published[0].Attributes["ErrorMessage"].StringValue);
        Assert.Single(run.Queue("failures").Messages);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("short", "short")]
    public async Task A9_an_empty_error_message_is_left_out(string message, string? attribute)
    {
        var function = new LambdaFunction("orders", () => throw new InvalidOperationException(message)) { DeadLetterQueue = new SqsQueue("dead") };
        function.EventInvokeConfig.MaximumRetryAttempts = 0;

        var (run, _) = await RunAsync(function);

        var attributes = Assert.Single(run.Queue("dead").Messages).Attributes;
        Assert.Equal(attribute, attributes.TryGetValue("ErrorMessage", out var value) ? value.StringValue : null);
    }

    [Fact]
    public async Task A9_the_error_message_is_cut_after_1_KB()
    {
        var function = new LambdaFunction("orders", () => throw new InvalidOperationException(new string('ä', 600))) { DeadLetterQueue = new SqsQueue("dead") };
        function.EventInvokeConfig.MaximumRetryAttempts = 0;

        var (run, _) = await RunAsync(function);

        Assert.Equal(new string('ä', 512), Assert.Single(run.Queue("dead").Messages).Attributes["ErrorMessage"].StringValue);
    }

    [Fact]
    public async Task A8_a_record_that_is_too_large_for_its_destination_is_lost()
    {
        await using var host = new LambdaTestHost();
        var function = Function(function => function.EventInvokeConfig.OnFailure = new SqsQueue("failures"));
        host.InvokeEvent(function, new Order(new string('x', (1024 * 1024) - 20)));

        var run = await host.RunUntilIdleAsync();

        Assert.Empty(run.Queue("failures").Messages);
        var failed = Assert.Single(run.Events.OfType<DestinationDeliveryFailed>());
        Assert.Equal("failures", failed.Destination);
        Assert.Equal("sent 1 = discarded 1", run.AsyncEvents("orders").Ledger.ToString());
    }

    [Fact]
    public async Task Nothing_is_lost_fails_for_a_discarded_event_and_says_why()
    {
        var (run, accepted) = await RunAsync(Function(_ => { }));

        Assert.StartsWith(
            $$"""
            1 of 1 record was lost.
              event 1 of orders ({{accepted.RequestId[
                ..4
            ]}}…, {"Id":"a"}) was run once and discarded: the function has neither an OnFailure destination nor a dead-letter queue that took it (A-7):
                its last invocation, orders #1: function error InvalidOperationException: no stock (A-3).

            """,
            Assert.Throws<EsmExpectationException>(run.EnsureNothingLost).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_cannot_be_a_destination_is_refused()
    {
        var function = Function(_ => { });
        Assert.StartsWith(
            "Lambda sends records to an S3 bucket on failure only; 'bucket' cannot be OnSuccess (A-7).",
            Assert.Throws<ArgumentException>(() => function.EventInvokeConfig.OnSuccess = new S3Bucket("bucket")).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "A function's dead-letter queue is an SQS queue or an SNS topic; 'bus' is neither.",
            Assert.Throws<ArgumentException>(() => function.DeadLetterQueue = new EventBus("bus")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<NotSupportedException>(() => new SnsTopic("dead.fifo"));
    }
}
