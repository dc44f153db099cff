using Amazon.Lambda.Core;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Async;

/// <summary>Attempts of an asynchronous event and the waits between them .</summary>
public class RetryTests
{
    private sealed record Order(string Id);

    private static LambdaFunction Failing(int times = int.MaxValue)
    {
        var left = times;
        return new("orders", (Order _) => left-- > 0 ? throw new InvalidOperationException("no stock") : Task.CompletedTask);
    }

    private static double[] Starts(EsmRun run) => [.. run.Invocations.Select(invocation => invocation.Start.TotalSeconds)];

    [Fact]
    public async Task A1_an_event_is_accepted_with_202_and_runs_when_the_host_runs()
    {
        List<string> seen = [];
        await using var host = new LambdaTestHost();

        var accepted = host.InvokeEvent(new LambdaFunction("orders", (Order order) => seen.Add(order.Id)), new Order("a"));
        Assert.Equal((202, 1), (accepted.StatusCode, accepted.Number));
        Assert.Empty(seen);
        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["a"], seen);
        var invocation = Assert.Single(run.Invocations);
        Assert.Equal(accepted.RequestId, invocation.AwsRequestId);
        Assert.Equal(("""{"Id":"a"}""", "A-1"), (invocation.RequestJson, invocation.Outcome!.Rule));
        Assert.Null(invocation.Mapping);
        Assert.Equal("sent 1 = acknowledged 1", run.AsyncEvents("orders").Ledger.ToString());
    }

    [Fact]
    public async Task A3_a_failing_event_is_tried_three_times_after_one_and_two_minutes_under_one_request_id()
    {
        List<string> ids = [];
        await using var host = new LambdaTestHost();
        var function = new LambdaFunction(
            "orders",
            (Order _, ILambdaContext context) =>
            {
                ids.Add(context.AwsRequestId);
                throw new InvalidOperationException("no stock");
            }
        );

        var accepted = host.InvokeEvent(function, new Order("a"));
        var run = await host.RunUntilIdleAsync();

        Assert.Equal([accepted.RequestId, accepted.RequestId, accepted.RequestId], ids);
        Assert.Equal("sent 1 = discarded 1", run.AsyncEvents("orders").Ledger.ToString());
        Assert.Equal(3, run.AsyncEvents("orders").Ledger.Records[0].ReceiveCount);
        Assert.Equal(
            """
              00:00:00.000  events of orders     1 accepted
              00:00:00.000  orders #1            ▶ event 1
              00:00:00.100  orders #1            ✖ failed: InvalidOperationException: no stock
              00:00:00.100  events of orders     1 waits until 00:01:00.100 for attempt 2 (A-3)
              00:01:00.100  orders #2            ▶ event 1  attempt 2
              00:01:00.200  orders #2            ✖ failed: InvalidOperationException: no stock
              00:01:00.200  events of orders     1 waits until 00:03:00.200 for attempt 3 (A-3)
              00:03:00.200  orders #3            ▶ event 1  attempt 3
              00:03:00.300  orders #3            ✖ failed: InvalidOperationException: no stock
              00:03:00.300  events of orders     ✖ 1 discarded after 3 attempts: RetriesExhausted (A-7)

            """,
            run.Timeline
        );
    }

    [Theory]
    [InlineData(0, new double[] { 0 })]
    [InlineData(1, new[] { 0, 60.1 })]
    [InlineData(2, new[] { 0, 60.1, 180.2 })]
    public async Task A3_the_number_of_retries_is_the_functions_setting(int retries, double[] starts)
    {
        await using var host = new LambdaTestHost();
        var function = Failing();
        function.EventInvokeConfig.MaximumRetryAttempts = retries;

        host.InvokeEvent(function, "{}");
        var run = await host.RunUntilIdleAsync();

        Assert.Equal(starts, Starts(run));
    }

    [Fact]
    public async Task A3_timeouts_and_crashes_are_function_errors()
    {
        await using var host = new LambdaTestHost();
        var function = Failing(times: 0);
        host.Faults.CrashAfterHandler(on => on.Number == 1);
        function.Takes(perInvocation: Seconds(2));

        host.InvokeEvent(function, "{}");
        var run = await host.RunUntilIdleAsync();

        Assert.Equal([0, 62], Starts(run));
        Assert.Equal("Runtime.ExitError", run.Invocations[0].Error!.Type);
        Assert.Equal("sent 1 = acknowledged 1", run.AsyncEvents("orders").Ledger.ToString());
    }

    [Fact]
    public async Task A4_throttles_are_tried_again_with_back_off_up_to_five_minutes_and_use_up_no_attempt()
    {
        await using var host = new LambdaTestHost();
        var function = Failing(times: 2);
        host.Faults.Throttle(first: 11);

        host.InvokeEvent(function, "{}");
        var run = await host.RunUntilIdleAsync();

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811], run.Events.OfType<EventThrottled>().Select(throttled => throttled.At.TotalSeconds));
        Assert.Equal([1111, 1171.1, 1291.2], Starts(run));
        Assert.Equal("sent 1 = acknowledged 1", run.AsyncEvents("orders").Ledger.ToString());
    }

    [Fact]
    public async Task A4_the_growth_of_the_back_off_is_an_option()
    {
        await using var host = new LambdaTestHost(new() { EventBackOffFactor = 3 });
        host.Faults.Throttle(first: 4);

        host.InvokeEvent(Failing(times: 0), "{}");
        var run = await host.RunUntilIdleAsync();

        Assert.Equal([0, 1, 4, 13], run.Events.OfType<EventThrottled>().Select(throttled => throttled.At.TotalSeconds));
        Assert.Equal([40], Starts(run));
    }

    [Fact]
    public async Task A5_an_event_that_stays_throttled_is_given_up_when_its_maximum_age_is_over()
    {
        await using var host = new LambdaTestHost();
        var function = Failing(times: 0);
        function.EventInvokeConfig.MaximumEventAge = Seconds(60);
        host.Faults.Throttle(probability: 1);

        host.InvokeEvent(function, "{}");
        var run = await host.RunUntilIdleAsync();

        var discarded = Assert.Single(run.Events.OfType<EventDiscarded>());
        Assert.Equal((Seconds(60), InvocationCondition.EventAgeExceeded, 0), (discarded.At, discarded.Condition, discarded.Attempts));
        Assert.Equal([0, 1, 3, 7, 15, 31], run.Events.OfType<EventThrottled>().Select(throttled => throttled.At.TotalSeconds));
        Assert.Null(run.Events.OfType<EventThrottled>().Last().RetryAt);
    }

    [Theory]
    [InlineData(LateRetryRule.GiveUpAtOnce, 0.1)]
    [InlineData(LateRetryRule.GiveUpAtMaximumAge, 60)]
    public async Task A5_a_retry_that_would_come_too_late_is_not_made(LateRetryRule rule, double givenUpAt)
    {
        await using var host = new LambdaTestHost(new() { LateRetries = rule });
        var function = Failing();
        function.EventInvokeConfig.MaximumEventAge = Seconds(60);

        host.InvokeEvent(function, "{}");
        var run = await host.RunUntilIdleAsync();

        Assert.Single(run.Invocations);
        var discarded = Assert.Single(run.Events.OfType<EventDiscarded>());
        Assert.Equal((Seconds(givenUpAt), InvocationCondition.EventAgeExceeded, 1), (discarded.At, discarded.Condition, discarded.Attempts));
    }

    [Fact]
    public async Task A10_with_reserved_concurrency_0_nothing_is_tried()
    {
        await using var host = new LambdaTestHost();
        var function = Failing(times: 0);
        function.ReservedConcurrency = 0;

        host.InvokeEvent(function, "{}");
        var run = await host.RunUntilIdleAsync();

        Assert.Empty(run.Invocations);
        var discarded = Assert.Single(run.Events.OfType<EventDiscarded>());
        Assert.Equal((TimeSpan.Zero, InvocationCondition.ZeroReservedConcurrency), (discarded.At, discarded.Condition));
    }

    [Fact]
    public async Task A2_events_of_a_function_run_side_by_side_up_to_its_concurrency()
    {
        await using var host = new LambdaTestHost(new() { EventQueueDelay = Seconds(0.5) });
        var function = Failing(times: 0);
        function.ReservedConcurrency = 2;
        function.Takes(perInvocation: Seconds(2));

        for (var i = 0; i < 3; i++)
            host.InvokeEvent(function, "{}");
        var run = await host.RunUntilIdleAsync();

        Assert.Equal([0.5, 0.5, 3.5], Starts(run));
        Assert.Equal("sent 3 = acknowledged 3", run.AsyncEvents("orders").Ledger.ToString());
    }

    [Fact]
    public async Task A11_a_duplicate_comes_under_the_same_request_id_and_once_only()
    {
        await using var host = new LambdaTestHost();
        host.Faults.DuplicateEvents(probability: 1);

        var accepted = host.InvokeEvent(Failing(times: 0), "{}");
        var run = await host.RunUntilIdleAsync();

        Assert.Equal([accepted.RequestId, accepted.RequestId], run.Invocations.Select(invocation => invocation.AwsRequestId));
        Assert.Equal("sent 1 = acknowledged 1", run.AsyncEvents("orders").Ledger.ToString());
        Assert.StartsWith(
            $$"""
            1 of 1 record was delivered more than once.
              event 1 of orders ({{accepted.RequestId[..4]}}…, {}) was run twice and processed: the handler may have done its work each time (A-11).

            """,
            Assert.Throws<EsmExpectationException>(run.EnsureDeliveredOnce).Message,
            StringComparison.Ordinal
        );
        run.EnsureAllAcknowledged();
    }

    [Fact]
    public async Task A12_a_payload_is_JSON_of_at_most_1_MB()
    {
        await using var host = new LambdaTestHost();
        var function = Failing(times: 0);

        var refused = Assert.Throws<AwsErrorException>(() => host.InvokeEvent(function, "{"));
        Assert.Equal("InvalidRequestContentException", refused.ErrorType);
        refused = Assert.Throws<AwsErrorException>(() => host.InvokeEvent(function, $"\"{new string('x', 1024 * 1024)}\""));
        Assert.Equal("RequestTooLargeException: 1048578 byte payload is too large for the Event invocation type (limit 1048576 bytes)", refused.Message);
        host.InvokeEvent(function, $"\"{new string('x', (1024 * 1024) - 2)}\"");
    }

    [Theory]
    [InlineData(-1, "Value '-1' at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value greater than or equal to 0")]
    [InlineData(3, "Value '3' at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 2")]
    public void P47_the_number_of_retries_is_0_to_2(int value, string message) =>
        Assert.Equal(
            "ValidationException: 1 validation error detected: " + message,
            Assert.Throws<ValidationException>(() => Failing().EventInvokeConfig.MaximumRetryAttempts = value).Message
        );

    [Theory]
    [InlineData(59, "greater than or equal to 60")]
    [InlineData(21601, "less than or equal to 21600")]
    public void P47_the_maximum_age_is_a_minute_to_six_hours(int seconds, string bound) =>
        Assert.Equal(
            $"ValidationException: 1 validation error detected: Value '{seconds}' at 'maximumEventAgeInSeconds' failed to satisfy constraint: Member must have value {bound}",
            Assert.Throws<ValidationException>(() => Failing().EventInvokeConfig.MaximumEventAge = Seconds(seconds)).Message
        );

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { EventQueueDelay = Seconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { EventBackOffFactor = double.NaN }));
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { EventBackOffFactor = 0.5 }));
        Assert.StartsWith("LambdaTestHostOptions.EventBackOffFactor is from 1 to 100.", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Failing().EventInvokeConfig.MaximumEventAge = Seconds(60.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost().Faults.DuplicateEvents(1.1));
    }

    [Fact]
    public async Task A_serializer_given_to_the_host_serves_functions_without_a_mapping()
    {
        var recording = new RecordingSerializer();
        await using var host = new LambdaTestHost().WithSerializer(recording);

        host.InvokeEvent(Failing(times: 0), new Order("a"));
        await host.RunUntilIdleAsync();

        Assert.Equal([typeof(Order)], recording.Read);
    }

    private sealed class RecordingSerializer : ILambdaSerializer
    {
        private readonly Amazon.Lambda.Serialization.SystemTextJson.DefaultLambdaJsonSerializer inner = new();

        public List<Type> Read { get; } = [];

        public T Deserialize<T>(Stream requestStream)
        {
            Read.Add(typeof(T));
            return inner.Deserialize<T>(requestStream);
        }

        public void Serialize<T>(T response, Stream responseStream) => inner.Serialize(response, responseStream);
    }

    [Fact]
    public async Task B9_the_settings_have_no_effect_on_what_a_mapping_invokes()
    {
        await using var scenario = new Scenario(() => throw new InvalidOperationException()).WithMaxReceiveCount(2);
        var failures = new SqsQueue("failures");
        scenario.Function.DeadLetterQueue = failures;
        scenario.Function.EventInvokeConfig.OnFailure = failures;
        scenario.Function.EventInvokeConfig.MaximumRetryAttempts = 0;

        var run = await scenario.RunAsync("1");

        Assert.Equal(2, run.Invocations.Count);
        Assert.Empty(run.Queue("failures").Messages);
        Assert.Single(run.Queue("orders-dlq").Messages);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_run_byte_for_byte()
    {
        static async Task<string> DumpAsync(int seed)
        {
            await using var host = new LambdaTestHost(new() { Seed = seed });
            host.Faults.DuplicateEvents(probability: 0.3);
            host.Faults.Throttle(probability: 0.3);
            host.Faults.CrashBeforeHandler(probability: 0.3);
            var function = Failing(times: 3);
            for (var i = 0; i < 10; i++)
                host.InvokeEvent(function, new Order($"{i}"));
            return (await host.RunUntilIdleAsync()).Dump();
        }

        var first = await DumpAsync(5);
        Assert.Equal(first, await DumpAsync(5));
        Assert.NotEqual(first, await DumpAsync(6));
        Assert.Contains("event queue orders: sent 10 =", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_may_invoke_another_function_in_its_own_time()
    {
        await using var host = new LambdaTestHost();
        var second = new LambdaFunction("second", () => { });
        var first = new LambdaFunction(
            "first",
            async () =>
            {
                await Task.Delay(Seconds(2), host.TimeProvider);
                host.InvokeEvent(second, "{}");
            }
        );

        host.InvokeEvent(first);
        var run = await host.RunUntilIdleAsync();

        Assert.Equal([("first", 0), ("second", 2)], run.Invocations.Select(invocation => (invocation.Function, invocation.Start.TotalSeconds)));
        Assert.False(run.UsedRealTime);
    }

    [Fact]
    public async Task What_is_asked_for_by_a_wrong_name_is_answered_with_what_there_is()
    {
        await using var host = new LambdaTestHost().Add(Failing(times: 0));

        Assert.StartsWith(
            "No function 'order' in this host; it has orders. Did you mean \"orders\"?",
            Assert.Throws<ArgumentException>(() => host.InvokeEvent("order")).Message,
            StringComparison.Ordinal
        );
        host.InvokeEvent("orders");
        var run = await host.RunUntilIdleAsync();
        Assert.StartsWith(
            "No asynchronously invoked function 'order' in this host; it has orders. Did you mean \"orders\"?",
            Assert.Throws<ArgumentException>(() => run.AsyncEvents("order")).Message,
            StringComparison.Ordinal
        );
    }
}
