using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>What AWS was recorded to do: section 9.3, the rows about standard queues.</summary>
public class ConformanceVectorTests
{
    [Fact]
    public async Task V1_a_failed_message_comes_again_after_its_visibility_timeout_with_receive_count_2()
    {
        List<int> counts = [];
        await using var scenario = new Scenario(
            (SQSEvent input) =>
            {
                counts.Add(Count(input.Records[0]));
                if (counts.Count == 1)
                    throw new InvalidOperationException("once");
            }
        );

        var run = await scenario.RunAsync("m");

        Assert.Equal([1, 2], counts);
        Assert.Equal([TimeSpan.Zero, Seconds(30)], run.Invocations.Select(invocation => invocation.Start));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    [Rule("S-24")]
    public async Task V2_after_maxReceiveCount_deliveries_the_message_is_in_the_dead_letter_queue_with_its_id_and_body()
    {
        await using var scenario = new Scenario(void (SQSEvent _) => throw new InvalidOperationException("always")).WithMaxReceiveCount(2);
        var sent = scenario.Host.Queue("orders").Send("m");

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal(2, run.Invocations.Count);
        var dead = Assert.Single(run.Queue("orders-dlq").Messages);
        Assert.Equal((sent.MessageId, "m", 0), (dead.MessageId, dead.Body, dead.ApproximateReceiveCount));
        Assert.Same(sent, dead.DeadLetterSource);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.Single(run.Events.OfType<MessageDeadLettered>()).At);
    }

    [Fact]
    public async Task V4_a_message_that_makes_the_handler_throw_takes_its_neighbour_along()
    {
        await using var scenario = new Scenario(
            (SQSEvent input) => Report(input, body => body == "malformed" ? throw new FormatException() : false),
            m => m.ReportBatchItemFailures = true
        ).WithMaxReceiveCount(2);

        var run = await scenario.RunAsync("good", "malformed");

        Assert.Equal(["good", "malformed"], run.Queue("orders-dlq").Messages.Select(message => message.Body));
        Assert.Equal(2, run.Invocations.Count);
        Assert.All(run.Invocations, invocation => Assert.Equal("R-18", invocation.Outcome!.Rule));
    }

    [Fact]
    public async Task V5_a_report_without_item_identifier_fails_the_batch_until_the_dead_letter_queue()
    {
        await using var scenario = new Scenario(
            () => new MemoryStream("""{"batchItemFailures":[{"foo":"notvalid"}]}"""u8.ToArray()),
            m => m.ReportBatchItemFailures = true
        ).WithMaxReceiveCount(2);

        var run = await scenario.RunAsync("m");

        Assert.Equal(["R-9", "R-9"], run.Invocations.Select(invocation => invocation.Outcome!.Rule));
        Assert.Single(run.Queue("orders-dlq").Messages);
    }

    [Fact]
    [Rule("S-2")]
    public async Task V6_an_empty_object_is_success()
    {
        await using var scenario = new Scenario(() => new { }, m => m.ReportBatchItemFailures = true).WithMaxReceiveCount(1);

        var run = await scenario.RunAsync("m");

        Assert.Equal("{}", Assert.Single(run.Invocations).ResponseJson);
        Assert.Empty(run.Queue("orders-dlq").Messages);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    [Rule("B-13")]
    public async Task V8_30_messages_with_batch_size_20_and_maximum_concurrency_2_are_two_invocations()
    {
        await using var scenario = new Scenario(
            (SQSEvent _) => { },
            m =>
            {
                m.BatchSize = 20;
                m.BatchingWindow = Seconds(1);
                m.MaximumConcurrency = 2;
            }
        );

        var run = await scenario.RunAsync([.. Enumerable.Range(1, 30).Select(number => $"{number}")]);

        Assert.Equal([20, 10], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        Assert.Equal([TimeSpan.Zero, Seconds(1)], run.Invocations.Select(invocation => invocation.Start));
    }

    [Fact]
    [Rule("F-2", "S-61")]
    public async Task V9_only_the_message_that_matches_the_filter_reaches_the_function_and_the_other_is_deleted()
    {
        List<string> seen = [];
        await using var scenario = new Scenario((SQSEvent input) => seen.AddRange(Bodies(input)), m => m.Filters = ["""{"body":{"my-key":["my-value"]}}"""]);

        var run = await scenario.RunAsync("""{"my-key":"my-value"}""", "plain text");

        Assert.Equal(["""{"my-key":"my-value"}"""], seen);
        Assert.Single(run.Invocations);
        Assert.Empty(scenario.Queue.Receive(10));
        Assert.Equal("sent 2 = acknowledged 1 + filtered 1", run.Ledger("orders").ToString());
        Assert.Equal(2, Assert.Single(run.Events.OfType<MessageFiltered>()).Record.Number);
    }
}
