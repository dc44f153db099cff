using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Answers an invocation.</summary>
public delegate Task<InvocationResponse> LambdaBootstrapHandler(InvocationRequest invocation);

/// <summary>Runs before the first invocation; false ends the function.</summary>
public delegate Task<bool> LambdaBootstrapInitializer();

/// <summary>The loop that asks the Lambda runtime API for invocations. There is none here, so <see cref="RunAsync"/> throws.</summary>
public class LambdaBootstrap : IDisposable
{
    public LambdaBootstrap(HttpClient httpClient, LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null) =>
        ArgumentNullException.ThrowIfNull(handler);

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapInitializer initializer = null)
        : this(null, handler, initializer) { }

    public LambdaBootstrap(LambdaBootstrapHandler handler, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(null, handler, initializer) { }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(null, handlerWrapper, initializer) { }

    public LambdaBootstrap(HandlerWrapper handlerWrapper, LambdaBootstrapOptions lambdaBootstrapOptions, LambdaBootstrapInitializer initializer = null)
        : this(null, handlerWrapper, initializer) { }

    public LambdaBootstrap(HttpClient httpClient, HandlerWrapper handlerWrapper, LambdaBootstrapInitializer initializer = null)
        : this(httpClient, handlerWrapper.Handler, initializer) { }

    public LambdaBootstrap(
        HttpClient httpClient,
        HandlerWrapper handlerWrapper,
        LambdaBootstrapOptions lambdaBootstrapOptions,
        LambdaBootstrapInitializer initializer = null
    )
        : this(httpClient, handlerWrapper, initializer) { }

    public static HttpClient ConstructHttpClient() => new() { Timeout = TimeSpan.FromHours(12) };

    public Task RunAsync(CancellationToken cancellationToken = default) => throw RuntimeApiClient.NoRuntimeApi();

    public void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>Runs the handler that a handler string names. There is no Lambda runtime API here, so <see cref="RunLambdaBootstrap"/> throws.</summary>
public class RuntimeSupportInitializer
{
    public RuntimeSupportInitializer(string handler) => ArgumentException.ThrowIfNullOrWhiteSpace(handler);

    public RuntimeSupportInitializer(string handler, LambdaBootstrapOptions lambdaBootstrapOptions)
        : this(handler) { }

    public Task RunLambdaBootstrap() => throw RuntimeApiClient.NoRuntimeApi();
}
