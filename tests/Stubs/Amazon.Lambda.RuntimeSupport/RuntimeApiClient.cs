using Amazon.Lambda.RuntimeSupport.Helpers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>What can be asked of and told to the Lambda runtime API.</summary>
public interface IRuntimeApiClient
{
    IConsoleLoggerWriter ConsoleLogger { get; }

    Task ReportInitializationErrorAsync(Exception exception, string errorType = null, CancellationToken cancellationToken = default);
    Task ReportInitializationErrorAsync(string errorType, CancellationToken cancellationToken = default);
    Task<InvocationRequest> GetNextInvocationAsync(CancellationToken cancellationToken = default);
    Task ReportInvocationErrorAsync(string awsRequestId, Exception exception, CancellationToken cancellationToken = default);
    Task RestoreNextInvocationAsync(CancellationToken cancellationToken = default);
    Task ReportRestoreErrorAsync(Exception exception, string errorType = null, CancellationToken cancellationToken = default);
    Task SendResponseAsync(string awsRequestId, Stream outputStream, CancellationToken cancellationToken = default);
}

/// <summary>The headers that come with an invocation.</summary>
public interface IRuntimeApiHeaders
{
    string AwsRequestId { get; }
    string TraceId { get; }
    string TenantId { get; }
}

/// <summary>The client of the Lambda runtime API, which is not there: every call throws <see cref="InvalidOperationException"/>.</summary>
public class RuntimeApiClient : IRuntimeApiClient
{
    public RuntimeApiClient(HttpClient httpClient) => ArgumentNullException.ThrowIfNull(httpClient);

    public IConsoleLoggerWriter ConsoleLogger { get; } = new LogLevelLoggerWriter(Console.Out, Console.Error);

    public Task ReportInitializationErrorAsync(Exception exception, string errorType = null, CancellationToken cancellationToken = default) =>
        throw NoRuntimeApi();

    public Task ReportInitializationErrorAsync(string errorType, CancellationToken cancellationToken = default) => throw NoRuntimeApi();

    public Task<InvocationRequest> GetNextInvocationAsync(CancellationToken cancellationToken = default) => throw NoRuntimeApi();

    public Task ReportInvocationErrorAsync(string awsRequestId, Exception exception, CancellationToken cancellationToken = default) => throw NoRuntimeApi();

    public Task RestoreNextInvocationAsync(CancellationToken cancellationToken = default) => throw NoRuntimeApi();

    public Task ReportRestoreErrorAsync(Exception exception, string errorType = null, CancellationToken cancellationToken = default) => throw NoRuntimeApi();

    public Task SendResponseAsync(string awsRequestId, Stream outputStream, CancellationToken cancellationToken = default) => throw NoRuntimeApi();

    internal static InvalidOperationException NoRuntimeApi() =>
        new("This is a look-alike of Amazon.Lambda.RuntimeSupport: it cannot reach the Lambda runtime API. Build with -p:UseAwsPackages=true to deploy.");
}

/// <summary>The Lambda runtime API answered with an error.</summary>
public class RuntimeApiClientException(
    string message,
    int statusCode,
    string response,
    Dictionary<string, IEnumerable<string>> headers,
    Exception innerException
) : Exception(message, innerException)
{
    public int StatusCode { get; private set; } = statusCode;
    public string Response { get; private set; } = response;
    public Dictionary<string, IEnumerable<string>> Headers { get; private set; } = headers;

    public override string ToString() => $"HTTP Response: \n\n{Response}\n\n{base.ToString()}";
}

/// <summary>The Lambda runtime API answered with an error that it describes.</summary>
public class RuntimeApiClientException<TResult>(
    string message,
    int statusCode,
    string response,
    Dictionary<string, IEnumerable<string>> headers,
    TResult result,
    Exception innerException
) : RuntimeApiClientException(message, statusCode, response, headers, innerException)
{
    public TResult Result { get; private set; } = result;
}
