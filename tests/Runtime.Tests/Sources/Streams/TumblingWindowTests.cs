using System.Text;
using System.Text.Json;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>Tumbling windows: section 2.4.</summary>
public class TumblingWindowTests
{
    /// <summary>Counts the window's records.</summary>
    private static KinesisTimeWindowResponse Count(KinesisTimeWindowEvent input)
    {
        var count = int.Parse(input.State.GetValueOrDefault("count", "0"), System.Globalization.CultureInfo.InvariantCulture) + input.Records.Count;
        return new() { State = new() { ["count"] = $"{count}" } };
    }

    private static async Task PutAtAsync(StreamScenario<KinesisStream> scenario, params double[] times)
    {
        var now = 0.0;
        foreach (var time in times)
        {
            await scenario.Host.RunForAsync(TimeSpan.FromMilliseconds(Math.Round((time - now) * 1000)));
            scenario.Source.Put("k", $"at {time}");
            now = time;
        }
    }

    private static string Summary(InvocationRecord invocation)
    {
        var root = JsonDocument.Parse(invocation.RequestJson).RootElement;
        var window = root.GetProperty("window");
        return $"{window.GetProperty("start").GetString()![14..19]}-{window.GetProperty("end").GetString()![14..19]} {root.GetProperty("state").GetRawText()}"
            + $" [{invocation.Batchmates()}]{(root.GetProperty("isFinalInvokeForWindow").GetBoolean() ? " final" : "")}{(root.GetProperty("isWindowTerminatedEarly").GetBoolean() ? " early" : "")}";
    }

    private static string[] Summaries(EsmRun run) => [.. run.Invocations.Select(Summary)];

    [Fact]
    public async Task W12_the_event_of_a_window_byte_for_byte()
    {
        await using var scenario = Clicks(Count, m => m.TumblingWindow = Seconds(120), new() { Start = new(2020, 12, 9, 7, 4, 0, TimeSpan.Zero) });

        var run = await scenario.RunAsync("x");

        const string End =
            ",\"shardId\":\"shardId-000000000000\",\"eventSourceARN\":\"arn:aws:kinesis:us-east-1:123456789012:stream/clicks\",\"isFinalInvokeForWindow\":";
        var (first, final) = (run.Invocations[0].RequestJson, run.Invocations[1].RequestJson);
        Assert.EndsWith(
            """}],"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},"state":{}""" + End + "false,\"isWindowTerminatedEarly\":false}",
            first,
            StringComparison.Ordinal
        );
        Assert.Equal(
            """{"Records":[],"window":{"start":"2020-12-09T07:04:00Z","end":"2020-12-09T07:06:00Z"},"state":{"count":"1"}"""
                + End
                + "true,\"isWindowTerminatedEarly\":false}",
            final
        );
    }

    [Fact]
    public async Task W1_W2_W5_records_are_tied_to_the_window_of_their_arrival_and_state_is_handed_on_within_it()
    {
        await using var scenario = Clicks(Count, m => (m.TumblingWindow, m.BatchSize) = (Seconds(60), 2));
        await PutAtAsync(scenario, 30, 40, 50, 59.9, 60, 61);

        var run = await scenario.RunAsync();

        // The record at 59.9 s is read at 60 s, when the window is over.
        Assert.Equal(
            [
                "00:00-01:00 {} [1]",
                """00:00-01:00 {"count":"1"} [2]""",
                """00:00-01:00 {"count":"2"} [3]""",
                """00:00-01:00 {"count":"3"} [4]""",
                """00:00-01:00 {"count":"4"} [] final""",
                "01:00-02:00 {} [5]",
                """01:00-02:00 {"count":"1"} [6]""",
                """01:00-02:00 {"count":"2"} [] final""",
            ],
            Summaries(run)
        );
        Assert.Equal("sent 6 = acknowledged 6", run.Ledger("ship").ToString());
        Assert.Equal(2, run.Events.OfType<WindowClosed>().Count());
    }

    [Theory]
    [InlineData(120, 180)]
    [InlineData(0, 60)]
    public async Task W9_without_further_records_a_window_is_closed_a_while_after_its_end(int wait, int final)
    {
        await using var scenario = Clicks(Count, m => m.TumblingWindow = Seconds(60), new() { TumblingWindowIdleWait = Seconds(wait) });

        Assert.Equal([0, final], (await scenario.RunAsync("x")).Starts());
    }

