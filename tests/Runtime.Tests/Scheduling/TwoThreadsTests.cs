using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests.Scheduling;

/// <summary>One thread drives a host at a time: another is refused, and nothing is changed by it.</summary>
public class TwoThreadsTests
{
    private const string Strange =
        "This host is running, and only its handlers may call it meanwhile: one thread drives a host at a time. Call it before or after the run.";

    private const string Running = "This host is running already: one thread drives a host at a time. Await the run before starting the next one.";

    public static TheoryData<string> Calls => [.. AllCalls.Keys];

    private static Dictionary<string, Func<LambdaTestHost, Task>> AllCalls { get; } =
        new(StringComparer.Ordinal)
        {
            ["Map"] = Of(host => host.Map(new SqsQueue("late"), new("late", () => { }))),
            ["Add a queue"] = Of(host => host.Add(new SqsQueue("late"))),
            ["Add a function"] = Of(host => host.Add(new LambdaFunction("late", () => { }))),
            ["Add a topic"] = Of(host => host.Add(new SnsTopic("late"))),
            ["Handle"] = Of(host => host.Handle("orders", () => { })),
            ["Handle of a factory"] = Of(host => host.Handle("orders", factory: () => () => { })),
            ["LoadBalancer"] = Of(host => host.LoadBalancer(new LambdaFunction("late", () => { }))),
            ["Schedule"] = Of(host => host.Schedule(TimeSpan.FromMinutes(1), new("late", () => { }))),
            ["InvokeEvent"] = Of(host => host.InvokeEvent("orders")),
            ["CallAsync"] = host => host.CallAsync<string>("orders"),
            ["Send"] = Of(host => host.Queue("orders").Send("late")),
            ["Receive"] = Of(host => host.Queue("orders").Receive()),
            ["Publish"] = Of(host => host.Topic("news").Publish("late")),
            ["A fault"] = Of(host => host.Faults.Throttle(first: 1)),
            ["A fault at times"] = Of(host => host.Faults.CrashBeforeHandler(probability: 1)),
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_thread_that_has_no_part_in_the_run_is_refused(string call)
    {
        using var release = new SemaphoreSlim(0);
        await using var scenario = new Scenario((SQSEvent _) => Task.Run(release.Wait));
        scenario.Host.Add(new SnsTopic("news"));
        var running = scenario.RunAsync("m");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => AllCalls[call](scenario.Host));
        release.Release();
        var run = await running;

        Assert.Equal(Strange, exception.Message);
        Assert.Equal(("sent 1 = acknowledged 1", 1), (run.Ledger("orders").ToString(), run.Invocations.Count));
        Assert.Throws<ArgumentException>(() => scenario.Host.Queue("late"));
        Assert.Throws<ArgumentException>(() => scenario.Host.Function("late"));
        Assert.Throws<ArgumentException>(() => scenario.Host.Topic("late"));
    }

    [Fact]
    public async Task A_thread_of_a_handlers_own_that_does_not_carry_its_context_is_a_stranger()
    {
        LambdaTestHost? host = null;
        Exception? thrown = null;
        await using var scenario = new Scenario(
            (SQSEvent _) =>
            {
                var thread = new Thread(() => thrown = Record.Exception(() => host!.Queue("orders").Send("more")));
                thread.UnsafeStart();
                thread.Join();
            }
        );
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.Equal(Strange, Assert.IsType<InvalidOperationException>(thrown).Message);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Of_two_threads_that_start_a_run_at_once_one_is_refused_and_every_message_is_delivered_once()
    {
        using var release = new SemaphoreSlim(0);
        await using var scenario = new Scenario((SQSEvent _) => Task.Run(release.Wait));
        scenario.Host.Queue("orders").SendMany("1", "2");
        using var together = new Barrier(2);

        Task<Task<EsmRun>> Start() =>
            Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                    return scenario.Host.RunUntilIdleAsync();
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );

        Task<EsmRun>[] runs = await Task.WhenAll(Start(), Start());
        var refused = await Task.WhenAny(runs);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        release.Release();
        var run = await Assert.Single(runs, other => other != refused);

        Assert.Equal(Running, exception.Message);
        Assert.Equal(("sent 2 = acknowledged 2", 1), (run.Ledger("orders").ToString(), run.Invocations.Count));
    }

    [Fact]
    public async Task Threads_that_set_a_host_up_together_do_not_disturb_each_other()
    {
        await using var host = new LambdaTestHost();
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(thread =>
                    Task.Run(() =>
                    {
                        for (var i = 0; i < 50; i++)
                            host.Map(new SqsQueue($"q{thread}-{i}"), new($"f{thread}-{i}", (SQSEvent _) => { })).Queue($"q{thread}-{i}").Send("m");
                    })
                )
        );

        var run = await host.RunUntilIdleAsync();

        Assert.Equal((400, 400), (host.Mappings.Count, run.Invocations.Count));
    }

    [Fact]
    public async Task The_harmless_twin_a_handlers_own_threads_may_call()
    {
        LambdaTestHost? host = null;
        var audit = new SqsQueue("audit");
        await using var scenario = new Scenario(
            async (SQSEvent _) => await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => host!.Queue("audit").Send($"{i}"))))
        );
        host = scenario.Host.Add(audit);

        var run = await scenario.RunAsync("m");

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}"), run.Queue("audit").Messages.Select(message => message.Body).Order(StringComparer.Ordinal));
    }

    private static Func<LambdaTestHost, Task> Of(Action<LambdaTestHost> call) =>
        host =>
        {
            call(host);
            return Task.CompletedTask;
        };
}
