using System.Net;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>Where the examples charge by HTTP: a charge without an idempotency key, or with a new one, is a new charge.</summary>
internal sealed class PaymentProvider : HttpMessageHandler
{
    private readonly HashSet<string> keys = [];
    private int questions;

    /// <summary>How many questions it answers before it is too busy for more.</summary>
    public int AnswersQuestions { get; init; } = int.MaxValue;

    /// <summary>How long a charge takes, and on which clock; none by default.</summary>
    public (TimeSpan Time, TimeProvider Clock)? Takes { get; init; }

    /// <summary>What was charged, in order.</summary>
    public List<string> Charged { get; } = [];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            if (++questions > AnswersQuestions)
                throw new HttpRequestException("The provider is busy.");
            return new(Charged.Count > 0 ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        }

        if (Takes is { } takes)
            await Task.Delay(takes.Time, takes.Clock, cancellationToken);
        var key = request.Headers.TryGetValues("Idempotency-Key", out var given) ? given.Single() : Guid.NewGuid().ToString();
        if (keys.Add(key))
            Charged.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
        return new(HttpStatusCode.OK);
    }
}
