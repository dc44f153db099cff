using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Hosting;

public class TemplateTests
{
    private const string Orders = "Templates/orders.yaml";

    private static LambdaTestHost WithOrders(Delegate handler) => LambdaTestHost.FromTemplate(Orders).Handle("OrdersFunction", handler);

    [Fact]
    public async Task The_settings_that_will_be_deployed_are_run()
    {
        List<string> seen = [];
        await using var host = WithOrders(
            (SQSEvent input) =>
            {
                seen.AddRange(Bodies(input));
                return Report(input, body => body.Contains("poison", StringComparison.Ordinal));
            }
        );
        host.Queue("OrdersQueue").SendMany(new { kind = "order", id = "good" }, new { kind = "order", id = "poison" }, new { kind = "other" });

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(4, seen.Count);
        Assert.Equal("""{"kind":"order","id":"poison"}""", Assert.Single(run.Queue("OrdersDlq").Messages).Body);
        Assert.Equal("sent 3 = acknowledged 1 + dead-lettered 1 + filtered 1", run.Ledger("Orders").ToString());
        Assert.Equal([0, 90, 180], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
        Assert.Contains("arn:aws:sqs:us-east-1:123456789012:orders\"", run.Invocations[0].RequestJson, StringComparison.Ordinal);
        Assert.Contains("00:00:00.000  OrdersFunction #1     ▶ batch of 2 [1 2]  visibility until 00:01:30\n", run.Timeline, StringComparison.Ordinal);
        Assert.EndsWith(
            "replay: LambdaTestHost.FromTemplate(\"Templates/orders.yaml\", new() { Seed = 1 })",
            Assert.Throws<EsmExpectationException>(run.EnsureAllAcknowledged).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Settings_are_read_from_the_template()
    {
        var host = LambdaTestHost.FromTemplate(Orders, new() { Seed = 9 });
        var (queue, function, mapping) = (host.Queue("OrdersQueue"), host.Function("OrdersFunction"), host.Mapping("Orders"));

        Assert.Equal(9, host.Options.Seed);
        Assert.Equal(
            ("orders", Seconds(90), 3, host.Queue("OrdersDlq")),
            (queue.Name, queue.VisibilityTimeout, queue.DeadLetter!.MaxReceiveCount, queue.DeadLetter.Queue)
        );
        Assert.Equal(TimeSpan.FromDays(14), host.Queue("OrdersDlq").MessageRetentionPeriod);
        Assert.Same(queue, host.Queue("orders"));
        Assert.Equal((Seconds(15), 512, 20), (function.Timeout, function.MemorySize, function.ReservedConcurrency));
        Assert.Equal(
            (5, TimeSpan.Zero, true, 3, true),
            (mapping.BatchSize, mapping.BatchingWindow, mapping.ReportBatchItemFailures, mapping.MaximumConcurrency, mapping.Enabled)
        );
        Assert.Equal(["""{"body":{"kind":["order"]}}"""], mapping.Filters);
        Assert.Equal(
            (20, Seconds(5), false),
            (host.Mapping("Refunds").BatchSize, host.Mapping("Refunds").BatchingWindow, host.Mapping("Refunds").ReportBatchItemFailures)
        );
    }

    [Fact]
    public async Task Settings_can_be_overridden()
    {
        await using var host = WithOrders((SQSEvent input) => Report(input, _ => true));
        host.Queue("OrdersQueue").VisibilityTimeout = Seconds(20);
        host.Function("OrdersFunction").Timeout = Seconds(20);
        host.Mapping("Orders").ReportBatchItemFailures = false;
        host.Mapping("Orders").Filters = [];
        host.Queue("OrdersQueue").Send("anything");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(RecordFate.AcknowledgedAlthoughReported, run.Ledger("Orders").Records[0].Fate);
        Assert.Equal(Seconds(20), run.Invocations[0].VisibleAgainAt);
    }

    [Fact]
    public async Task What_the_template_leaves_open_must_be_said()
    {
        await using var host = LambdaTestHost.FromTemplate(Orders).Handle("RefundsFunction", (SQSEvent _) => { });
        host.Queue("RefundsQueue").Send("m");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(host.RunUntilIdleAsync);
        Assert.Matches(
            "^Templates/orders.yaml does not tell these settings. Set them before the run:\n  host.Function\\(\"RefundsFunction\"\\).Timeout: .*RefundTimeout.*\\(orders.yaml\\(\\d+,\\d+\\)\\)$",
            exception.Message
        );
        host.Function("RefundsFunction").Timeout = Seconds(30);
        var run = await host.RunUntilIdleAsync();

        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Refunds").ToString());
    }

    [Fact]
    public async Task Unknown_names_tell_what_the_template_has()
    {
        await using var host = WithOrders(() => { });

        Assert.StartsWith(
            "No queue 'Orders' in Templates/orders.yaml; it has OrdersQueue, OrdersDlq, RefundsQueue, AuditQueue. Did you mean \"OrdersQueue\"?",
            Assert.Throws<ArgumentException>(() => host.Queue("Orders")).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "No function 'Orders' in Templates/orders.yaml; it has OrdersFunction, RefundsFunction, AuditFunction. Did you mean \"OrdersFunction\"?",
            Assert.Throws<ArgumentException>(() => host.Handle("Orders", () => { })).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "No mapping 'Order' in Templates/orders.yaml; it has Orders, Refunds, Audit. Did you mean \"Orders\"?",
            Assert.Throws<ArgumentException>(() => host.Mapping("Order")).Message,
            StringComparison.Ordinal
        );
        var run = await host.RunUntilIdleAsync();
        Assert.StartsWith(
            "No queue 'OrdersDLQ' in Templates/orders.yaml; it has OrdersQueue, OrdersDlq, RefundsQueue, AuditQueue. Did you mean \"OrdersDlq\"?",
            Assert.Throws<ArgumentException>(() => run.Queue("OrdersDLQ")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Messages_do_not_wait_for_a_function_without_a_handler()
    {
        await using var host = WithOrders(() => { });
        host.Queue("RefundsQueue").Send("m");

        Assert.Equal(
            "The function 'RefundsFunction', which the queue 'RefundsQueue' feeds, has no handler. Call host.Handle(\"RefundsFunction\", () => new Function().HandleAsync) before the run.",
            (await Assert.ThrowsAsync<InvalidOperationException>(host.RunUntilIdleAsync)).Message
        );
        await using var none = LambdaTestHost.FromTemplate(Orders);
        Assert.StartsWith(
            "The function 'OrdersFunction', which",
            (await Assert.ThrowsAsync<InvalidOperationException>(none.RunUntilIdleAsync)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_cannot_be_simulated_yet_is_said_when_its_function_is_to_run()
    {
        await using var host = LambdaTestHost.FromTemplate("Templates/fifo.yaml").Handle("ElsewhereFunction", () => { });

        Assert.StartsWith(
            "The mapping 'Elsewhere' of Templates/fifo.yaml feeds 'ElsewhereFunction', but cannot be simulated yet: its source is not in the template (",
            (await Assert.ThrowsAsync<NotSupportedException>(host.RunUntilIdleAsync)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_FIFO_queue_runs_with_the_settings_of_the_template()
    {
        await using var host = LambdaTestHost.FromTemplate("Templates/fifo.yaml").Handle("AuditFunction", (SQSEvent _) => { });
        var queue = host.Queue("AuditQueue");
        Assert.Equal(("audit.fifo", "PlainQueue.fifo"), (queue.Name, host.Queue("PlainQueue").Name));
        Assert.Equal((3, 9, null), (host.Mapping("Audit").MinimumPollers, host.Mapping("Audit").MaximumPollers, host.Mapping("Audit").MaximumConcurrency));

        Assert.Equal((true, DeduplicationScope.MessageGroup), (queue.ContentBasedDeduplication, queue.DeduplicationScope));
        queue.Send("1", messageGroupId: "A", deduplicationId: "1");
        queue.Send("2", messageGroupId: "B", deduplicationId: "1");
        queue.Send("3", messageGroupId: "A");
        Assert.Throws<SqsException>(() => host.Queue("PlainQueue").Send("m", messageGroupId: "A"));

        Assert.Equal("sent 3 = acknowledged 3", (await host.RunUntilIdleAsync()).Ledger("Audit").ToString());
    }

    [Fact]
    public void What_a_template_leaves_open_of_a_FIFO_queue_is_asked_for_when_a_send_hangs_on_it()
    {
        var queue = LambdaTestHost.FromTemplate("Templates/fifo.yaml").Queue("OpenQueue");

        Assert.Matches(
            "^The template does not tell ContentBasedDeduplication of 'OpenQueue': .*ByContent.*\\(fifo.yaml\\(\\d+,\\d+\\)\\). "
                + "Set host.Queue\\(\"OpenQueue\"\\).ContentBasedDeduplication before the send, or send with a deduplicationId.$",
            Assert.Throws<InvalidOperationException>(() => queue.Send("m", messageGroupId: "A")).Message
        );
        queue.Send("1", messageGroupId: "A", deduplicationId: "1");
        Assert.Contains(
            "DeduplicationScope",
            Assert.Throws<InvalidOperationException>(() => queue.Send("2", messageGroupId: "B", deduplicationId: "1")).Message,
            StringComparison.Ordinal
        );
        queue.ContentBasedDeduplication = true;
        queue.DeduplicationScope = DeduplicationScope.MessageGroup;
        queue.Send("2", messageGroupId: "B", deduplicationId: "1");
        queue.Send("3", messageGroupId: "A");
    }

    [Fact]
    public void A_missing_template_tells_the_places_that_were_tried()
    {
        var exception = Assert.Throws<FileNotFoundException>(() => LambdaTestHost.FromTemplate("no-such-template.yaml"));

        Assert.StartsWith("No template 'no-such-template.yaml'. These places were tried:\n  ", exception.Message, StringComparison.Ordinal);
        var places = exception.Message.Split('\n')[1..];
        Assert.Contains(places, place => place.EndsWith(Path.Combine("tests", "Runtime.Tests", "Hosting", "no-such-template.yaml"), StringComparison.Ordinal));
        Assert.Contains(places, place => place.EndsWith(Path.Combine("tests", "no-such-template.yaml"), StringComparison.Ordinal));
        Assert.Contains("  " + Path.Combine(AppContext.BaseDirectory, "no-such-template.yaml"), places);
        Assert.Equal(places.Length, places.Distinct().Count());
    }

    [Fact]
    public void A_file_that_is_no_template_is_refused()
    {
        var exception = Assert.Throws<InvalidDataException>(() => LambdaTestHost.FromTemplate("TemplateTests.cs"));

        Assert.Contains(
            "TemplateTests.cs describes no deployment that is known (SAM, CloudFormation, Serverless Framework, Terraform).",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_code_built_function_needs_its_handler_replaced_not_missing()
    {
        await using var host = LambdaTestHost.FromTemplate(Orders);
        host.Map(new SqsQueue("extra"), new("extra", (SQSEvent _) => { }));
        host.Handle("OrdersFunction", () => { });
        host.Queue("extra").Send("m");

        Assert.Equal("sent 1 = acknowledged 1", (await host.RunUntilIdleAsync()).Ledger("extra").ToString());
    }
}
