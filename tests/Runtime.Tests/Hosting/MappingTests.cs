using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Hosting;

/// <summary>What AWS refuses is refused when the mapping is made, in AWS's words.</summary>
public class MappingTests
{
    private static void Refused<TException>(string message, string rule, Action<EventSourceMappingOptions> configure)
        where TException : AwsRefusalException
    {
        var exception = Assert.Throws<TException>(() => new LambdaTestHost().Map(new SqsQueue("orders"), new("orders", (SQSEvent _) => { }), configure));
        Assert.Equal((message, rule), (exception.Message, exception.RuleId));
    }

    [Fact]
    public void P20_a_large_batch_needs_a_window() =>
        Refused<InvalidParameterValueException>(
            "InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
            "P-20",
            m => m.BatchSize = 11
        );

    [Fact]
    public void P23_the_visibility_timeout_must_not_be_shorter_than_the_functions_timeout()
    {
        var queue = new SqsQueue("orders") { VisibilityTimeout = Seconds(60) };
        var exception = Assert.Throws<InvalidParameterValueException>(() =>
            new LambdaTestHost().Map(queue, new("orders", () => { }) { Timeout = Seconds(180) })
        );
        Assert.Equal("InvalidParameterValueException: Queue visibility timeout: 60 seconds is less than Function timeout: 180 seconds", exception.Message);

        new LambdaTestHost().Map(new SqsQueue("equal") { VisibilityTimeout = Seconds(180) }, new("orders", () => { }) { Timeout = Seconds(180) });
    }

    [Fact]
    public void P30_a_bad_filter_is_refused() =>
        Refused<InvalidParameterValueException>(
            "InvalidParameterValueException: Invalid filter pattern definition.",
            "P-30",
            m => m.Filters = ["""{"body":"text"}"""]
        );

    [Theory]
    [InlineData(
        0,
        0,
        null,
        "P-4",
        "1 validation error detected: Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1"
    )]
    [InlineData(
        10001,
        1,
        null,
        "P-4",
        "1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000"
    )]
    [InlineData(
        10,
        301,
        null,
        "P-5",
        "1 validation error detected: Value '301' at 'maximumBatchingWindowInSeconds' failed to satisfy constraint: Member must have value less than or equal to 300"
    )]
    [InlineData(
        10,
        0,
        1,
        "P-9",
        "1 validation error detected: Value '1' at 'scalingConfig.maximumConcurrency' failed to satisfy constraint: Member must have value greater than or equal to 2"
    )]
    public void P47_values_out_of_range_are_refused(int batchSize, int window, int? concurrency, string rule, string message) =>
        Refused<ValidationException>(
            "ValidationException: " + message,
            rule,
            m =>
            {
                m.BatchSize = batchSize;
                m.BatchingWindow = Seconds(window);
                m.MaximumConcurrency = concurrency;
            }
        );

