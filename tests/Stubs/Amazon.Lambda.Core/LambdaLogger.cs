using System.Runtime.Versioning;
using System.Text.Json;

namespace Amazon.Lambda.Core;

/// <summary>The log for code that has no context at hand. Outside Lambda it writes to the console.</summary>
public static class LambdaLogger
{
    public static void Log(string message) => Console.WriteLine(message);

    public static void Log(string level, string message, params object[] args)
    {
        var arguments = args is { Length: > 0 } ? " Arguments:" + string.Concat(args.Select(argument => $" \"{argument}\"")) : "";
        Console.WriteLine($"{level}: {message}{arguments}");
    }

    public static void Log(LogLevel level, string message, params object[] args) => Log(level.ToString(), message, args);

    public static void Log(string level, Exception exception, string message, params object[] args)
    {
        Log(level, message, args);
        Console.WriteLine(exception);
    }

    public static void Log(LogLevel level, Exception exception, string message, params object[] args) => Log(level.ToString(), exception, message, args);

    [RequiresPreviewFeatures("Structured logging options are a preview of the Lambda runtime client.")]
    public static void ConfigureStructuredLogging(StructuredLoggingOptions options)
    {
        // Nothing here writes structured logs.
    }
}

/// <summary>How the Lambda runtime client writes structured logs.</summary>
public class StructuredLoggingOptions
{
    public JsonSerializerOptions OverrideSerializerOptions { get; set; }
}
