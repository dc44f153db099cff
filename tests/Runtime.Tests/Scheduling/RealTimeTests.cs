using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Scheduling;

/// <summary>Handlers that do real work are waited for, and the run says so.</summary>
public class RealTimeTests
{
    public interface IRemote
    {
        Task<string> CallAsync();
    }

    private sealed class Remote(Task<string> answer) : IRemote
    {
        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> CallAsync()
        {
            Called.TrySetResult();
            return answer;
        }
    }

    [Fact]
    public async Task Work_on_the_thread_pool_is_waited_for_while_the_clock_stands_still()
    {
        using var release = new SemaphoreSlim(0);
        await using var scenario = new Scenario(
            async (SQSEvent _) =>
            {
                await Task.Run(release.Wait);
                await Task.Run(() => { }).ConfigureAwait(false);
            }
        );
        var running = scenario.RunAsync("m");
        release.Release();

        var run = await running;

        Assert.Equal(Seconds(0.1), run.Invocations[0].End);
        Assert.True(run.UsedRealTime);
    }

    [Fact]
    public async Task The_watchdog_names_the_invocation_that_never_ends()
    {
        await using var scenario = new Scenario(
            (SQSEvent _) => new TaskCompletionSource().Task,
            options: new() { RealTimeLimit = TimeSpan.FromMilliseconds(50) }
        );

        var exception = await Assert.ThrowsAsync<RealTimeLimitException>(() => scenario.RunAsync("m"));

        Assert.Equal(
            """
            orders #1 waited 0.05 s of real time for something outside of virtual time.
            The virtual clock stands still while an invocation neither awaits a timer of host.TimeProvider nor a call of host.Wrap(…). Possible causes:
              - it awaits Task.Delay(…) or a timer of the system's clock: pass host.TimeProvider, as in Task.Delay(delay, timeProvider);
              - it awaits a lock, channel or TaskCompletionSource that another invocation, which waits for virtual time, holds;
              - it does real IO, or never ends.
            If it only needs longer, set LambdaTestHostOptions.RealTimeLimit.
            """,
            exception.Message
        );
    }

    [Fact]
    public async Task The_watchdog_names_the_calls_that_have_not_answered()
    {
        var (never, answered) = (new TaskCompletionSource<string>(), Task.FromResult("at once"));
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            async (SQSEvent _) =>
            {
                await host!.Wrap<IRemote>(new Remote(answered)).CallAsync();
                using var client = new HttpClient(host.WrapHttp(new SilentServer()));
                await Task.WhenAll(host.Wrap<IRemote>(new Remote(never.Task)).CallAsync(), client.GetStringAsync(new Uri("https://a.example/x?key=1")));
            },
            options: new() { RealTimeLimit = TimeSpan.FromMilliseconds(50) }
        );
        host = scenario.Host;

        var exception = await Assert.ThrowsAsync<RealTimeLimitException>(() => scenario.RunAsync("m"));