    [Fact]
    public void A_window_is_whole_seconds()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new LambdaTestHost().Map(new SqsQueue("orders"), new("orders", () => { }), m => m.BatchingWindow = Seconds(1.5))
        );
        Assert.StartsWith("A batching window is whole seconds (P-5).", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void P32_a_queue_is_mapped_to_a_function_once()
    {
        var (queue, function) = (new SqsQueue("orders"), new LambdaFunction("ship", () => { }));
        var host = new LambdaTestHost().Map(queue, function);

        var exception = Assert.Throws<ResourceConflictException>(() => host.Map(queue, function));

        Assert.Matches(
            "^ResourceConflictException: An event source mapping with SQS arn \\(\" arn:aws:sqs:us-east-1:123456789012:orders \"\\) and function \\(\" ship \"\\) already exists\\. "
                + "Please update or delete the existing mapping with UUID [0-9a-f-]{36}$",
            exception.Message
        );
        host.Map(queue, new("other", () => { }));
        Assert.Equal(["ship", "other"], host.Mappings.Select(mapping => mapping.Name));
        host.Map(new SqsQueue("second"), function);
        Assert.Equal("ship-second", host.Mappings[2].Name);
    }

    [Fact]
    public async Task Settings_can_be_changed_until_the_first_run_and_are_checked_again()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Host.Mapping("orders").BatchSize = 11;
        await Assert.ThrowsAsync<InvalidParameterValueException>(() => scenario.RunAsync("m"));
        scenario.Host.Mapping("orders").BatchingWindow = Seconds(1);
        await scenario.Host.RunUntilIdleAsync();

        Assert.Equal(
            "The mapping 'orders' has been run: its settings can be changed until the first run.",
            Assert.Throws<InvalidOperationException>(() => scenario.Host.Mapping("orders").BatchSize = 5).Message
        );
        Assert.Equal(
            "The host has been run: mappings are made before the first run.",
            Assert.Throws<InvalidOperationException>(() => scenario.Host.Map(new SqsQueue("late"), scenario.Function)).Message
        );
    }

    [Fact]
    public void Queues_and_functions_belong_to_one_host()
    {
        var (queue, function) = (new SqsQueue("orders"), new LambdaFunction("ship", () => { }));
        new LambdaTestHost().Map(queue, function);

        Assert.Equal(
            "The queue 'orders' belongs to another host. Make a queue for each host.",
            Assert.Throws<InvalidOperationException>(() => new LambdaTestHost().Add(queue)).Message
        );
        Assert.Equal(
            "The function 'ship' belongs to another host. Make a function for each host.",
            Assert.Throws<InvalidOperationException>(() => new LambdaTestHost().Map(new SqsQueue("q"), function)).Message
        );
    }

    [Fact]
    public void Names_in_a_host_are_unique()
    {
        var host = new LambdaTestHost().Map(new SqsQueue("orders"), new("ship", () => { }));

        Assert.StartsWith(
            "There is a queue 'orders' already.",
            Assert.Throws<ArgumentException>(() => host.Add(new SqsQueue("orders"))).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "There is a function 'ship' already.",
            Assert.Throws<ArgumentException>(() => host.Map(new SqsQueue("q"), new("ship", () => { }))).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "There is a mapping 'ship' already",
            Assert.Throws<ArgumentException>(() => host.Map(new SqsQueue("q2"), new("f", () => { }), m => m.Name = "ship")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_ledger_is_found_by_its_source_where_one_mapping_reads_it()
    {
        var (orders, refunds) = (new SqsQueue("orders"), new SqsQueue("refunds"));
        var host = new LambdaTestHost().Map(orders, new("ship", () => { })).Map(refunds, new("one", () => { })).Map(refunds, new("other", () => { }));
        host.Queue("orders").Send("a");
        var run = await host.RunUntilIdleAsync();
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
        Assert.Equal(run.Ledger("ship").ToString(), run.Ledger("orders").ToString());
        Assert.StartsWith(
            "No mapping 'refunds' in this host; it has ship, one, other.",
            Assert.Throws<ArgumentException>(() => run.Ledger("refunds")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Unknown_names_tell_what_there_is()
    {
        var host = new LambdaTestHost().Map(new SqsQueue("orders") { DeadLetter = new(new("orders-dlq"), 5) }, new("ship", () => { }));
        var run = await host.RunUntilIdleAsync();
        Action[] calls =
        [
            () => host.Queue("order"),
            () => run.Queue("order"),
            () => host.Function("shop"),
            () => host.Mapping("zzzzzzzz"),
            () => run.Ledger("ships"),
        ];

        Assert.Equal(
            [
                "No queue 'order' in this host; it has orders, orders-dlq. Did you mean \"orders\"?",
                "No queue 'order' in this host; it has orders, orders-dlq. Did you mean \"orders\"?",
                "No function 'shop' in this host; it has ship. Did you mean \"ship\"?",
                "No mapping 'zzzzzzzz' in this host; it has ship.",
                "No mapping 'ships' in this host; it has ship. Did you mean \"ship\"?",
            ],
            calls.Select(call => Assert.Throws<ArgumentException>(call).Message.Split(" (Parameter")[0])
        );
        Assert.StartsWith(
            "No queue 'q' in this host; it has none.",
            Assert.Throws<ArgumentException>(() => new LambdaTestHost().Queue("q")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Function_settings_are_checked()
    {
        var function = new LambdaFunction("f", () => { });
        Assert.Equal((Seconds(3), 128, null), (function.Timeout, function.MemorySize, function.ReservedConcurrency));
        Assert.Throws<ArgumentOutOfRangeException>(() => function.Timeout = Seconds(901));
        Assert.Throws<ArgumentOutOfRangeException>(() => function.Timeout = TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => function.Timeout = Seconds(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => function.ReservedConcurrency = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => function.Takes(perRecord: Seconds(-1)));
        Assert.Throws<ArgumentException>(() => new LambdaFunction("", () => { }));
    }

    [Fact]
    public async Task A_run_that_never_ends_is_given_up_with_the_reasons_it_may_have()
    {
        SqsQueue? queue = null;
        await using var scenario = new Scenario((SQSEvent _) => queue!.Send("again"), options: new() { InvocationLimit = 100 });
        queue = scenario.Queue;

        var exception = await Assert.ThrowsAsync<InvocationLimitException>(() => scenario.RunAsync("m"));

        Assert.Equal(
            """
            The run made more than 100 invocations and was given up after 00:00:02 of virtual time. Possible causes:
              - a handler sends to the queue that feeds it, again and again;
              - a message always fails, its queue has no dead-letter queue, a long retention period and a short visibility timeout: give the queue a DeadLetter;
              - the scenario is that large: set LambdaTestHostOptions.InvocationLimit, or run a part of it with RunForAsync(TimeSpan).
            """,
            exception.Message
        );
    }

    [Fact]
    public async Task Options_out_of_range_are_refused()
    {
        Assert.StartsWith(
            "LambdaTestHostOptions.ThrottleRetryDelay is at least 00:00:00.0010000.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { ThrottleRetryDelay = TimeSpan.Zero })).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { InvocationLimit = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { DefaultInvocationDuration = Seconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { Start = DateTimeOffset.MinValue }));
        Assert.Throws<ArgumentException>(() => new LambdaTestHost(new() { Region = "" }));
        Assert.Throws<ArgumentNullException>(() => new LambdaTestHost(null!));
        await using var host = new LambdaTestHost();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.RunForAsync(Seconds(-1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.RunForAsync(TimeSpan.MaxValue));
    }

    [Fact]
    public async Task A_disposed_host_does_not_run()
    {
        var host = new LambdaTestHost();
        await host.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(host.RunUntilIdleAsync);
    }
}
