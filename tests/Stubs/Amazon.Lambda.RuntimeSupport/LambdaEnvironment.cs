using System.Collections;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Reads and sets environment variables.</summary>
public interface IEnvironmentVariables
{
    void SetEnvironmentVariable(string variable, string value);
    string GetEnvironmentVariable(string variable);
    IDictionary GetEnvironmentVariables();
}

/// <summary>What Lambda tells the process by environment variables.</summary>
public class LambdaEnvironment
{
    public string FunctionMemorySize { get; private set; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
    public string FunctionName { get; private set; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");
    public string FunctionVersion { get; private set; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");
    public string LogGroupName { get; private set; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");
    public string LogStreamName { get; private set; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");
    public string RuntimeServerHostAndPort { get; private set; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
    public string Handler { get; private set; } = Environment.GetEnvironmentVariable("_HANDLER");
    public string XAmznTraceId => Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
    public string ExecutionEnvironment => Environment.GetEnvironmentVariable("AWS_EXECUTION_ENV");
}
