using Amazon.Lambda.SQSEvents;
using FsCheck;
using FsCheck.Fluent;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>Whatever goes wrong, no message is delivered while an earlier one of its group is unfinished, unless in the same batch behind it.</summary>
public class FifoOrderPropertyTests
{
    private sealed record Weather(int Seed, int[] Groups, int BatchSize, int MaxReceiveCount, bool Reports, double Trouble, double Fail, int Concurrency);

    private static Gen<Weather> Weathers =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from groups in Gen.ListOf(Gen.Choose(0, 3))
        from batchSize in Gen.Choose(1, 10)
        from maxReceiveCount in Gen.Choose(1, 6)
        from reports in Gen.Elements(true, false)
        from trouble in Gen.Choose(0, 6)
        from fail in Gen.Choose(0, 9)
        from concurrency in Gen.Choose(2, 5)
        select new Weather(seed, [.. groups], batchSize, maxReceiveCount, reports, trouble / 10.0, fail / 10.0, concurrency);

    [Fact]
    public void S40_S41_the_order_of_a_group_is_kept_in_any_weather() =>
        Prop.ForAll(Weathers.ToArbitrary(), weather => CheckAsync(weather).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_261_104, 31));

    private static async Task CheckAsync(Weather weather)
    {
        var random = new Random(weather.Seed);
        LambdaTestHost? host = null;
        await using var scenario = new FifoScenario(
            async (SQSEvent input) =>
            {
                await Task.Delay(Seconds(random.Next(30)), host!.TimeProvider);
                if (random.NextDouble() < weather.Fail / 3)
                    throw new InvalidOperationException();
                return Report(input, _ => random.NextDouble() < weather.Fail);
            },
            m =>
            {
                m.BatchSize = weather.BatchSize;
                m.ReportBatchItemFailures = weather.Reports;
                m.MaximumConcurrency = weather.Concurrency;
            },
            new()
            {
                Seed = weather.Seed,
                ReceiveOrder = weather.Seed % 2 == 0 ? ReceiveOrder.Shuffled : ReceiveOrder.AsSent,
                FifoLookAhead = 25,
            }
        ).WithMaxReceiveCount(weather.MaxReceiveCount);
        scenario.Function.Timeout = Seconds(25);
        scenario.Queue.MessageRetentionPeriod = TimeSpan.FromMinutes(30);
        host = scenario.Host;
        AddFaults(host.Faults, weather.Trouble);
        foreach (var group in weather.Groups)
            scenario.Send($"g{group}", "m");

        var run = await scenario.RunAsync();

        CheckOrder(run, scenario.Queue);
        var ledger = run.Ledger("orders");
        Assert.Equal(weather.Groups.Length, ledger.Sent);
        Assert.Equal(0, ledger[RecordFate.Waiting] + ledger[RecordFate.InFlight]);
        Assert.Equal(ledger[RecordFate.DeadLettered], run.Queue("orders-dlq.fifo").Messages.Count);
        Assert.All(ledger.Records, record => Assert.InRange(record.ReceiveCount, 0, weather.MaxReceiveCount));
        Assert.False(run.UsedRealTime);
    }

    private static void AddFaults(AtLeastOnce.Runtime.Faults faults, double trouble)
    {
        faults.Throttle(trouble);
        faults.CrashAfterHandler(trouble / 3);
        faults.CrashBeforeHandler(trouble / 3);
        faults.LoseResponse(trouble / 3);
        faults.TimeOut(trouble / 3);
        faults.CutBatch(trouble);
        faults.DeleteLate(trouble / 2);
        faults.Duplicate(trouble);
        faults.Reorder(trouble);
    }

    private static void CheckOrder(EsmRun run, SqsQueue queue)
    {
        var finished = new HashSet<int>();
        var groups = queue.Store.All.ToDictionary(message => message.Number, message => message.MessageGroupId!);
        foreach (var happened in run.Events)
        {
            switch (happened)
            {
                case MessagesDeleted deleted:
                    finished.UnionWith(deleted.Records.Select(record => record.Number));
                    break;
                case MessageDeadLettered dead:
                    finished.Add(dead.Record.Number);
                    break;
                case MessageExpired expired:
                    finished.Add(expired.Record.Number);
                    break;
                case InvocationStarted started:
                    var batch = started.Invocation.Deliveries.Select(delivery => delivery.Record.Number).ToArray();
                    for (var i = 0; i < batch.Length; i++)
                    {
                        var earlier = groups.Where(other => other.Key < batch[i] && other.Value == groups[batch[i]]).Select(other => other.Key);
                        Assert.Empty(earlier.Except(finished).Except(batch.Take(i)));
                    }

                    break;
            }
        }
    }
}
