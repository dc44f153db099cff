using Amazon.Lambda.KinesisEvents;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>What a timeline and a failure tell of streams.</summary>
public class StreamHistoryTests
{
    private static readonly Action Throws = () => throw new FormatException("no JSON");

    private static string Short(EsmRun run, int number)
    {
        var id = run.Ledger("ship").Records[number - 1].Record.Id;
        return $"{id[..4]}…{id[^4..]}";
    }

    private static string Story(EsmRun run) => Assert.Throws<EsmExpectationException>(run.EnsureAllAcknowledged).Message;

    [Fact]
    public async Task A_poison_record_is_told_with_its_timeline_and_what_to_do()
    {
        await using var scenario = Clicks(
            (KinesisEvent input) =>
            {
                if (Texts(input).Contains("poison"))
                    throw new FormatException("no JSON");
            },
            m => (m.BisectBatchOnFunctionError, m.MaximumRetryAttempts) = (true, 1)
        );

        var run = await scenario.RunAsync("good", "poison", "good");

        Assert.Equal(
            $$"""
            1 of 3 records was lost.
              record 2 ({{Short(run, 2)}}, poison) was delivered 4 times and discarded (R-32):
                its last invocation, ship #5: whole batch failed: function error FormatException: no JSON (R-20b). Its mapping 'ship' has no OnFailure destination: set one, or record it in the handler before it is given up.

              00:00:00.000  stream clicks                  3 records put
              00:00:00.000  ship #1                        ▶ batch of 3 [1 2 3]
              00:00:00.100  ship #1                        ✖ failed: FormatException: no JSON
              00:00:00.100  shard shardId-000000000000     ⑂ split into [1] and [2 3] (R-27)
              00:00:00.100  ship #2                        ▶ batch of 1 [1]  attempt 2
              00:00:00.200  ship #2                        ■ returned
              00:00:00.200  shard shardId-000000000000     ✔ checkpoint of 'ship' past 1
              00:00:00.200  ship #3                        ▶ batch of 2 [2 3]  attempt 2
              00:00:00.300  ship #3                        ✖ failed: FormatException: no JSON
              00:00:00.300  shard shardId-000000000000     ⑂ split into [2] and [3] (R-27)
              00:00:00.300  ship #4                        ▶ batch of 1 [2]  attempt 3
              00:00:00.400  ship #4                        ✖ failed: FormatException: no JSON
              00:00:01.400  ship #5                        ▶ batch of 1 [2]  attempt 4
              00:00:01.500  ship #5                        ✖ failed: FormatException: no JSON
              00:00:01.500  shard shardId-000000000000     ✖ discarded 2 without a destination: RetryAttemptsExhausted after 2 attempts (R-32)
              00:00:01.500  shard shardId-000000000000     ✔ checkpoint of 'ship' past 2
              00:00:01.500  ship #6                        ▶ batch of 1 [3]  attempt 3
              00:00:01.600  ship #6                        ■ returned
              00:00:01.600  shard shardId-000000000000     ✔ checkpoint of 'ship' past 3

              ledger: sent 3 = acknowledged 2 + discarded 1
              replay: new LambdaTestHost(new() { Seed = 1 })
            """,
            Assert.Throws<EsmExpectationException>(run.EnsureNothingLost).Message.Replace(".\r\n", ".\n", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_is_read_later_is_told_when_it_is_read()
    {
        await using var scenario = Clicks(Nothing, m => (m.BatchingWindow, m.Filters) = (Seconds(5), ["""{"data":{"odd":[true]}}"""]));
        _ = scenario.Host;
        scenario.Source.PutMany("k", new { odd = true }, new { odd = false });

        var run = await scenario.RunAsync();

        Assert.Equal(
            """
              00:00:00.000  stream clicks                  2 records put
              00:00:00.000  shard shardId-000000000000     read 1  for 'ship'
              00:00:00.000  shard shardId-000000000000     ✖ passed over 2: no filter of 'ship' matches (F-3, F-4)
              00:00:05.000  ship #1                        ▶ batch of 1 [1]
              00:00:05.100  ship #1                        ■ returned
              00:00:05.100  shard shardId-000000000000     ✔ checkpoint of 'ship' past 2

            """,
            run.Timeline
        );
    }

    [Fact]
    public async Task Windows_and_changes_of_a_table_are_told()
    {
        await using var scenario = new StreamScenario<DynamoDBTable>(
            new("orders"),
            () => () => new { state = new { } },
            m => m.TumblingWindow = Seconds(60),
            new() { TumblingWindowIdleWait = TimeSpan.Zero }
        );

        var run = await scenario.RunAsync("a");

        var shard = $"shard {scenario.Source.Shards[0].Id}";
        Assert.Equal(
            string.Join(
                '\n',
                $"  00:00:00.000  {"table orders".PadRight(shard.Length + 5)}1 record put",
                $"  00:00:00.000  {"ship #1".PadRight(shard.Length + 5)}▶ batch of 1 [1]  window 00:00:00 to 00:01:00",
                $"  00:00:00.100  {"ship #1".PadRight(shard.Length + 5)}■ returned {{\"state\":{{}}}}",
                $"  00:00:00.100  {shard}     ✔ checkpoint of 'ship' past 1",
                $"  00:01:00.000  {"ship #2".PadRight(shard.Length + 5)}▶ batch of 0 []  final of window 00:00:00 to 00:01:00",
                $"  00:01:00.100  {"ship #2".PadRight(shard.Length + 5)}■ returned {{\"state\":{{}}}}",
                $"  00:01:00.100  {shard}     window 00:00:00 to 00:01:00 of 'ship' closed (W-5)",
                ""
            ),
            run.Timeline
        );
    }

    [Fact]
    public async Task Expired_ignored_filtered_and_early_records_are_told_with_the_rule_and_what_to_do()
    {
        await using var expired = Clicks(Throws);
        Assert.Contains(
            "and expired after 24:00:00 in the stream (B-42):\n    its last invocation, ship #1443: whole batch failed: function error FormatException: no JSON (R-20b). "
                + "A record that always fails blocks its shard until then (R-30): set MaximumRetryAttempts, BisectBatchOnFunctionError and OnFailure of 'ship'.\n",
            Story(await expired.RunAsync("1")),
            StringComparison.Ordinal
        );

        await using var ignored = Clicks((KinesisEvent input) => Report(input, _ => true));
        Assert.Contains(
            "was delivered once, reported as failed, and passed over:\n    its mapping 'ship' does not set ReportBatchItemFailures, so the response was ignored (R-20a).\n",
            Story(await ignored.RunAsync("1")),
            StringComparison.Ordinal
        );

        await using var filtered = Clicks(Nothing, m => m.Filters = ["""{"partitionKey":["other"]}"""]);
        Assert.Contains("was never delivered, because it matches no filter (F-3, F-4).\n", Story(await filtered.RunAsync("1")), StringComparison.Ordinal);

        var stream = new KinesisStream("clicks");
        await using var host = new LambdaTestHost().Add(stream);
        stream.Put("k", "1");
        host.Map(stream, new("ship", Nothing), m => m.StartingPosition = StartingPosition.Latest);
        Assert.Contains(
            "was never delivered, because it is before the starting position LATEST (B-43):\n    StartingPosition.TrimHorizon reads what is there already.\n",
            Story(await host.RunUntilIdleAsync()),
            StringComparison.Ordinal
        );

        await using var told = Clicks(Throws, m => (m.MaximumRetryAttempts, m.OnFailure) = (1, new SnsTopic("failures")));
        Assert.Contains(
            "was delivered twice and discarded to failures (R-32):\n    its last invocation, ship #2: whole batch failed: function error FormatException: no JSON (R-20b). "
                + "The destination holds its sequence number only: read the stream before its retention ends (R-45).\n",
            Story(await told.RunAsync("1")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Several_mappings_of_a_stream_are_told_apart()
    {
        await using var scenario = Clicks(Throws, m => m.MaximumRetryAttempts = 0);
        scenario.Host.Map(scenario.Source, new("bill", Nothing), m => m.StartingPosition = StartingPosition.TrimHorizon);

        var message = Story(await scenario.RunAsync("1"));

        Assert.StartsWith("1 of 2 records was not acknowledged.", message, StringComparison.Ordinal);
        Assert.Contains(
            "  ledger of clicks for 'ship': sent 1 = discarded 1\n  ledger of clicks for 'bill': sent 1 = acknowledged 1\n",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task B42_an_endless_retry_is_one_invocation_a_minute_and_no_polls_between()
    {
        await using var scenario = Clicks(Throws);

        var run = await scenario.RunAsync("1");

        // Put, read, expired, checkpoint; and the begin and end of each invocation.
        Assert.InRange(run.Invocations.Count, 1400, 1500);
        Assert.Equal((run.Invocations.Count * 2) + 4, run.Events.Count);
    }
}
