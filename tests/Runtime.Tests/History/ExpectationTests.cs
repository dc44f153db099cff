using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.History;

/// <summary>A failure explains itself.</summary>
public class ExpectationTests
{
    [Fact]
    public async Task A_lost_record_is_told_with_its_reason_timeline_ledger_and_replay()
    {
        var queue = new SqsQueue("OrdersQueue") { VisibilityTimeout = Seconds(180) };
        var function = new LambdaFunction("OrdersFunction", (SQSEvent input) => Report(input, body => body.Contains("B", StringComparison.Ordinal)));
        function.Takes(perInvocation: Seconds(0.12));
        await using var host = new LambdaTestHost(new() { Seed = 42 }).Map(queue, function, m => m.Name = "Orders");
        queue.SendMany(new { id = "A" }, new { id = "B" }, new { id = "C" });
        var run = await host.RunUntilIdleAsync();

        var exception = Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);

        var id = run.Queue("OrdersQueue").Ledger.Records[1].Record.Id;
        Assert.Equal(
            $$$"""
            1 of 3 records was lost.
              message 2 ({{{id[..4]}}}…, {"id":"B"}) was received once, reported as failed, and deleted:
                its mapping 'Orders' does not set ReportBatchItemFailures, so the response was ignored (R-20a).

              00:00:00.000  queue OrdersQueue     3 messages sent
              00:00:00.000  OrdersFunction #1     ▶ batch of 3 [1 2 3]  visibility until 00:03:00
              00:00:00.120  OrdersFunction #1     ■ returned {"batchItemFailures":[{"itemIdentifier":"{{{id}}}"}]}
              00:00:00.120  queue OrdersQueue     ✖ deleted 1, 2, 3

              ledger: sent 3 = acknowledged 2 + acknowledged although reported as failed 1
              replay: new LambdaTestHost(new() { Seed = 42 })
            """,
            exception.Message
        );
        Assert.Same(run, exception.Run);
    }

    [Fact]
    public async Task Ledgers_of_sources_that_nothing_was_sent_to_are_left_out()
    {
        var (orders, refunds) = (new SqsQueue("orders"), new SqsQueue("refunds"));
        await using var host = new LambdaTestHost()
            .Map(orders, new("ship", void (SQSEvent _) => throw new FormatException("no JSON")), m => m.Name = "Orders")
            .Map(refunds, new("refund", (SQSEvent _) => { }), m => m.Name = "Refunds");
        orders.DeadLetter = new(new SqsQueue("orders-dlq"), 1);
        orders.Send("m");
        var run = await host.RunUntilIdleAsync();

        var message = Assert.Throws<EsmExpectationException>(run.EnsureAllAcknowledged).Message;

        Assert.Contains("\n  ledger of orders: sent 1 = dead-lettered 1\n  replay:", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_as_expected_says_nothing()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });

        var run = await scenario.RunAsync("1", "2");

        Assert.Same(run, run.EnsureNothingLost().EnsureAllAcknowledged().EnsureDeliveredOnce());
    }

    [Fact]
    public async Task What_is_not_acknowledged_is_told_with_the_last_reason()
    {
        await using var scenario = new Scenario(void (SQSEvent _) => throw new FormatException("no JSON")).WithMaxReceiveCount(2);
        var run = await scenario.RunAsync("m");

        var message = Assert.Throws<EsmExpectationException>(run.EnsureAllAcknowledged).Message;

        Assert.StartsWith(
            $"""
            1 of 1 record was not acknowledged.
              message 1 ({run.Ledger("orders").Records[0].Record.Id[..4]}…, m) was received twice and moved to orders-dlq (S-23):
                its last invocation, orders #2: whole batch failed: function error FormatException: no JSON (R-20b).

            """,
            message,
            StringComparison.Ordinal
        );
        Assert.EndsWith("\n  ledger: sent 1 = dead-lettered 1\n  replay: new LambdaTestHost(new() { Seed = 1 })", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redeliveries_expiry_filters_and_spelling_are_told()
    {
        await using var twice = new Scenario(
            (SQSEvent input) =>
            {
                if (Count(input.Records[0]) == 1)
                    throw new InvalidOperationException();
            }
        );
        Assert.Contains(
            "was received twice and acknowledged:\n    the handler may have done its work each time (B-7).",
            Assert.Throws<EsmExpectationException>((await twice.RunAsync("m")).EnsureDeliveredOnce).Message,
            StringComparison.Ordinal
        );

        await using var expiring = new Scenario(void (SQSEvent _) => throw new InvalidOperationException("always"));
        expiring.Queue.MessageRetentionPeriod = Seconds(60);
        Assert.Contains(
            "was received twice and expired after 60 s in the queue (S-21):\n    its last invocation, orders #2: whole batch failed: function error InvalidOperationException: always (R-20b).",
            Assert.Throws<EsmExpectationException>((await expiring.RunAsync("m")).EnsureNothingLost).Message,
            StringComparison.Ordinal
        );

        await using var filtered = new Scenario((SQSEvent _) => { }, m => m.Filters = ["""{"body":{"a":[1]}}"""]);
        Assert.Contains(
            "was received once and deleted, because it matches no filter (F-2).",
            Assert.Throws<EsmExpectationException>((await filtered.RunAsync("m")).EnsureAllAcknowledged).Message,
            StringComparison.Ordinal
        );

        await using var misspelt = new Scenario(
            (SQSEvent input) => new { BatchItemFailures = input.Records.Select(record => new { ItemIdentifier = record.MessageId }) },
            m => m.ReportBatchItemFailures = true
        );
        Assert.Contains(
            "was received once, reported as failed, and deleted:\n    success, 1 reported failure ignored: the response has no 'batchItemFailures' as Lambda spells it, so it was read like an empty one (R-15).",
            Assert.Throws<EsmExpectationException>((await misspelt.RunAsync("m")).EnsureNothingLost).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Only_some_of_many_records_are_told_and_without_history_there_is_no_timeline()
    {
        await using var scenario = new Scenario((SQSEvent input) => Report(input, _ => true), options: new() { History = HistoryDetail.LedgerOnly });

        var run = await scenario.RunAsync([.. Enumerable.Range(1, 8).Select(number => $"{number}")]);
        var message = Assert.Throws<EsmExpectationException>(run.EnsureNothingLost).Message;

        Assert.StartsWith("8 of 8 records were lost.\n  message 1 (", message, StringComparison.Ordinal);
        Assert.Contains(
            "\n  … and 3 more.\n\n  (no timeline: LambdaTestHostOptions.History is LedgerOnly)\n\n  ledger: sent 8 = ",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("the report was ignored (R-15, R-20a).", message, StringComparison.Ordinal);
        Assert.Empty(run.Events);
        Assert.Empty(run.Invocations);
        Assert.Equal(1, run.InvocationCount);
    }

    [Fact]
    public async Task A_run_shows_the_state_at_its_end_and_the_next_one_goes_on_from_there()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        var first = await scenario.RunAsync("1");
        scenario.Queue.Send("2");
        var second = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal(("sent 1 = acknowledged 1", "sent 2 = acknowledged 2"), (first.Ledger("orders").ToString(), second.Ledger("orders").ToString()));
        Assert.Equal((1, 2), (first.Invocations.Count, second.Invocations.Count));
        Assert.Equal(first.Events, second.Events.Take(first.Events.Count));
        Assert.Equal([2], second.Ledger("orders").Deliveries(2).Select(invocation => invocation.Number));
    }
}
