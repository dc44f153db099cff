using System.Net;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>A warehouse behind HTTP that takes its time, on a virtual clock.</summary>
/// <param name="clock">The clock.</param>
internal sealed class SlowWarehouse(TimeProvider clock) : HttpMessageHandler
{
    private readonly List<string> shipped = [];

    /// <summary>How long an answer takes.</summary>
    public TimeSpan Takes { get; init; }

    /// <summary>The order to which it never answers; null for none.</summary>
    public string? Hangs { get; init; }

    /// <summary>The orders in the order in which they were shipped: <c>A C B</c>.</summary>
    public string Shipped => string.Join(' ', shipped);

    /// <summary>A client of it.</summary>
    public HttpClient Client => new(this) { BaseAddress = new("https://warehouse.example") };

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var order = await request.Content!.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        // The answer goes on where the clock is moved: on another thread it would run beside the clock, which a deadline of the handler lets move.
        await Task.Delay(order == Hangs ? TimeSpan.FromHours(1) : Takes, clock, cancellationToken).ConfigureAwait(false);
        shipped.Add(order);
        return new(HttpStatusCode.OK);
    }
}
