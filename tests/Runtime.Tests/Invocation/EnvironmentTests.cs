using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>One instance an execution environment, one invocation at a time, kept warm, thrown away after a crash or a timeout.</summary>
public class EnvironmentTests
{
    private sealed class Counting(List<string> log)
    {
        private static int made;
        private readonly int instance = Interlocked.Increment(ref made);
        private int calls;

        public static void Reset() => made = 0;

        public void Handle(SQSEvent input)
        {
            calls++;
            log.Add($"{instance}.{calls}");
            if (input.Records[0].Body == "fail" && Count(input.Records[0]) == 1)
                throw new InvalidOperationException();
        }
    }

    public EnvironmentTests() => Counting.Reset();

    [Fact]
    public async Task An_environment_is_used_again_and_keeps_its_fields()
    {
        List<string> log = [];
        await using var scenario = new Scenario(() => new Counting(log).Handle);

        var run = await scenario.RunAsync("1");
        scenario.Queue.Send("2");
        run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal(["1.1", "1.2"], log);
        Assert.Equal([1, 1], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));
    }

    [Fact]
    public async Task Concurrent_invocations_have_environments_of_their_own()
    {
        List<string> log = [];
        await using var scenario = new Scenario(() => new Counting(log).Handle, m => m.BatchSize = 1);

        var run = await scenario.RunAsync("1", "2", "3");

        Assert.Equal(["1.1", "2.1", "3.1"], log);
        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero], run.Invocations.Select(invocation => invocation.Start));
    }

    [Fact]
    public async Task An_exception_does_not_cost_the_environment()
    {
        List<string> log = [];
        await using var scenario = new Scenario(() => new Counting(log).Handle);

        await scenario.RunAsync("fail");

        Assert.Equal(["1.1", "1.2"], log);
    }

    [Fact]
    public async Task A_crash_costs_the_environment()
    {
        List<string> log = [];
        await using var scenario = new Scenario(() => new Counting(log).Handle);
        scenario.Host.Faults.CrashAfterHandler(on: invocation => invocation.Number == 1);

        var run = await scenario.RunAsync("m");

        Assert.Equal(["1.1", "2.1"], log);
        Assert.Equal(("Runtime.ExitError", "R-20b"), (run.Invocations[0].Error!.Type, run.Invocations[0].Outcome!.Rule));
    }

    [Fact]
    public async Task A_timeout_costs_the_environment()
    {
        List<string> log = [];
        await using var scenario = new Scenario(() => new Counting(log).Handle).WithMaxReceiveCount(2);
        scenario.Function.Takes(perInvocation: Seconds(4));

        var run = await scenario.RunAsync("m");

        Assert.Equal(["1.1", "2.1"], log);
        Assert.Equal(Seconds(3), run.Invocations[0].End);
        Assert.Equal($"RequestId: {run.Invocations[0].AwsRequestId} Error: Task timed out after 3.00 seconds", run.Invocations[0].Error!.Message);
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_the_invocation_and_is_tried_again()
    {
        var tries = 0;
        Func<Delegate> factory = () =>
        {
            if (++tries == 1)
                throw new InvalidOperationException("no database");
            return (SQSEvent _) => { };
        };
        await using var scenario = new Scenario(factory);

        var run = await scenario.RunAsync("m");

        Assert.Equal(2, tries);
        Assert.Equal("no database", run.Invocations[0].Error!.Message);
        Assert.Equal([1, 2], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task A_factory_that_returns_null_ends_the_run()
    {
        await using var scenario = new Scenario(factory: () => null!);

        Assert.Equal(
            "The factory of 'orders' made no handler: it returned null.",
            (await Assert.ThrowsAsync<InvalidHandlerException>(() => scenario.RunAsync("m"))).Message
        );
    }

    [Fact]
    public async Task An_exception_out_of_async_void_ends_the_process()
    {
        await using var scenario = new Scenario(
            async (SQSEvent input) =>
            {
                if (Count(input.Records[0]) == 1)
                    Forgotten();
                await Task.CompletedTask;
            }
        );

        var run = await scenario.RunAsync("m");

        Assert.Equal(
            [$"RequestId: {run.Invocations[0].AwsRequestId} Error: Runtime exited with error: exit status 134", null],
            run.Invocations.Select(invocation => invocation.Error?.Message)
        );
        Assert.IsType<InvalidOperationException>(run.Invocations[0].Error!.Exception);
        Assert.Equal([1, 2], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));

        static async void Forgotten()
        {
            await Task.CompletedTask;
            throw new InvalidOperationException("nobody awaits me");
        }
    }

    [Fact]
    public async Task Crash_before_the_handler_runs_no_code()
    {
        List<string> log = [];
        await using var scenario = new Scenario(() => new Counting(log).Handle);
        scenario.Host.Faults.CrashBeforeHandler(on: invocation => invocation.Number == 1);

        var run = await scenario.RunAsync("m");

        Assert.Equal(["1.1"], log);
        Assert.Equal([1, 2], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));
        Assert.Equal("Runtime.ExitError", run.Invocations[0].Error!.Type);
    }
}
