using Amazon.Lambda.KinesisEvents;
using FsCheck;
using FsCheck.Fluent;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>Whatever goes wrong and whatever is set, every record is somewhere, and the history tells the same story as the ledger.</summary>
public class StreamLedgerPropertyTests
{
    private sealed record Settings(
        int BatchSize,
        int Window,
        int Factor,
        int Retries,
        int? Age,
        bool Bisects,
        bool Reports,
        int Tumbling,
        bool Filters,
        bool HasDestination
    );

    private sealed record Options(bool KeepsAttempts, bool Waits, bool Drawn, bool CountsFiltered, bool IsPushed, bool StartsLatest);

    private sealed record Weather(int Seed, int Records, int Shards, double Throttle, double Crash, double Fail, Settings Settings, Options Options);

    private static Gen<bool> Coin => Gen.Elements(true, false);

    private static Gen<Settings> AllSettings =>
        from batchSize in Gen.Choose(1, 12)
        from window in Gen.Elements(0, 0, 3)
        from tumbling in Gen.Elements(0, 0, 5, 60)
        from factor in Gen.Choose(1, 5)
        from retries in Gen.Elements(-1, 0, 1, 3)
        from age in Gen.Elements<int?>(null, 60, 600)
        from bisects in Coin
        from reports in Coin
        from filters in Coin
        from destination in Coin
        select new Settings(batchSize, window, tumbling > 0 ? 1 : factor, retries, age, bisects, reports, tumbling, filters, destination);

    private static Gen<Options> AllOptions =>
        from keeps in Coin
        from waits in Coin
        from drawn in Coin
        from counts in Coin
        from pushed in Coin
        from latest in Coin
        select new Options(keeps, waits, drawn, counts, pushed, latest);

    private static Gen<Weather> Weathers =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from records in Gen.Choose(0, 40)
        from shards in Gen.Choose(1, 3)
        from throttle in Gen.Choose(0, 9)
        from crash in Gen.Choose(0, 7)
        from fail in Gen.Choose(0, 9)
        from settings in AllSettings
        from options in AllOptions
        select new Weather(seed, records, shards, throttle / 10.0, crash / 10.0, fail / 10.0, settings, options);

