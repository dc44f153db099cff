namespace Amazon.Lambda.Core;

/// <summary>The X-Ray trace id of the current invocation.</summary>
public class LambdaTraceProvider
{
    public static string CurrentTraceId => Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID");
}
