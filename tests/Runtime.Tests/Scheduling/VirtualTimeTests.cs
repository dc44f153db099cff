using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Scheduling;

public class VirtualTimeTests
{
    public interface IStore
    {
        void Put(string item);

        Task PutAsync(string item);

        ValueTask<int> CountAsync();

        string Name { get; }
    }

    private sealed class Store : IStore
    {
        public List<string> Items { get; } = [];

        public string Name => "store";

        public void Put(string item) => Items.Add(item);

        public Task PutAsync(string item)
        {
            Items.Add(item);
            return Task.CompletedTask;
        }

        public ValueTask<int> CountAsync() => new(Items.Count);
    }

    private static Scenario With(
        Func<LambdaTestHost, Delegate> handler,
        out LambdaTestHost host,
        double timeout = 10,
        Action<EventSourceMappingOptions>? configure = null
    )
    {
        LambdaTestHost? made = null;
        var scenario = new Scenario(factory: () => handler(made!), configure);
        scenario.Function.Timeout = Seconds(timeout);
        scenario.Queue.VisibilityTimeout = Seconds(Math.Max(30, timeout));
        host = made = scenario.Host;
        return scenario;
    }

    [Fact]
    public async Task A_delay_of_hours_takes_no_time()
    {
        await using var scenario = With(host => async (SQSEvent _) => await Task.Delay(TimeSpan.FromMinutes(14), host.TimeProvider), out _, timeout: 900);

        var run = await scenario.RunAsync("m");

        Assert.Equal(TimeSpan.FromMinutes(14), run.Invocations[0].End);
        Assert.False(run.UsedRealTime);
    }

    [Fact]
    public async Task The_clock_starts_where_the_options_say_and_is_the_invocations_own()
    {
        List<DateTimeOffset> times = [];
        await using var scenario = With(
            host =>
            {
                var store = host.Wrap<IStore>(new Store(), latency: Seconds(1.5));
                return (SQSEvent _) =>
                {
                    times.Add(host.TimeProvider.GetUtcNow());
                    store.Put("a");
                    times.Add(host.TimeProvider.GetUtcNow());
                    store.Put("b");
                    times.Add(host.TimeProvider.GetUtcNow());
                };
            },
            out var host
        );

        var run = await scenario.RunAsync("m");

        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal([start, start + Seconds(1.5), start + Seconds(3)], times);
        Assert.Equal(start + Seconds(3), host.TimeProvider.GetUtcNow());
        Assert.Equal(Seconds(3), run.Invocations[0].End);
        Assert.Equal([TimeSpan.Zero, Seconds(1.5)], run.Events.OfType<WrappedCallMade>().Select(call => call.At));
        Assert.Equal("IStore.Put", run.Events.OfType<WrappedCallMade>().First().Call);
    }

    [Fact]
    public async Task Asynchronous_calls_of_wrapped_objects_take_their_latency_and_give_their_results()
    {
        var real = new Store();
        var count = 0;
        await using var scenario = With(
            host =>
            {
                var store = host.Wrap<IStore>(real, latency: Seconds(1));
                return async (SQSEvent _) =>
                {
                    await store.PutAsync("a");
                    await store.PutAsync(store.Name);
                    count = await store.CountAsync();
                };
            },
            out _
        );

        var run = await scenario.RunAsync("m");

        Assert.Equal(2, count);
        Assert.Equal(["a", "store"], real.Items);
        // Reading the property is no call.
        Assert.Equal(Seconds(3), run.Invocations[0].End);
        Assert.False(run.UsedRealTime);
    }

    [Fact]
    public async Task Concurrent_invocations_interleave_in_virtual_time()
    {
        List<string> log = [];
        await using var scenario = With(
            host =>
                async (SQSEvent input) =>
                {
                    var body = input.Records[0].Body;
                    log.Add($"{body} begins");
                    await Task.Delay(Seconds(body == "slow" ? 3 : 1), host.TimeProvider);
                    log.Add($"{body} ends");
                },
            out _,
            configure: m => m.BatchSize = 1
        );

        var run = await scenario.RunAsync("slow", "fast");

        Assert.Equal(["slow begins", "fast begins", "fast ends", "slow ends"], log);
        Assert.Equal([Seconds(3), Seconds(1)], run.Invocations.Select(invocation => invocation.End!.Value));
    }

    [Fact]
    public async Task After_a_timeout_no_continuation_runs()
    {
        List<string> log = [];
        await using var scenario = With(
            host =>
                async (SQSEvent input) =>
                {
                    log.Add($"begins {Count(input.Records[0])}");
                    await Task.Delay(Seconds(Count(input.Records[0]) == 1 ? 5 : 1), host.TimeProvider);
                    log.Add($"ends {Count(input.Records[0])}");
                },
            out _,
            timeout: 3
        );

        var run = await scenario.RunAsync("m");

        Assert.Equal(["begins 1", "begins 2", "ends 2"], log);
        Assert.Equal(Seconds(3), run.Invocations[0].End);
        Assert.Equal("Sandbox.Timedout", run.Invocations[0].Error!.Type);
    }

    [Fact]
    public async Task A_delay_as_long_as_the_timeout_is_in_time()
    {
        await using var scenario = With(host => async (SQSEvent _) => await Task.Delay(Seconds(3), host.TimeProvider), out _, timeout: 3);

        var run = await scenario.RunAsync("m");

        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
        Assert.Equal(Seconds(3), Assert.Single(run.Invocations).End);
    }

