using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Invocation.Executables;

/// <summary>A function that is a program of its own, under the same semantics as any other.</summary>
public class ExecutableTests
{
    private static void ReportFailures(EventSourceMappingOptions mapping) => mapping.ReportBatchItemFailures = true;

    private static IEnumerable<int> Environments(EsmRun run) => run.Invocations.Select(invocation => invocation.ExecutionEnvironment);

    private static IEnumerable<string> Log(EsmRun run) => run.Events.OfType<LogWritten>().Select(line => $"{line.Invocation} {line.Level}: {line.Text}");

    [Fact]
    public async Task Reported_messages_alone_come_again_and_are_dead_lettered()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable, ReportFailures).WithMaxReceiveCount(2);

        var run = await scenario.RunAsync("1", "fail", "2");

        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("orders").ToString());
        Assert.Equal("fail", Assert.Single(run.Queue("orders-dlq").Messages).Body);
        Assert.Equal([3, 1], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        Assert.Equal(["R-11", "R-19"], run.Invocations.Select(invocation => invocation.Outcome!.Rule));
        Assert.StartsWith("""{"batchItemFailures":[{"itemIdentifier":""", run.Invocations[0].ResponseJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_virtual_clock_stands_still_and_the_run_says_that_it_used_real_time()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable, m => m.BatchSize = 1);
        var idle = await scenario.RunAsync();
        var before = await scenario.RunAsync("1");
        scenario.Function.Takes(perInvocation: Seconds(2));
        scenario.Queue.Send("2");
        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.False(idle.UsedRealTime);
        Assert.True(before.UsedRealTime);
        Assert.Equal([Seconds(0.1), Seconds(2)], run.Invocations.Select(invocation => invocation.End!.Value - invocation.Start));
    }

    [Fact]
    public async Task An_exception_fails_the_batch_until_the_dead_letter_queue_and_costs_no_environment()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable, ReportFailures).WithMaxReceiveCount(2);

        var run = await scenario.RunAsync("throw");

        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("orders").ToString());
        Assert.Equal([1, 1], Environments(run));
        Assert.All(
            run.Invocations,
            invocation =>
                Assert.Equal(("InvalidOperationException", "no stock", "R-18"), (invocation.Error!.Type, invocation.Error.Message, invocation.Outcome!.Rule))
        );
    }

    [Fact]
    public async Task A_process_starts_cold_and_is_used_again()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable);

        await scenario.RunAsync("1");
        scenario.Queue.Send("2");
        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal([$"call 1 in {orders.ProcessId}", $"call 2 in {orders.ProcessId}"], orders.Journal);
        Assert.Equal([1, 1], Environments(run));
    }

    [Fact]
    public async Task A_crash_costs_the_environment_and_tells_what_the_process_wrote_last()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable);

        var run = await scenario.RunAsync("crash");

        Assert.Equal(
            $"RequestId: {run.Invocations[0].AwsRequestId} Error: Runtime exited with error: exit status 7\ndisk is full",
            run.Invocations[0].Error!.Message
        );
        Assert.Equal(("Runtime.ExitError", "R-20b"), (run.Invocations[0].Error!.Type, run.Invocations[0].Outcome!.Rule));
        Assert.Equal(["1 Error: disk is full", "1 Information: writing the order"], Log(run).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2], Environments(run));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Concurrent_invocations_are_processes_side_by_side()
    {
        using var orders = new Orders();
        using var meeting = new TcpListener(IPAddress.Loopback, 0);
        meeting.Start();
        orders.Executable.EnvironmentVariables["MEETING"] = $"{((IPEndPoint)meeting.LocalEndpoint).Port}";
        await using var scenario = new Scenario(orders.Executable, m => m.BatchSize = 1);

        // Neither of them answers before both are there.
        var running = scenario.RunAsync("meet", "meet");
        using (var first = await meeting.AcceptSocketAsync())
        using (var second = await meeting.AcceptSocketAsync()) { }
        var run = await running;

        Assert.Equal([1, 2], Environments(run));
        Assert.All(run.Invocations, invocation => Assert.Equal((TimeSpan.Zero, Seconds(0.1)), (invocation.Start, invocation.End!.Value)));
    }

    [Fact]
    public async Task A_process_that_exits_before_it_asks_fails_with_its_exit_code_and_error_output()
    {
        using var orders = new Orders("exit");
        await using var scenario = new Scenario(orders.Executable).WithMaxReceiveCount(2);

        var run = await scenario.RunAsync("m");

        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("orders").ToString());
        Assert.Equal([1, 2], Environments(run));
        Assert.Equal("Runtime.ExitError", run.Invocations[0].Error!.Type);
        Assert.Equal(
            $"RequestId: {run.Invocations[0].AwsRequestId} Error: Runtime exited with error: exit status 3\nno configuration",
            run.Invocations[0].Error!.Message
        );
    }

    [Fact]
    public async Task A_process_that_cannot_start_says_why()
    {
        using var orders = new Orders("init-error");
        await using var scenario = new Scenario(orders.Executable).WithMaxReceiveCount(1);

        var run = await scenario.RunAsync("m");

        Assert.Equal(("Orders.ConfigurationException", "no table"), (run.Invocations[0].Error!.Type, run.Invocations[0].Error!.Message));
        Assert.True(run.UsedRealTime);
    }

    [Fact]
    public async Task A_process_that_never_asks_times_out()
    {
        using var orders = new Orders("silent") { Executable = { StartLimit = TimeSpan.FromMilliseconds(50) } };
        await using var scenario = new Scenario(orders.Executable).WithMaxReceiveCount(1);

        var run = await scenario.RunAsync("m");

        Assert.Equal(("Sandbox.Timedout", Seconds(3)), (run.Invocations[0].Error!.Type, run.Invocations[0].End!.Value));
        Assert.Equal(["1 Error: The process did not ask for an event within 0.05 s of real time."], Log(run));
    }

    [Fact]
    public async Task A_file_that_the_system_cannot_start_is_an_invalid_entry_point()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "\0no program");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var scenario = new Scenario(new LambdaExecutable(file)).WithMaxReceiveCount(1);

        var run = await scenario.RunAsync("m");

        Assert.Equal("Runtime.InvalidEntrypoint", run.Invocations[0].Error!.Type);
        Assert.StartsWith(
            $"RequestId: {run.Invocations[0].AwsRequestId} Error: fork/exec {file}: ",
            run.Invocations[0].Error!.Message,
            StringComparison.Ordinal
        );
        Assert.True(run.UsedRealTime);
        File.Delete(file);
    }

    [Fact]
    public async Task A_process_that_exits_after_its_response_has_answered_and_is_not_used_again()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable, ReportFailures);

        await scenario.RunAsync("respond and exit");
        scenario.Queue.Send("2");
        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
        Assert.Equal([null, null], run.Invocations.Select(invocation => invocation.Error));
        Assert.Equal([1, 2], Environments(run));
    }

    [Fact]
    public async Task A_process_that_dies_while_it_waits_is_replaced()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable);

        await scenario.RunAsync("1");
        using (var process = Process.GetProcessById(orders.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        scenario.Queue.Send("2");
        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal([null, null], run.Invocations.Select(invocation => invocation.Error));
        Assert.Equal([1, 2], Environments(run));
    }

    [Fact]
    public async Task A_response_that_is_too_large_is_refused()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable);

        var run = await scenario.RunAsync("large");

        Assert.Equal("413", orders.Journal[0]);
        Assert.Equal(
            ("Function.ResponseSizeTooLarge", "Response payload size (7000000 bytes) exceeded maximum allowed payload size (6291556 bytes)."),
            (run.Invocations[0].Error!.Type, run.Invocations[0].Error!.Message)
        );
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Faults_strike_processes_too()
    {
        using var orders = new Orders();
        await using var scenario = new Scenario(orders.Executable);
        scenario.Host.Faults.CrashBeforeHandler(on: invocation => invocation.Number == 1);
        scenario.Host.Faults.CrashAfterHandler(on: invocation => invocation.Number == 2);

        var run = await scenario.RunAsync("m");

        Assert.Equal([1, 2, 3], Environments(run));
        Assert.Equal(2, orders.Journal.Distinct().Count());
        Assert.True(Orders.IsGone(Orders.ProcessIn(orders.Journal[0])));
    }

    [Fact]
    public async Task The_process_is_told_what_Lambda_tells()
    {
        using var orders = new Orders("--mode", "a b");
        var variables = orders.Executable.EnvironmentVariables;
        variables["TABLE"] = "orders table";
        variables["AWS_LAMBDA_RUNTIME_API"] = "not this one";
        string[] told =
        [
            "TABLE",
            "_HANDLER",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_REGION",
            "AWS_ACCESS_KEY_ID",
            "AWS_PROFILE",
        ];
        Environment.SetEnvironmentVariable("AWS_PROFILE", "production");
        variables["TELL"] = string.Join('|', told);
        var folder = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        await using var scenario = new Scenario(orders.Executable, options: new() { Region = "eu-central-1" });
        scenario.Function.MemorySize = 512;

        var run = await scenario.RunAsync("tell");

        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
        var id = run.Invocations[0].AwsRequestId;
        Assert.Equal(
            [
                "arguments --mode|a b",
                $"Lambda-Runtime-Aws-Request-Id {id}",
                "Lambda-Runtime-Invoked-Function-Arn arn:aws:lambda:eu-central-1:123456789012:function:orders",
                $"Lambda-Runtime-Trace-Id Root=1-{id[..8]}-{id[8..].Replace("-", "", StringComparison.Ordinal)}",
                "in time True",
                "TABLE orders table",
                "_HANDLER AtLeastOnce.Runtime.Executable",
                "AWS_LAMBDA_FUNCTION_NAME orders",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE 512",
                "AWS_LAMBDA_FUNCTION_VERSION $LATEST",
                "AWS_LAMBDA_LOG_GROUP_NAME /aws/lambda/orders",
                "AWS_REGION eu-central-1",
                "AWS_ACCESS_KEY_ID test",
                "AWS_PROFILE ",
                $"folder {folder}",
            ],
            orders.Journal
        );
    }

    [Fact]
    public async Task A_function_of_a_template_is_a_program_with_the_templates_handler()
    {
        using var orders = new Orders();
        orders.Executable.EnvironmentVariables["TELL"] = "_HANDLER|AWS_LAMBDA_FUNCTION_NAME";
        await using var host = LambdaTestHost.FromTemplate("Hosting/Templates/fifo.yaml").Handle("AuditFunction", orders.Executable);
        host.Queue("AuditQueue").Send("tell", messageGroupId: "A");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Audit").ToString());
        Assert.Contains("_HANDLER Audit::Audit.Function::HandleAsync", orders.Journal);
        Assert.Contains("AWS_LAMBDA_FUNCTION_NAME AuditFunction", orders.Journal);
    }

    [Fact]
    public async Task The_processes_end_with_their_host()
    {
        using var orders = new Orders();
        var scenario = new Scenario(orders.Executable);
        await scenario.RunAsync("1");
        using var process = Process.GetProcessById(orders.ProcessId);

        var before = process.HasExited;
        await scenario.DisposeAsync();

        Assert.Equal((false, true), (before, process.HasExited));
    }

    [Fact]
    public async Task What_a_process_has_started_ends_with_it()
    {
        using var orders = new Orders();
        var scenario = new Scenario(orders.Executable);
        await scenario.RunAsync("spawn");
        using var child = Process.GetProcessById(orders.ProcessId);

        var before = child.HasExited;
        await scenario.DisposeAsync();

        Assert.False(before);
        Assert.True(child.WaitForExit(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void The_processes_end_when_nobody_holds_their_host()
    {
        using var orders = new Orders();
        var process = RunAndForget(orders);

        // Threads of the run may be on their last lines, with the host still in hand.
        var isGone = false;
        for (var tries = 0; !isGone && tries < 600; tries++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            isGone = process.WaitForExit(TimeSpan.FromMilliseconds(100));
        }

        Assert.True(isGone);
        process.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Process RunAndForget(Orders orders)
    {
        // On a thread of its own, so that nothing of the run is left on this one.
        var thread = new Thread(() => new Scenario(orders.Executable).RunAsync("1").GetAwaiter().GetResult());
        thread.Start();
        thread.Join();
        var process = Process.GetProcessById(orders.ProcessId);
        Assert.False(process.HasExited);
        return process;
    }
}
