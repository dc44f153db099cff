using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>The handler of an execution environment that is a process: streams in and out, as for any other handler of streams.</summary>
internal sealed class ExecutableHandler(ExecutionEnvironment environment, FunctionRunner function, LambdaExecutable executable)
{
    private const double LongestDelayMilliseconds = int.MaxValue;

    /// <summary>Variables of the test's own process that are not for the function.</summary>
    private static readonly string[] NotInherited = ["AWS_", "LAMBDA_", "_HANDLER", "_X_AMZN_"];

    private RuntimeProcess? process;

    // Held beyond its end, so that what the process wrote last still has a log.
    private RunningInvocation invocation = null!;

    /// <summary>Has the process handle an event.</summary>
    /// <exception cref="FunctionErrorException">It failed.</exception>
    public Task<Stream> HandleAsync(Stream input)
    {
        invocation = environment.Current!;
        var body = ((MemoryStream)input).ToArray();
        environment.Scheduler.NoteRealTime();

        // To start a process takes a while, in which the others can be started.
        return Task.Run(() => InvokeAsync(body));
    }

    private async Task<Stream> InvokeAsync(byte[] body)
    {
        if (process is null)
            await StartAsync().ConfigureAwait(false);
        else
            process.WriteTo(invocation);
        var limit = TimeSpan.FromMilliseconds(Math.Min(function.Timeout.TotalMilliseconds * executable.TimeoutScale, LongestDelayMilliseconds));
        var exchange = process!.Api.Deliver(new(invocation.AwsRequestId, body, Headers(limit)));
        await FirstAsync(limit, exchange.Done, process.Exited).ConfigureAwait(false);
        if (!exchange.Done.IsCompleted)
        {
            // Whoever invoked has an answer as soon as it is posted, whatever becomes of the process then.
            invocation.LosesEnvironment = true;
            var isLate = !process.Exited.IsCompleted;
            if (isLate)
                await StopAsync().ConfigureAwait(false);
            if (exchange.Answer is null)
                throw isLate ? TimedOut() : Exited();
        }

        var answer = exchange.Answer!;
        return answer.Error is null ? new MemoryStream(answer.Response) : throw new FunctionErrorException(answer.Error);
    }

    private async Task StartAsync()
    {
        invocation.LosesEnvironment = true;
        var info = ExecutableFile.StartInfo(executable);
        SetVariables(info);
        try
        {
            process = RuntimeProcess.Start(info);
        }
        catch (Win32Exception exception)
        {
            throw new FunctionErrorException(FunctionErrors.NotStarted(invocation, executable.Path, exception.Message));
        }

        process.WriteTo(invocation);
        function.Processes.Add(process);
        environment.Become(process);
        var api = process.Api;
        await FirstAsync(executable.StartLimit, api.Asked, api.InitFailed, process.Exited).ConfigureAwait(false);
        if (api.InitFailed.IsCompletedSuccessfully)
        {
            await StopAsync().ConfigureAwait(false);
            throw new FunctionErrorException(await api.InitFailed.ConfigureAwait(false));
        }

        if (process.Exited.IsCompleted)
            throw Exited();
        if (!api.Asked.IsCompleted)
        {
            invocation.Log(
                "Error",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The process did not ask for an event within {executable.StartLimit.TotalSeconds:0.###} s of real time."
                )
            );
            await StopAsync().ConfigureAwait(false);
            throw TimedOut();
        }

        invocation.LosesEnvironment = false;
    }

    /// <summary>In virtual time the function times out when the deadline comes.</summary>
    private FunctionErrorException TimedOut()
    {
        invocation.IsDoomed = true;
        return new(FunctionErrors.TimedOut(invocation, function.Timeout));
    }

    private async Task StopAsync()
    {
        process!.Dispose();
        await process.Exited.ConfigureAwait(false);
    }

    private FunctionErrorException Exited() => new(FunctionErrors.ProcessExited(invocation, process!.ExitCode, process.ErrorOutput));

    private static async Task FirstAsync(TimeSpan limit, params Task[] tasks)
    {
        using var stop = new CancellationTokenSource();
        await Task.WhenAny([.. tasks, Task.Delay(limit, stop.Token)]).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
    }

    // The process has the system's clock, so the deadline is told in real time.
    private (string Name, string Value)[] Headers(TimeSpan limit) =>
        [
            ("Lambda-Runtime-Aws-Request-Id", invocation.AwsRequestId),
            ("Lambda-Runtime-Deadline-Ms", (DateTimeOffset.UtcNow + limit).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            ("Lambda-Runtime-Invoked-Function-Arn", function.Arn),
            ("Lambda-Runtime-Trace-Id", invocation.TraceId),
        ];

    private void SetVariables(ProcessStartInfo info)
    {
        var variables = info.Environment;
        foreach (var name in variables.Keys.Where(name => Array.Exists(NotInherited, prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToArray())
            variables.Remove(name);
        var region = function.Simulation.Options.Region;
        variables["_HANDLER"] = executable.Handler ?? function.Settings.DeployedHandler ?? Path.GetFileNameWithoutExtension(executable.Path);
        variables["AWS_ACCESS_KEY_ID"] = "test";
        variables["AWS_SECRET_ACCESS_KEY"] = "test";
        variables["AWS_SESSION_TOKEN"] = "test";
        variables["AWS_REGION"] = region;
        variables["AWS_DEFAULT_REGION"] = region;
        variables["AWS_LAMBDA_FUNCTION_NAME"] = function.Name;
        variables["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySize.ToString(CultureInfo.InvariantCulture);
        variables["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        variables["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        variables["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{function.Name}";
        variables["AWS_LAMBDA_LOG_STREAM_NAME"] = environment.LogStreamName;
        variables["LAMBDA_TASK_ROOT"] = info.WorkingDirectory;
        variables["TZ"] = ":UTC";
        foreach (var (name, value) in executable.EnvironmentVariables)
            variables[name] = value;
    }
}