    [Fact]
    public async Task Synchronous_code_stops_at_the_call_in_which_the_function_times_out()
    {
        var real = new Store();
        Exception? caught = null;
        Exception? again = null;
        await using var scenario = With(
            host =>
            {
                var store = host.Wrap<IStore>(real, latency: Seconds(2));
                return (SQSEvent input) =>
                {
                    if (Count(input.Records[0]) > 1)
                        return;
                    try
                    {
                        foreach (var item in new[] { "a", "b", "c" })
                            store.Put(item);
                    }
                    catch (InvocationEndedException exception)
                    {
                        caught = exception;
                        again = Record.Exception(() => store.Put("d"));
                    }
                };
            },
            out _,
            timeout: 3
        );

        var run = await scenario.RunAsync("m");

        Assert.Equal(["a", "b"], real.Items);
        Assert.Equal("orders #1 has timed out: in production nothing would run here.", caught!.Message);
        Assert.IsType<InvocationEndedException>(again);
        Assert.Equal((Seconds(3), "Sandbox.Timedout"), (run.Invocations[0].End, run.Invocations[0].Error!.Type));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Work_left_running_is_frozen_at_the_response_and_thawed_by_the_next_invocation()
    {
        List<string> log = [];
        await using var scenario = With(
            host =>
                (SQSEvent input) =>
                {
                    log.Add($"{input.Records[0].Body} at {Now(host)}");
                    if (input.Records[0].Body == "first")
                        _ = Background(host);
                },
            out var host
        );
        async Task Background(LambdaTestHost host)
        {
            await Task.Delay(Seconds(1), host.TimeProvider);
            log.Add($"background at {Now(host)}");
            await Task.Delay(Seconds(1), host.TimeProvider);
            log.Add($"background again at {Now(host)}");
        }

        await scenario.RunAsync("first");
        await host.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["first at 0"], log);
        scenario.Queue.Send("second");
        var run = await host.RunUntilIdleAsync();
        await host.RunForAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["first at 0", "second at 60.1", "background at 60.1"], log);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
    }

    private static double Now(LambdaTestHost host) => (host.TimeProvider.GetUtcNow() - host.Options.Start).TotalSeconds;

    [Fact]
    public async Task A_default_duration_holds_only_where_nothing_else_takes_time()
    {
        await using var plain = new Scenario((SQSEvent _) => { }, options: new() { DefaultInvocationDuration = Seconds(0.25) });
        await using var takes = new Scenario((SQSEvent _) => { });
        takes.Function.Takes(perInvocation: Seconds(0.5), perRecord: Seconds(1));

        Assert.Equal(Seconds(0.25), (await plain.RunAsync("m")).Invocations[0].End);
        Assert.Equal(Seconds(2.5), (await takes.RunAsync("1", "2")).Invocations[0].End);
    }

    [Fact]
    public async Task RunFor_ends_at_its_time_and_goes_on_where_it_was()
    {
        await using var scenario = With(host => async (SQSEvent _) => await Task.Delay(Seconds(4), host.TimeProvider), out var host);
        scenario.Queue.Send("m");

        var half = await host.RunForAsync(Seconds(3));
        Assert.Null(half.Invocations[0].Outcome);
        var whole = await host.RunForAsync(Seconds(3));

        Assert.Equal((Seconds(3), "sent 1 = in flight 1"), (half.End, half.Ledger("orders").ToString()));
        Assert.Equal((Seconds(6), "sent 1 = acknowledged 1"), (whole.End, whole.Ledger("orders").ToString()));
    }

    [Fact]
    public async Task A_timer_of_the_test_keeps_the_run_going_once_but_not_if_it_is_periodic()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        var host = scenario.Host;
        await using var periodic = host.TimeProvider.CreateTimer(_ => { }, null, Seconds(7), Seconds(7));
        await using var once = host.TimeProvider.CreateTimer(_ => scenario.Queue.Send("late"), null, Seconds(60), Timeout.InfiniteTimeSpan);

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(Seconds(60), run.Invocations[0].Start);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Timers_can_be_changed_and_stopped()
    {
        List<double> fired = [];
        var disposed = 0;
        await using var scenario = With(
            host =>
                async (SQSEvent _) =>
                {
                    await using (var timer = host.TimeProvider.CreateTimer(_ => fired.Add(Now(host)), null, Seconds(1), Seconds(1)))
                    {
                        await Task.Delay(Seconds(2.5), host.TimeProvider);
                        timer.Change(Seconds(2), Timeout.InfiniteTimeSpan);
                        await Task.Delay(Seconds(4), host.TimeProvider);
                    }

                    await using (host.TimeProvider.CreateTimer(_ => disposed++, null, Seconds(1), Timeout.InfiniteTimeSpan)) { }

                    await Task.Delay(Seconds(2), host.TimeProvider);
                    Assert.Throws<ArgumentOutOfRangeException>(() => host.TimeProvider.CreateTimer(_ => { }, null, Seconds(-2), Timeout.InfiniteTimeSpan));
                },
            out _
        );

        var run = await scenario.RunAsync("m");

        Assert.Null(run.Invocations[0].Error);
        Assert.Equal([1, 2, 4.5], fired);
        Assert.Equal(0, disposed);
    }

    [Fact]
    public void Only_interfaces_are_wrapped()
    {
        var exception = Assert.Throws<ArgumentException>(() => new LambdaTestHost().Wrap(new Store()));

        Assert.StartsWith(
            $"Wrap needs an interface, but got '{typeof(Store)}'. Name the one the handler depends on: host.Wrap<IStore>(store).",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Exceptions_of_wrapped_objects_come_as_they_are()
    {
        await using var scenario = With(
            host =>
            {
                var disposable = host.Wrap<IDisposable>(new Throwing(), latency: Seconds(1));
                return void (SQSEvent _) => Assert.Throws<InvalidOperationException>(disposable.Dispose);
            },
            out _
        );

        Assert.Null((await scenario.RunAsync("m")).Invocations[0].Error);
    }

    private sealed class Throwing : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException("real");
    }
}
