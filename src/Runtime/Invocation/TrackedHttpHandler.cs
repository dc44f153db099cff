namespace AtLeastOnce.Runtime.Invocation;

/// <summary>HTTP requests of handlers as tracked calls.</summary>
internal sealed class TrackedHttpHandler(HttpMessageHandler real, TrackedCalls calls) : DelegatingHandler(real)
{
    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        calls.Begin(() => NameOf(request)) is { } call ? call.Run(() => base.Send(request, cancellationToken)) : base.Send(request, cancellationToken);

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        calls.Begin(() => NameOf(request)) is { } call
            ? call.RunAsync(() => SendWholeAsync(request, cancellationToken))
            : base.SendAsync(request, cancellationToken);

    // What is read after the call is not tracked, so a body of known length is read within it.
    private async Task<HttpResponseMessage> SendWholeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.Content.Headers.ContentLength is not null)
            await response.Content.LoadIntoBufferAsync().ConfigureAwait(false);
        return response;
    }

    // A query may hold secrets, and differs from run to run. The AWS SDK makes addresses that GetComponents refuses.
    private static string NameOf(HttpRequestMessage request) =>
        request.RequestUri switch
        {
            null => request.Method.Method,
            { IsAbsoluteUri: true } uri => $"{request.Method} {uri.Scheme}://{uri.Authority}{uri.AbsolutePath}",
            var uri => $"{request.Method} {uri.OriginalString.Split('?', 2)[0]}",
        };
}
