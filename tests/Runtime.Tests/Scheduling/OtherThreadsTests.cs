using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Scheduling;

/// <summary>A timer of an invocation is not what it waits for while its code runs on another thread.</summary>
public class OtherThreadsTests
{
    /// <summary>Answers after a second; awaits as code of a test does, within the handler's context.</summary>
    private sealed class SlowServer(TimeProvider clock) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Seconds(1), clock, cancellationToken);
            return new() { Content = new StringContent("ok") };
        }
    }

    [Fact]
    public async Task A_deadline_does_not_fire_while_library_code_goes_on_to_the_thread_pool()
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            async (SQSEvent batch) =>
            {
                using var deadline = new CancellationTokenSource(Seconds(20), host!.TimeProvider);
                using var client = new HttpClient(new SlowServer(host.TimeProvider));
                foreach (var _ in batch.Records)
                    await client.GetStringAsync(new Uri("https://a.example"), deadline.Token);
            },
            options: new() { RealTimeGrace = Seconds(30) }
        );
        scenario.Function.Timeout = Seconds(30);
        host = scenario.Host;

        var run = await scenario.RunAsync("a", "b", "c");

        var invocation = Assert.Single(run.Invocations);
        Assert.Null(invocation.Error);
        Assert.Equal(Seconds(3), invocation.End - invocation.Start);
        Assert.True(run.UsedRealTime);
    }

    [Fact]
    public async Task Real_work_under_a_deadline_is_waited_for()
    {
        LambdaTestHost? host = null;
        using var release = new SemaphoreSlim(0);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scenario = new Scenario(
            async (SQSEvent _) =>
            {
                using var deadline = new CancellationTokenSource(Seconds(2), host!.TimeProvider);
                var work = Task.Run(
                    () =>
                    {
                        begun.SetResult();
                        release.Wait();
                    },
                    deadline.Token
                );
                await work.WaitAsync(deadline.Token);
            },
            options: new() { RealTimeGrace = Seconds(30) }
        );
        host = scenario.Host;
        var running = scenario.RunAsync("m");
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        release.Release();

        var run = await running;

        Assert.Null(Assert.Single(run.Invocations).Error);
    }

    [Fact]
    public async Task What_never_answers_is_cancelled_at_the_deadline()
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            async (SQSEvent _) =>
            {
                using var deadline = new CancellationTokenSource(Seconds(2), host!.TimeProvider);
                await Task.Delay(Timeout.InfiniteTimeSpan, host.TimeProvider, deadline.Token);
            },
            options: new() { RealTimeGrace = TimeSpan.FromMilliseconds(5) }
        ).WithMaxReceiveCount(2);
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.All(run.Invocations, invocation => Assert.Equal("TaskCanceledException", invocation.Error!.Type));
        Assert.All(run.Invocations, invocation => Assert.Equal(Seconds(2), invocation.End - invocation.Start));
        Assert.Equal(2, run.Invocations.Count);
    }

    [Fact]
    public async Task A_loop_in_the_background_does_not_hold_the_clock_and_the_run_says_so()
    {
        LambdaTestHost? host = null;
        using var stop = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        await using var scenario = new Scenario(
            async (SQSEvent _) =>
            {
                var loop = new Thread(() =>
                {
                    started.Set();
                    stop.Wait();
                })
                {
                    IsBackground = true,
                };
                loop.Start();
                started.Wait();
                await Task.Delay(Seconds(2), host!.TimeProvider);
            },
            options: new() { RealTimeGrace = TimeSpan.FromMilliseconds(5) }
        );
        host = scenario.Host;

        var run = await scenario.RunAsync("m");
        stop.Set();

        Assert.Equal(Seconds(2), run.Invocations[0].End - run.Invocations[0].Start);
        Assert.True(run.UsedRealTime);
    }

    [Fact]
    public async Task A_thread_that_has_come_to_its_end_has_no_influence()
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            async (SQSEvent _) =>
            {
                var work = new Thread(() => { });
                work.Start();
                work.Join();
                await Task.Delay(Seconds(2), host!.TimeProvider);
            },
            options: new() { RealTimeGrace = Seconds(30) }
        );
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.Equal(Seconds(2), run.Invocations[0].End - run.Invocations[0].Start);
        Assert.False(run.UsedRealTime);
    }
}
