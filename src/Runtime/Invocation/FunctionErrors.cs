using System.Globalization;
using AtLeastOnce.Runtime.Invocation.Executables;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>The errors that Lambda answers with.</summary>
internal static class FunctionErrors
{
    /// <summary>The most that a function may answer to a synchronous invocation.</summary>
    public const long MaximumResponseBytes = 6_291_556;

    /// <summary>An exception left the handler or its serializer (X-11).</summary>
    public static FunctionError Of(Exception exception) =>
        exception is FunctionErrorException known ? known.Error : new(exception.GetType().Name, exception.Message) { Exception = exception };

    /// <summary>The function's timeout was over.</summary>
    public static FunctionError TimedOut(RunningInvocation invocation, TimeSpan timeout) =>
        new(
            "Sandbox.Timedout",
            string.Create(CultureInfo.InvariantCulture, $"RequestId: {invocation.AwsRequestId} Error: Task timed out after {timeout.TotalSeconds:0.00} seconds")
        );

    /// <summary>The process ended.</summary>
    public static FunctionError RuntimeExited(RunningInvocation invocation, Exception? exception = null) =>
        new(
            "Runtime.ExitError",
            $"RequestId: {invocation.AwsRequestId} Error: Runtime exited with error: {(exception is null ? "signal: killed" : "exit status 134")}"
        )
        {
            Exception = exception,
        };

    /// <summary>The process of an executable ended by itself; what it wrote last tells why.</summary>
    public static FunctionError ProcessExited(RunningInvocation invocation, int exitCode, string errorOutput)
    {
        var how = exitCode switch
        {
            0 => "Runtime exited without providing a reason",
            137 => "Runtime exited with error: signal: killed",
            _ => string.Create(CultureInfo.InvariantCulture, $"Runtime exited with error: exit status {exitCode}"),
        };
        return new("Runtime.ExitError", $"RequestId: {invocation.AwsRequestId} Error: {how}{(errorOutput.Length == 0 ? "" : "\n" + errorOutput)}");
    }

    /// <summary>The system could not start an executable.</summary>
    public static FunctionError NotStarted(RunningInvocation invocation, string path, string why) =>
        new("Runtime.InvalidEntrypoint", $"RequestId: {invocation.AwsRequestId} Error: fork/exec {path}: {why}");

    /// <summary>The response was sent, but whoever invoked never got it.</summary>
    public static FunctionError ResponseLost(RunningInvocation invocation) =>
        new("ServiceException", $"RequestId: {invocation.AwsRequestId} Error: the connection was lost before the response arrived");

    /// <summary>The response does not fit.</summary>
    public static FunctionError ResponseTooLarge(long bytes) =>
        new(
            "Function.ResponseSizeTooLarge",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Response payload size ({bytes} bytes) exceeded maximum allowed payload size ({MaximumResponseBytes} bytes)."
            )
        );
}
