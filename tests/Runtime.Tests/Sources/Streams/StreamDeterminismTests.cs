using Amazon.Lambda.KinesisEvents;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

public class StreamDeterminismTests
{
    private static async Task<EsmRun> RunAsync(int seed)
    {
        LambdaTestHost? host = null;
        var failures = new S3Bucket("failures");
        await using var scenario = new StreamScenario<KinesisStream>(
            new("clicks", 2),
            () =>
                async (KinesisEvent input) =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(input.Records.Count * 10), host!.TimeProvider);
                    return Report(input, text => text.EndsWith('7'));
                },
            m =>
            {
                m.BatchSize = 4;
                m.ParallelizationFactor = 3;
                m.ReportBatchItemFailures = true;
                m.BisectBatchOnFunctionError = true;
                m.MaximumRetryAttempts = 2;
                m.OnFailure = failures;
            },
            new() { Seed = seed, StreamBatchSizes = StreamBatchSizes.Drawn }
        );
        host = scenario.Host;
        host.Faults.Throttle(probability: 0.2);
        host.Faults.CrashAfterHandler(probability: 0.1);
        host.Faults.Duplicate(probability: 0.2);
        scenario.Source.PutMany([.. Enumerable.Range(1, 80).Select(number => ($"key {number % 7}", (object)$"{number}"))]);
        scenario.Source.SplitShard("shardId-000000000001");
        scenario.Source.PutMany([.. Enumerable.Range(1, 40).Select(number => ($"key {number % 7}", (object)$"{number}"))]);
        return await scenario.RunAsync();
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_history_byte_for_byte()
    {
        var (first, second, third) = (await RunAsync(11), await RunAsync(11), await RunAsync(12));

        Assert.False(first.UsedRealTime);
        Assert.Equal(first.Dump(), second.Dump());
        Assert.NotEqual(first.Dump(), third.Dump());
        Assert.True(first.Dump().Length > 10_000);
    }

    [Fact]
    public async Task A_ledger_alone_can_be_kept()
    {
        await using var scenario = Clicks(
            void () => throw new InvalidOperationException(),
            m => (m.MaximumRetryAttempts, m.BisectBatchOnFunctionError) = (1, true),
            new() { History = HistoryDetail.LedgerOnly }
        );

        var run = await scenario.RunAsync(Numbers(10));

        Assert.Empty(run.Events);
        Assert.Equal("sent 10 = discarded 10", run.Ledger("ship").ToString());
        Assert.Contains("record 1 (", Assert.Throws<EsmExpectationException>(run.EnsureNothingLost).Message, StringComparison.Ordinal);
    }
}