        Assert.Equal(
            [
                "orders #1 waited 0.05 s of real time for something outside of virtual time.",
                "orders #1 waits for GET https://a.example/x, which has not answered.",
                "orders #1 waits for IRemote.CallAsync, which has not answered.",
                "The virtual clock stands still while an invocation neither awaits a timer of host.TimeProvider nor a call of host.Wrap(…). Possible causes:",
            ],
            exception.Message.Split('\n')[..4]
        );
    }

    private sealed class SilentServer : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new TaskCompletionSource<HttpResponseMessage>().Task;
    }

    [Fact]
    public async Task The_watchdogs_time_is_an_option()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), new LambdaTestHostOptions().RealTimeLimit);
        Assert.StartsWith(
            "LambdaTestHostOptions.RealTimeLimit is at least 00:00:00.0010000.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost(new() { RealTimeLimit = TimeSpan.Zero })).Message,
            StringComparison.Ordinal
        );
        var never = new TaskCompletionSource();
        await using var scenario = new Scenario((SQSEvent _) => never.Task, options: new() { RealTimeLimit = TimeSpan.FromMilliseconds(20) });

        Assert.StartsWith(
            "orders #1 waited 0.02 s of real time",
            (await Assert.ThrowsAsync<RealTimeLimitException>(() => scenario.RunAsync("m"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Code_that_never_returns_is_given_up()
    {
        using var never = new ManualResetEventSlim();
        var spins = true;
        await using var blocked = new Scenario((SQSEvent _) => never.Wait(), options: new() { RealTimeLimit = TimeSpan.FromMilliseconds(200) });
        await using var spinning = new Scenario(
            (SQSEvent _) => SpinWait.SpinUntil(() => !Volatile.Read(ref spins)),
            options: new() { RealTimeLimit = TimeSpan.FromMilliseconds(200) }
        );

        Assert.StartsWith(
            "orders #1 waited 0.2 s",
            (await Assert.ThrowsAsync<RealTimeLimitException>(() => blocked.RunAsync("m"))).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "orders #1 waited 0.2 s",
            (await Assert.ThrowsAsync<RealTimeLimitException>(() => spinning.RunAsync("m"))).Message,
            StringComparison.Ordinal
        );
        never.Set();
        Volatile.Write(ref spins, false);
    }

    [Fact]
    public async Task A_handler_that_blocks_on_virtual_time_goes_on_as_it_would_in_Lambda()
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            (SQSEvent _) =>
            {
                DelayAsync().Wait();
                return DelayAsync().Result;

                async Task<int> DelayAsync()
                {
                    await Task.Delay(Seconds(1), host!.TimeProvider);
                    return 5;
                }
            }
        );
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.Equal(("5", Seconds(2)), (run.Invocations[0].ResponseJson, run.Invocations[0].End));
        Assert.True(run.UsedRealTime);
    }

    [Fact]
    public async Task A_handler_that_blocks_on_virtual_time_for_too_long_times_out()
    {
        LambdaTestHost? host = null;
        var (released, back) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var scenario = new Scenario(
            (SQSEvent input) =>
            {
                if (Count(input.Records[0]) > 1)
                    return;
                Task.WaitAny(Task.Delay(Seconds(10), host!.TimeProvider), released.Task);
                back.SetResult();
            }
        );
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.Equal((Seconds(3), "Sandbox.Timedout"), (run.Invocations[0].End, run.Invocations[0].Error!.Type));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
        Assert.False(back.Task.IsCompleted);
        released.SetResult();
        await back.Task;
    }

    [Fact]
    public async Task A_tracked_call_gets_its_answer_before_a_timer_of_the_same_invocation_fires()
    {
        var answer = new TaskCompletionSource<string>();
        var remote = new Remote(answer.Task);

        // An answer that is there when the call is made needs no waiting.
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            async (SQSEvent _) =>
            {
                var call = host!.Wrap<IRemote>(remote).CallAsync();
                var either = Task.WhenAny(call, Task.Delay(Seconds(2), host.TimeProvider));
                waits.SetResult();
                var first = await either;
                return first == call ? await call : "gave up";
            },
            options: new() { RealTimeGrace = TimeSpan.FromSeconds(20) }
        );
        host = scenario.Host;

        var running = scenario.RunAsync("m");
        await waits.Task;
        answer.SetResult("answered");
        var run = await running;

        Assert.Equal("\"answered\"", run.Invocations[0].ResponseJson);
        Assert.True(run.UsedRealTime);
    }

    [Fact]
    public async Task A_tracked_call_that_does_not_answer_loses_against_the_timer_after_the_grace_period()
    {
        var never = new TaskCompletionSource<string>();
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            async (SQSEvent _) =>
            {
                var call = host!.Wrap<IRemote>(new Remote(never.Task)).CallAsync();
                return await Task.WhenAny(call, Task.Delay(Seconds(2), host.TimeProvider)) == call ? "answered" : "gave up";
            },
            options: new() { RealTimeGrace = TimeSpan.FromMilliseconds(10) }
        );
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.Equal(("\"gave up\"", Seconds(2)), (run.Invocations[0].ResponseJson, run.Invocations[0].End));
    }

    [Fact]
    public async Task Code_on_other_threads_of_a_handler_may_call_the_host()
    {
        var audit = new SqsQueue("audit");
        await using var scenario = new Scenario(
            async (SQSEvent input) =>
            {
                await Task.Run(() => audit.Send("audited"));
                Task.Run(() => audit.Send("blocking")).Wait();
            }
        );
        scenario.Host.Add(audit);

        var run = await scenario.RunAsync("m");

        Assert.Equal(["audited", "blocking"], run.Queue("audit").Messages.Select(message => message.Body));
    }

    [Fact]
    public async Task Two_runs_at_once_are_refused()
    {
        using var release = new SemaphoreSlim(0);
        await using var scenario = new Scenario((SQSEvent _) => Task.Run(release.Wait));
        var running = scenario.RunAsync("m");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => scenario.Host.RunUntilIdleAsync());
        release.Release();
        await running;

        Assert.Equal("This host is running already: one thread drives a host at a time. Await the run before starting the next one.", exception.Message);
    }

    [Fact]
    public async Task A_thread_that_has_no_part_in_the_run_is_refused()
    {
        using var release = new SemaphoreSlim(0);
        await using var scenario = new Scenario((SQSEvent _) => Task.Run(release.Wait));
        var running = scenario.RunAsync("m");

        var exception = Assert.Throws<InvalidOperationException>(() => scenario.Queue.Send("from outside"));
        release.Release();
        var run = await running;

        Assert.Equal(
            "This host is running, and only its handlers may call it meanwhile: one thread drives a host at a time. Call it before or after the run.",
            exception.Message
        );
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Code_of_an_ended_invocation_that_still_runs_stops_at_its_next_call()
    {
        LambdaTestHost? host = null;
        var (released, results) = (new TaskCompletionSource(), new TaskCompletionSource<Exception?[]>());
        await using var scenario = new Scenario(
            (SQSEvent input) =>
            {
                if (Count(input.Records[0]) > 1)
                    return;
                var remote = host!.Wrap<IRemote>(new Remote(Task.FromResult("never")));
                Task.WaitAny(Task.Delay(Seconds(10), host.TimeProvider), released.Task);
                results.SetResult([
                    Record.Exception(() =>
                    {
                        _ = remote.CallAsync();
                    }),
                    Record.Exception(() => host.Queue("orders").Send("too late")),
                    Record.Exception(() => host.TimeProvider.CreateTimer(_ => { }, null, Seconds(1), Seconds(1))),
                ]);
            }
        );
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.Equal("Sandbox.Timedout", run.Invocations[0].Error!.Type);
        released.SetResult();
        Assert.All(
            await results.Task,
            exception =>
                Assert.Equal(
                    "The invocation of orders that this code belongs to has ended by timeout or crash: in production nothing would run here.",
                    Assert.IsType<InvocationEndedException>(exception).Message
                )
        );
    }

    [Fact]
    public async Task A_handler_cannot_run_its_own_host()
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario((SQSEvent _) => host!.RunUntilIdleAsync()).WithMaxReceiveCount(1);
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.Equal(
            "A handler cannot run the host that is running it. Send to a queue instead, and let the test drive the host.",
            run.Invocations[0].Error!.Message
        );
    }
}
