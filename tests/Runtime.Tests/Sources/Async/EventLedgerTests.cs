using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Async;

/// <summary>Whatever goes wrong, every asynchronous event is somewhere, and the history, the destinations and the effects tell the same story as the ledger.</summary>
public class EventLedgerTests
{
    private sealed record Weather(
        int Seed,
        int Events,
        int Retries,
        int AgeSeconds,
        int Concurrency,
        double Throttle,
        double Crash,
        double Duplicate,
        double Fail
    );

    private static Gen<double> Probability => Gen.Choose(0, 9).Select(tenths => tenths / 10.0);

    private static Gen<Weather> Weathers =>
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from events in Gen.Choose(0, 30)
        from retries in Gen.Choose(0, 2)
        from age in Gen.Choose(60, 600)
        from concurrency in Gen.Choose(0, 5)
        from throttle in Probability
        from crash in Probability
        from duplicate in Probability
        from fail in Probability
        select new Weather(seed, events, retries, age, concurrency, throttle, crash, duplicate, fail);

    [Fact]
    public void Every_event_is_accounted_for_in_any_weather() =>
        Prop.ForAll(Weathers.ToArbitrary(), weather => CheckAsync(weather).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_261_103, 31));

    private static async Task CheckAsync(Weather weather)
    {
        var random = new Random(weather.Seed);
        Dictionary<int, int> handled = [];
        await using var host = new LambdaTestHost(new() { Seed = weather.Seed, LateRetries = (LateRetryRule)(weather.Seed % 2) });
        var (done, failed, dead) = (new SqsQueue("done"), new SqsQueue("failed"), new SqsQueue("dead"));
        var function = new LambdaFunction(
            "orders",
            async (int number) =>
            {
                if (random.Next(2) == 0)
                    await Task.Delay(Seconds(random.Next(5)), host.TimeProvider);
                handled[number] = handled.GetValueOrDefault(number) + 1;
                if (random.NextDouble() < weather.Fail)
                    throw new InvalidOperationException();
            }
        )
        {
            DeadLetterQueue = dead,
            ReservedConcurrency = weather.Concurrency,
        };
        var config = function.EventInvokeConfig;
        (config.OnSuccess, config.OnFailure) = (done, failed);
        (config.MaximumRetryAttempts, config.MaximumEventAge) = (weather.Retries, Seconds(weather.AgeSeconds));
        host.Faults.Throttle(weather.Throttle);
        host.Faults.CrashAfterHandler(weather.Crash / 2);
        host.Faults.DuplicateEvents(weather.Duplicate);
        host.Add(function);

        for (var number = 1; number <= weather.Events; number++)
            host.InvokeEvent(function, number);
        var run = await host.RunUntilIdleAsync();

        if (weather.Events == 0)
            return;
        var ledger = run.AsyncEvents("orders").Ledger;
        Assert.Equal(weather.Events, ledger.Sent);
        Assert.Equal(weather.Events, ledger[RecordFate.Acknowledged] + ledger[RecordFate.DiscardedToDestination]);
        var duplicates = run.Events.OfType<EventDuplicated>().Count();
        Assert.Equal(ledger[RecordFate.Acknowledged] + duplicates, done.Messages.Count);
        Assert.Equal(ledger[RecordFate.DiscardedToDestination], failed.Messages.Count);
        Assert.Equal(ledger[RecordFate.DiscardedToDestination], dead.Messages.Count);
        Assert.All(
            ledger.Records,
            record =>
            {
                Assert.Equal(record.ReceiveCount, ledger.Deliveries(record.Record.Number).Count);
                Assert.All(ledger.Deliveries(record.Record.Number), invocation => Assert.Equal(record.Record.Id, invocation.AwsRequestId));
                Assert.InRange(record.ReceiveCount, record.Fate == RecordFate.Acknowledged ? 1 : 0, weather.Retries + 2);
                if (record.Fate == RecordFate.Acknowledged)
                    Assert.True(handled[record.Record.Number] > 0);
            }
        );
        Assert.All(
            failed.Messages.Select(message => message.Json<JsonElement>().GetProperty("requestContext")),
            context =>
                Assert.Equal(
                    ledger.Records.Single(record => record.Record.Id == context.GetProperty("requestId").GetString()).ReceiveCount,
                    context.GetProperty("approximateInvokeCount").GetInt32()
                )
        );
        run.EnsureNothingLost();
        Assert.False(run.UsedRealTime);
    }

    [Fact]
    public async Task The_ledger_is_kept_without_the_history_too()
    {
        await using var host = new LambdaTestHost(new() { History = HistoryDetail.LedgerOnly });
        host.InvokeEvent(new LambdaFunction("orders", () => throw new InvalidOperationException()));

        var run = await host.RunUntilIdleAsync();

        Assert.Empty(run.Events);
        Assert.Equal("sent 1 = discarded 1", run.AsyncEvents("orders").Ledger.ToString());
        Assert.Contains("was run 3 times and discarded", Assert.Throws<EsmExpectationException>(run.EnsureNothingLost).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_is_not_through_when_a_run_ends_waits_or_is_in_flight()
    {
        await using var host = new LambdaTestHost();
        var function = new LambdaFunction("orders", (int number) => number == 1 ? throw new InvalidOperationException() : number).Takes(
            perInvocation: Seconds(2)
        );
        host.InvokeEvent(function, 1);
        await host.RunForAsync(Seconds(3));
        host.InvokeEvent(function, 2);

        var run = await host.RunForAsync(Seconds(1));

        Assert.Equal("sent 2 = in flight 1 + waiting 1", run.AsyncEvents("orders").Ledger.ToString());
        Assert.Contains("event 1 of orders (", Assert.Throws<EsmExpectationException>(run.EnsureAllAcknowledged).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "null")]
    [InlineData("""{ "a" : 1 }""", """{ "a" : 1 }""")]
    [InlineData("thanks", "\"thanks\"")]
    public async Task A8_the_response_is_told_as_it_is(string response, string told)
    {
        await using var host = new LambdaTestHost();
        var done = new SqsQueue("done");
        var function = new LambdaFunction("orders", () => new MemoryStream(Encoding.UTF8.GetBytes(response)));
        function.EventInvokeConfig.OnSuccess = done;

        host.InvokeEvent(function);
        await host.RunUntilIdleAsync();

        Assert.EndsWith($",\"responsePayload\":{told}}}", Assert.Single(done.Messages).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A8_an_event_that_grew_too_old_after_an_attempt_tells_its_last_response()
    {
        await using var host = new LambdaTestHost();
        var failed = new SqsQueue("failed");
        var function = new LambdaFunction("orders", () => throw new InvalidOperationException("no stock"));
        function.EventInvokeConfig.OnFailure = failed;
        function.EventInvokeConfig.MaximumEventAge = Seconds(100);

        host.InvokeEvent(function);
        await host.RunUntilIdleAsync();

        var record = Assert.Single(failed.Messages).Json<JsonElement>();
        Assert.Equal("EventAgeExceeded", record.GetProperty("requestContext").GetProperty("condition").GetString());
        Assert.Equal(2, record.GetProperty("requestContext").GetProperty("approximateInvokeCount").GetInt32());
        Assert.Equal("no stock", record.GetProperty("responsePayload").GetProperty("errorMessage").GetString());
    }
}
