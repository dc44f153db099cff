using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Invocation.Executables;

/// <summary>A program that does not come to an end within the function's timeout, which is counted in real time.</summary>
public class ExecutableTimeoutTests
{
    [Fact]
    public async Task A_timeout_kills_the_process_and_the_next_one_starts_anew()
    {
        using var orders = new Orders { Executable = { TimeoutScale = 1 } };

        // The limit for other real work is none for a process, which has its own.
        await using var scenario = new Scenario(orders.Executable, options: new() { RealTimeLimit = TimeSpan.FromMilliseconds(1) });

        var run = await scenario.RunAsync("hang");

        Assert.Equal($"RequestId: {run.Invocations[0].AwsRequestId} Error: Task timed out after 3.00 seconds", run.Invocations[0].Error!.Message);
        Assert.Equal(("Sandbox.Timedout", Seconds(3)), (run.Invocations[0].Error!.Type, run.Invocations[0].End!.Value));
        Assert.Equal([1, 2], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
        Assert.StartsWith("hangs in ", orders.Journal[0], StringComparison.Ordinal);
        Assert.True(Orders.IsGone(Orders.ProcessIn(orders.Journal[0])));
    }

    [Fact]
    public async Task An_answer_counts_although_the_process_hangs_after_it()
    {
        using var orders = new Orders { Executable = { TimeoutScale = 1 } };
        await using var scenario = new Scenario(orders.Executable);

        await scenario.RunAsync("respond and hang");
        var hanging = Orders.ProcessIn(orders.Journal[0]);
        scenario.Queue.Send("2");
        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
        Assert.Equal([null, null], run.Invocations.Select(invocation => invocation.Error));
        Assert.Equal([1, 2], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));
        Assert.True(Orders.IsGone(hanging));
    }
}