    [Fact]
    public void Every_record_is_accounted_for_in_any_weather() =>
        Prop.ForAll(Weathers.ToArbitrary(), weather => CheckAsync(weather).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_261_102, 31));

    private static async Task CheckAsync(Weather weather)
    {
        var random = new Random(weather.Seed);
        var failures = new SqsQueue("failures");
        HashSet<string> handled = [];
        await using var scenario = Scenario(weather, random, handled, failures);
        await PutAsync(scenario, weather, random);

        // The run itself throws if the ledger does not balance.
        var run = await scenario.RunAsync();

        var ledger = run.Ledger("ship");
        Assert.Equal(weather.Records, ledger.Sent);
        Assert.Equal(0, ledger[RecordFate.Waiting] + ledger[RecordFate.InFlight] + ledger[RecordFate.DeadLettered] + ledger[RecordFate.DeletedByHandler]);
        Assert.Equal(ledger[RecordFate.Filtered], Sum<RecordsFiltered>(run, filtered => filtered.Records));
        Assert.Equal(ledger[RecordFate.Expired], Sum<RecordsExpired>(run, expired => expired.Records));
        Assert.Equal(ledger[RecordFate.Discarded], Sum<BatchDiscarded>(run, discarded => discarded.Destination is null ? discarded.Records : []));
        Assert.Equal(ledger[RecordFate.DiscardedToDestination], Sum<BatchDiscarded>(run, discarded => discarded.Destination is null ? [] : discarded.Records));
        if (weather.Settings.HasDestination)
            Assert.Equal(run.Events.OfType<BatchDiscarded>().Count(), run.Queue("failures").Messages.Count);
        if (weather.Settings.Reports)
            Assert.Equal(0, ledger[RecordFate.AcknowledgedAlthoughReported]);
        var deliveries = run.Invocations.SelectMany(invocation => invocation.Deliveries).CountBy(delivery => delivery.Record.Number).ToDictionary();
        Assert.All(
            ledger.Records,
            record =>
            {
                Assert.Equal(deliveries.GetValueOrDefault(record.Record.Number), record.ReceiveCount);
                if (record.Fate is RecordFate.Acknowledged or RecordFate.AcknowledgedAlthoughReported)
                    Assert.Contains(record.Record.Id, handled);
                if (record.Fate is RecordFate.Filtered or RecordFate.BeforeStart)
                    Assert.Equal(0, record.ReceiveCount);
            }
        );
        CheckCheckpoints(run);
        Assert.All(run.Invocations, invocation => Assert.NotNull(invocation.Outcome));
        Assert.False(run.UsedRealTime);
    }

    private static StreamScenario<KinesisStream> Scenario(Weather weather, Random random, HashSet<string> handled, SqsQueue failures)
    {
        LambdaTestHost? host = null;
        var (settings, options) = (weather.Settings, weather.Options);
        var scenario = new StreamScenario<KinesisStream>(
            new("clicks", weather.Shards),
            () =>
                async (KinesisTimeWindowEvent input) =>
                {
                    if (random.Next(2) == 0)
                        await Task.Delay(Seconds(random.Next(4)), host!.TimeProvider);
                    handled.UnionWith(input.Records.Select(record => record.Kinesis.SequenceNumber));
                    if (random.NextDouble() < weather.Fail / 3)
                        throw new InvalidOperationException();
                    var failed = Report(input, _ => random.NextDouble() < weather.Fail).BatchItemFailures.Select(failure => failure.ItemIdentifier);
                    return new KinesisTimeWindowResponse
                    {
                        State = [],
                        BatchItemFailures = [.. failed.Select(id => new KinesisTimeWindowResponse.BatchItemFailure { ItemIdentifier = id })],
                    };
                },
            m =>
            {
                m.StartingPosition = options.StartsLatest ? StartingPosition.Latest : StartingPosition.TrimHorizon;
                m.BatchSize = settings.BatchSize;
                m.BatchingWindow = Seconds(settings.Window);
                m.ParallelizationFactor = settings.Factor;
                m.MaximumRetryAttempts = settings.Retries;
                m.MaximumRecordAge = settings.Age is { } age ? Seconds(age) : null;
                m.BisectBatchOnFunctionError = settings.Bisects;
                m.ReportBatchItemFailures = settings.Reports;
                m.TumblingWindow = Seconds(settings.Tumbling);
                m.Filters = settings.Filters ? ["""{"data":{"odd":[true]}}"""] : [];
                m.OnFailure = settings.HasDestination ? failures : null;
                m.Consumer = options.IsPushed ? "fast" : null;
            },
            new()
            {
                Seed = weather.Seed,
                AttemptsAfterBisect = (AttemptCount)(options.KeepsAttempts ? 1 : 0),
                AttemptsAfterProgress = (AttemptCount)(options.KeepsAttempts ? 1 : 0),
                WaitBeforeSmallerBatch = options.Waits,
                StreamBatchSizes = (StreamBatchSizes)(options.Drawn ? 1 : 0),
                FilteredMessagesUseBatchSlots = options.CountsFiltered,
                StartingPositionDelay = Seconds(options.StartsLatest ? 2 : 0),
            }
        );
        host = scenario.Host;
        host.Faults.Throttle(weather.Throttle);
        host.Faults.CrashAfterHandler(weather.Crash);
        host.Faults.CrashBeforeHandler(weather.Crash / 2);
        host.Faults.Duplicate(weather.Throttle / 2);
        return scenario;
    }

    private static async Task PutAsync(StreamScenario<KinesisStream> scenario, Weather weather, Random random)
    {
        for (var number = 1; number <= weather.Records; number++)
        {
            scenario.Source.Put($"key {random.Next(6)}", new { odd = number % 2 == 1 });
            if (random.Next(6) == 0)
                await scenario.Host.RunForAsync(Seconds(random.Next(30) / 10.0));
            if (random.Next(15) == 0)
                scenario.Source.SplitShard(scenario.Source.Shards.First(shard => shard.IsOpen).Id);
        }
    }

    private static int Sum<TEvent>(EsmRun run, Func<TEvent, IReadOnlyList<RecordReference>> records)
        where TEvent : EsmEvent => run.Events.OfType<TEvent>().Sum(happened => records(happened).Count);

    /// <summary>A checkpoint only ever moves on, and nothing before it is delivered again.</summary>
    private static void CheckCheckpoints(EsmRun run)
    {
        Dictionary<string, int> past = [];
        foreach (var happened in run.Events)
        {
            if (happened is CheckpointMoved moved)
            {
                Assert.True(moved.Past.Number > past.GetValueOrDefault(moved.ShardId));
                past[moved.ShardId] = moved.Past.Number;
            }
            else if (happened is InvocationStarted { Invocation: { Deliveries: [var first, ..], ShardId: { } shard } })
            {
                Assert.True(first.Record.Number > past.GetValueOrDefault(shard));
            }
        }
    }
}
