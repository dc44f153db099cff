using Amazon.Lambda.SQSEvents;
using FsCheck;
using FsCheck.Fluent;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Faults;

/// <summary>Whatever goes wrong, every record is somewhere, and the history tells the same story as the ledger.</summary>
public class LedgerPropertyTests
{
    private sealed record Weather(
        int Seed,
        int Messages,
        int BatchSize,
        int Window,
        int MaxReceiveCount,
        bool Reports,
        double Throttle,
        double Crash,
        double Duplicate,
        double Fail,
        int Seconds
    );

    private static Gen<Weather> Weathers =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from messages in Gen.Choose(0, 40)
        from batchSize in Gen.Choose(1, 10)
        from window in Gen.Choose(0, 15)
        from maxReceiveCount in Gen.Choose(1, 6)
        from reports in Gen.Elements(true, false)
        from throttle in Probability
        from crash in Probability
        from duplicate in Probability
        from fail in Probability
        from seconds in Gen.Choose(0, 40)
        select new Weather(seed, messages, batchSize, window, maxReceiveCount, reports, throttle, crash, duplicate, fail, seconds);

    private static Gen<double> Probability => Gen.Choose(0, 9).Select(tenths => tenths / 10.0);

    [Fact]
    public void Every_record_is_accounted_for_in_any_weather() =>
        Prop.ForAll(Weathers.ToArbitrary(), weather => CheckAsync(weather).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_261_105, 31));

    private static async Task CheckAsync(Weather weather)
    {
        var random = new Random(weather.Seed);
        LambdaTestHost? host = null;
        Dictionary<string, int> handled = [];
        List<string> effects = [];
        ICollection<string>? wrapped = null;
        await using var scenario = new Scenario(
            factory: () =>
                async (SQSEvent input) =>
                {
                    if (random.Next(2) == 0)
                        await Task.Delay(Seconds(random.Next(weather.Seconds + 1)), host!.TimeProvider);
                    foreach (var record in input.Records)
                    {
                        handled[record.MessageId] = handled.GetValueOrDefault(record.MessageId) + 1;
                        wrapped!.Add(record.MessageId);
                    }

                    if (random.NextDouble() < weather.Fail / 3)
                        throw new InvalidOperationException();
                    return Report(input, _ => random.NextDouble() < weather.Fail);
                },
            m =>
            {
                m.BatchSize = weather.BatchSize;
                m.BatchingWindow = Seconds(weather.Window);
                m.ReportBatchItemFailures = weather.Reports;
            },
            new() { Seed = weather.Seed, ReceiveOrder = weather.Seed % 2 == 0 ? ReceiveOrder.Shuffled : ReceiveOrder.AsSent }
        ).WithMaxReceiveCount(weather.MaxReceiveCount);
        scenario.Function.Timeout = Seconds(25);
        scenario.Queue.MessageRetentionPeriod = TimeSpan.FromMinutes(30);
        host = scenario.Host;
        host.Faults.Throttle(weather.Throttle);
        host.Faults.CrashAfterHandler(weather.Crash);
        host.Faults.CrashBeforeHandler(weather.Crash / 2);
        host.Faults.Duplicate(weather.Duplicate);
        host.Faults.LoseResponse(weather.Crash / 3);
        host.Faults.TimeOut(weather.Crash / 4);
        host.Faults.CutBatch(weather.Duplicate);
        host.Faults.Reorder(weather.Throttle);
        host.Faults.DeleteLate(weather.Duplicate / 2);
        host.Faults.CrashBeforeEffect(weather.Crash / 5);
        host.Faults.CrashAfterEffect(weather.Crash / 5);
        wrapped = host.Wrap<ICollection<string>>(effects);

        // The run itself throws if the ledger does not balance.
        var run = await scenario.RunAsync([.. Enumerable.Range(1, weather.Messages).Select(number => $"{number}")]);

        var ledger = run.Ledger("orders");
        Assert.Equal(weather.Messages, ledger.Sent);
        Assert.Equal(0, ledger[RecordFate.Waiting] + ledger[RecordFate.InFlight] + ledger[RecordFate.Filtered] + ledger[RecordFate.DeletedByHandler]);
        Assert.Equal(ledger[RecordFate.DeadLettered], run.Queue("orders-dlq").Messages.Count);
        Assert.Equal(ledger[RecordFate.DeadLettered], run.Events.OfType<MessageDeadLettered>().Count());
        Assert.Equal(
            ledger[RecordFate.Acknowledged] + ledger[RecordFate.AcknowledgedAlthoughReported],
            run.Events.OfType<MessagesDeleted>().Sum(deleted => deleted.Records.Count)
        );
        if (weather.Reports)
            Assert.Equal(0, ledger[RecordFate.AcknowledgedAlthoughReported]);
        var deliveries = run.Invocations.SelectMany(invocation => invocation.Deliveries).CountBy(delivery => delivery.Record.Number).ToDictionary();
        Assert.All(
            ledger.Records,
            record =>
            {
                Assert.InRange(record.ReceiveCount, 1, weather.MaxReceiveCount);
                Assert.InRange(deliveries.GetValueOrDefault(record.Record.Number), 0, record.ReceiveCount);
                if (record.Fate == RecordFate.Acknowledged)
                {
                    Assert.True(handled[record.Record.Id] > 0);
                    Assert.Contains(record.Record.Id, effects);
                }
            }
        );
        Assert.All(run.Invocations, invocation => Assert.NotNull(invocation.Outcome));
        Assert.False(run.UsedRealTime);
    }
}