    [Fact]
    public async Task W2_state_is_kept_for_each_shard()
    {
        await using var scenario = Clicks(Count, m => (m.TumblingWindow, m.BatchSize) = (Seconds(60), 1), shards: 2);
        _ = scenario.Host;
        scenario.Source.PutMany(("a", "1"), ("b", "2"), ("a", "3"));

        var run = await scenario.RunAsync();

        Assert.Equal(
            ["shardId-000000000000 2", "shardId-000000000001 1"],
            run.Invocations.Where(invocation => invocation.Deliveries.Count == 0)
                .OrderBy(invocation => invocation.ShardId, StringComparer.Ordinal)
                .Select(invocation =>
                    $"{invocation.ShardId} {JsonDocument.Parse(invocation.RequestJson).RootElement.GetProperty("state").GetProperty("count")}"
                )
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"State":{}}""")]
    [InlineData("""{"state":null}""")]
    public async Task W3_a_response_without_state_fails_the_batch(string response)
    {
        await using var scenario = Clicks(
            () => new MemoryStream(Encoding.UTF8.GetBytes(response)),
            m => (m.TumblingWindow, m.MaximumRetryAttempts) = (Seconds(60), 1)
        );

        var run = await scenario.Host.RunForAsync(TimeSpan.Zero);
        scenario.Source.Put("k", "x");
        run = await scenario.Host.RunForAsync(Seconds(30));

        Assert.Equal(["W-3", "W-3"], run.Invocations.Select(invocation => invocation.Outcome!.Rule));
        Assert.Equal("sent 1 = discarded 1", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task W3_an_empty_state_counts_and_whether_null_does_is_an_option()
    {
        await using var empty = Clicks(() => new { state = new { } }, m => m.TumblingWindow = Seconds(60));
        Assert.Equal("sent 1 = acknowledged 1", (await empty.RunAsync("x")).Ledger("ship").ToString());

        await using var none = Clicks(
            () => new MemoryStream("""{"state":null}"""u8.ToArray()),
            m => m.TumblingWindow = Seconds(60),
            new() { NullWindowStateIsState = true }
        );
        Assert.Equal(["00:00-01:00 {} [1]", "00:00-01:00 {} [] final"], Summaries(await none.RunAsync("x")));
    }

    [Fact]
    public async Task W7_a_retry_gets_the_state_from_before_its_batch()
    {
        var invoked = 0;
        await using var scenario = Clicks(
            (KinesisTimeWindowEvent input) => ++invoked == 2 ? throw new InvalidOperationException() : Count(input),
            m => (m.TumblingWindow, m.BatchSize) = (Seconds(60), 2)
        );

        Assert.Equal(
            ["00:00-01:00 {} [1 2]", """00:00-01:00 {"count":"2"} [3]""", """00:00-01:00 {"count":"2"} [3]""", """00:00-01:00 {"count":"3"} [] final"""],
            Summaries(await scenario.RunAsync(Numbers(3)))
        );
    }

    [Fact]
    public async Task W3_W7_after_a_partial_failure_the_rest_gets_the_state_that_the_response_gave()
    {
        var invoked = 0;
        await using var scenario = Clicks(
            (KinesisTimeWindowEvent input) =>
            {
                var response = Count(input);
                if (++invoked > 1)
                    return response;
                response.State["count"] = "1";
                response.BatchItemFailures = [new() { ItemIdentifier = input.Records[1].Kinesis.SequenceNumber }];
                return response;
            },
            m => (m.TumblingWindow, m.ReportBatchItemFailures) = (Seconds(60), true)
        );

        Assert.Equal(
            ["00:00-01:00 {} [1 2 3]", """00:00-01:00 {"count":"1"} [2 3]""", """00:00-01:00 {"count":"3"} [] final"""],
            Summaries(await scenario.RunAsync(Numbers(3)))
        );
    }

    [Fact]
    public async Task W7_R27_the_parts_of_a_split_batch_hand_the_state_on()
    {
        await using var scenario = Clicks(
            (KinesisTimeWindowEvent input) => input.Records.Count > 2 ? throw new InvalidOperationException() : Count(input),
            m => (m.TumblingWindow, m.BisectBatchOnFunctionError) = (Seconds(60), true)
        );

        Assert.Equal(
            ["00:00-01:00 {} [1 2 3 4]", "00:00-01:00 {} [1 2]", """00:00-01:00 {"count":"2"} [3 4]""", """00:00-01:00 {"count":"4"} [] final"""],
            Summaries(await scenario.RunAsync(Numbers(4)))
        );
    }

    [Theory]
    [InlineData(1024 * 1024, false)]
    [InlineData((1024 * 1024) + 1, true)]
    public async Task W4_a_state_above_1_MB_ends_the_window_early_and_the_next_batch_begins_anew(int bytes, bool isEarly)
    {
        // {"state":"…"}: the quotes count.
        var state = $"\"{new string('x', bytes - 2)}\"";
        var invoked = 0;
        await using var scenario = Clicks(
            () => new MemoryStream(Encoding.UTF8.GetBytes(++invoked == 1 ? $$"""{"state":{{state}}}""" : """{"state":{}}""")),
            m => (m.TumblingWindow, m.BatchSize) = (Seconds(60), 1)
        );

        var run = await scenario.RunAsync("1", "2");

        var shapes = Summaries(run).Select(summary => summary.Replace(state, "large", StringComparison.Ordinal));
        Assert.Equal(
            isEarly
                ? ["00:00-01:00 {} [1]", "00:00-01:00 large [] final early", "00:00-01:00 {} [2]", "00:00-01:00 {} [] final"]
                : ["00:00-01:00 {} [1]", "00:00-01:00 large [2]", "00:00-01:00 {} [] final"],
            shapes
        );
        Assert.Equal(isEarly ? [true, false] : [false], run.Events.OfType<WindowClosed>().Select(closed => closed.IsTerminatedEarly));
    }

    [Fact]
    public async Task W6_a_failing_final_invocation_holds_the_shard_up_until_it_works_whatever_the_retries()
    {
        var finals = 0;
        await using var scenario = Clicks(
            (KinesisTimeWindowEvent input) => input.IsFinalInvokeForWindow == true && ++finals < 4 ? throw new InvalidOperationException() : Count(input),
            m => (m.TumblingWindow, m.MaximumRetryAttempts) = (Seconds(10), 0)
        );
        await PutAtAsync(scenario, 1, 12);

        var run = await scenario.RunAsync();

        // 12 s: final, then again 1, 2 and 4 s after each failure.
        Assert.Equal([1, 12, 13.1, 15.2, 19.3, 19.4], run.Starts().Take(6).Select(start => Math.Round(start, 3)));
        Assert.Equal("00:10-00:20 {} [2]", Summary(run.Invocations[5]));
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task W6_a_window_whose_final_invocation_never_works_is_given_up_after_the_retention()
    {
        await using var scenario = Clicks(
            (KinesisTimeWindowEvent input) => input.IsFinalInvokeForWindow == true ? throw new InvalidOperationException() : Count(input),
            m => m.TumblingWindow = Seconds(60)
        );

        var run = await scenario.RunAsync("1");

        Assert.True(Assert.Single(run.Events.OfType<WindowClosed>()).IsAbandoned);
        Assert.InRange(run.End, TimeSpan.FromHours(24), TimeSpan.FromHours(24) + Seconds(121));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task W8_the_end_of_a_shard_closes_its_window_and_children_begin_with_a_fresh_state()
    {
        await using var scenario = Clicks(Count, m => m.TumblingWindow = Seconds(60));
        _ = scenario.Host;
        scenario.Source.Put("a", "1");
        await scenario.Host.RunForAsync(Seconds(5));
        scenario.Source.SplitShard("shardId-000000000000");
        scenario.Source.Put("a", "2");

        var run = await scenario.RunAsync();

        Assert.Equal(
            ["00:00-01:00 {} [1]", """00:00-01:00 {"count":"1"} [] final""", "00:00-01:00 {} [2]", """00:00-01:00 {"count":"1"} [] final"""],
            Summaries(run)
        );
        Assert.Equal([0, 5, 6, 180], run.Starts());
    }

    [Fact]
    public async Task W10_age_and_batching_window_hold_for_windows_too()
    {
        await using var scenario = Clicks(
            void (KinesisTimeWindowEvent input) =>
            {
                if (input.IsFinalInvokeForWindow != true)
                    throw new InvalidOperationException();
            },
            m => (m.TumblingWindow, m.MaximumRecordAge, m.BatchingWindow) = (Seconds(900), Seconds(60), Seconds(20))
        );
        _ = scenario.Host;
        scenario.Source.Put("k", "1");

        var run = await scenario.Host.RunForAsync(Seconds(300));

        Assert.Equal(20, run.Starts()[0]);
        Assert.Equal("RecordAgeExceeded", run.Events.OfType<BatchDiscarded>().Single().Condition);
    }

    [Fact]
    public async Task Batches_of_a_table_have_windows_as_well()
    {
        List<string> seen = [];
        await using var scenario = Orders(
            (DynamoDBTimeWindowEvent input) =>
            {
                seen.Add($"{input.Window.Start:HH:mm:ss} {input.Records.Count} {input.State.Count} {input.IsFinalInvokeForWindow}");
                return new DynamoDBTimeWindowResponse { State = new() { ["n"] = "1" } };
            },
            m => m.TumblingWindow = Seconds(30)
        );

        var run = await scenario.RunAsync("a", "b");

        Assert.Equal(["00:00:00 2 0 False", "00:00:00 0 1 True"], seen);
        Assert.Contains("\"eventSourceARN\":\"arn:aws:dynamodb:", run.Invocations[1].RequestJson, StringComparison.Ordinal);
    }
}
