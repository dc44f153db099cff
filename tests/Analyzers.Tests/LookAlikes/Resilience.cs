#nullable disable
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Microsoft.Extensions.DependencyInjection
{
    using Microsoft.Extensions.Http.Resilience;
    using Polly;

    public interface IServiceCollection { }

    public interface IHttpClientBuilder { }

    public static class HttpClientFactoryServiceCollectionExtensions
    {
        public static IHttpClientBuilder AddHttpClient(this IServiceCollection services, string name) => null;

        public static IHttpClientBuilder AddHttpClient(this IServiceCollection services, string name, Action<HttpClient> configureClient) => null;

        public static IHttpClientBuilder AddHttpClient<TClient>(this IServiceCollection services) => null;

        public static IHttpClientBuilder AddHttpClient<TClient>(this IServiceCollection services, Action<HttpClient> configureClient) => null;

        public static IHttpClientBuilder AddHttpClient<TClient, TImplementation>(
            this IServiceCollection services,
            Action<IServiceProvider, HttpClient> configureClient
        ) => null;

        public static IServiceCollection ConfigureHttpClientDefaults(this IServiceCollection services, Action<IHttpClientBuilder> configure) => null;
    }

    public static class HttpClientBuilderExtensions
    {
        public static IHttpClientBuilder ConfigureHttpClient(this IHttpClientBuilder builder, Action<HttpClient> configureClient) => null;
    }

    public static class ResilienceHttpClientBuilderExtensions
    {
        public static IHttpClientBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder) => null;

        public static IHttpClientBuilder AddStandardResilienceHandler(this IHttpClientBuilder builder, Action<HttpStandardResilienceOptions> configure) => null;

        public static IHttpClientBuilder AddResilienceHandler(
            this IHttpClientBuilder builder,
            string pipelineName,
            Action<ResiliencePipelineBuilder<HttpResponseMessage>> configure
        ) => null;
    }
}

namespace System.Net.Http
{
    public interface IHttpClientFactory
    {
        HttpClient CreateClient(string name);
    }

    public static class HttpClientFactoryExtensions
    {
        public static HttpClient CreateClient(this IHttpClientFactory factory) => null;
    }
}

namespace Microsoft.Extensions.Http.Resilience
{
    using Polly;

    public class HttpTimeoutStrategyOptions
    {
        public TimeSpan Timeout { get; set; }
    }

    public class HttpRetryStrategyOptions : RetryStrategyOptions<HttpResponseMessage> { }

    public class HttpStandardResilienceOptions
    {
        public HttpTimeoutStrategyOptions TotalRequestTimeout { get; set; }

        public HttpTimeoutStrategyOptions AttemptTimeout { get; set; }
    }
}

namespace Polly
{
    public enum DelayBackoffType
    {
        Constant,
        Linear,
        Exponential,
    }

    public class RetryStrategyOptions<T>
    {
        public int MaxRetryAttempts { get; set; }

        public TimeSpan Delay { get; set; }

        public TimeSpan? MaxDelay { get; set; }

        public DelayBackoffType BackoffType { get; set; }

        public bool UseJitter { get; set; }
    }

    public class RetryStrategyOptions : RetryStrategyOptions<object> { }

    public class ResiliencePipelineBuilder
    {
        public ResiliencePipeline Build() => null;
    }

    public class ResiliencePipelineBuilder<T> { }

    public static class RetryResiliencePipelineBuilderExtensions
    {
        public static ResiliencePipelineBuilder AddRetry(this ResiliencePipelineBuilder builder, RetryStrategyOptions options) => builder;

        public static ResiliencePipelineBuilder<T> AddRetry<T>(this ResiliencePipelineBuilder<T> builder, RetryStrategyOptions<T> options) => builder;

        public static TBuilder AddTimeout<TBuilder>(this TBuilder builder, TimeSpan timeout) => builder;
    }

    public sealed class ResiliencePipeline
    {
        public ValueTask ExecuteAsync(Func<CancellationToken, ValueTask> callback, CancellationToken cancellationToken = default) => default;
    }

    public static class Policy
    {
        public static PolicyBuilder Handle<TException>() => null;

        public static AsyncPolicy TimeoutAsync(int seconds) => null;

        public static AsyncPolicy WrapAsync(params AsyncPolicy[] policies) => null;
    }

    public class PolicyBuilder { }

    public class AsyncPolicy
    {
        public Task ExecuteAsync(Func<Task> action) => null;
    }

    public static class AsyncRetrySyntax
    {
        public static AsyncPolicy WaitAndRetryAsync(this PolicyBuilder builder, int retryCount, Func<int, TimeSpan> sleepDurationProvider) => null;

        public static AsyncPolicy WaitAndRetryAsync(this PolicyBuilder builder, IEnumerable<TimeSpan> sleepDurations) => null;
    }
}

namespace Amazon.Runtime
{
    public enum RequestRetryMode
    {
        Legacy,
        Standard,
        Adaptive,
    }

    public abstract class ClientConfig
    {
        public TimeSpan? Timeout { get; set; }

        public int MaxErrorRetry { get; set; }

        public RequestRetryMode RetryMode { get; set; }
    }
}

namespace Amazon.Translate
{
    public interface IAmazonTranslate
    {
        Task<object> TranslateTextAsync(string text, CancellationToken cancellationToken = default);
    }

    public class AmazonTranslateConfig : Amazon.Runtime.ClientConfig { }

    public class AmazonTranslateClient : IAmazonTranslate
    {
        public AmazonTranslateClient() { }

        public AmazonTranslateClient(AmazonTranslateConfig config) { }

        public Task<object> TranslateTextAsync(string text, CancellationToken cancellationToken = default) => null;
    }
}
