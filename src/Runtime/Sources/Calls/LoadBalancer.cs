using System.Net;
using System.Text;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Calls;

namespace AtLeastOnce.Runtime;

/// <summary>
/// An Application Load Balancer with a function as its target: requests become events, responses of the right shape become HTTP responses, and everything else is 502
/// (L-1 to L-5). It is the handler of an <see cref="HttpClient"/>.
/// </summary>
public sealed class LoadBalancer : HttpMessageHandler
{
    // L-5: of the request's body, and of the response's JSON.
    private const int MaximumBytes = 1024 * 1024;

    private readonly Simulation simulation;
    private readonly LambdaFunction function;
    private readonly bool multiValueHeaders;
    private readonly Func<LambdaFunction, byte[], Task<InvocationAnswer>> call;

    internal LoadBalancer(Simulation simulation, LambdaFunction function, bool multiValueHeaders, Func<LambdaFunction, byte[], Task<InvocationAnswer>> call)
    {
        this.simulation = simulation;
        this.function = function;
        this.multiValueHeaders = multiValueHeaders;
        this.call = call;
    }

    /// <summary>The address that relative requests are taken to be sent to.</summary>
    public Uri Address => new($"http://{function.Name}-0123456789.{simulation.Options.Region}.elb.amazonaws.com/");

    /// <summary>Sends a request; runs the host until the response is there.</summary>
    /// <param name="request">The request; a relative address is of the load balancer itself.</param>
    /// <returns>The function's response, or the load balancer's own: 413 for a body above 1 MB, 502 for everything that is no response.</returns>
    /// <inheritdoc cref="LambdaTestHost.RunUntilIdleAsync" path="/exception"/>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => SendAsync(request, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var address = new Uri(Address, request.RequestUri ?? Address);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response;
        string? reason = null;
        if (body.Length > MaximumBytes)
        {
            (response, reason) = (Own(HttpStatusCode.RequestEntityTooLarge), "LambdaRequestTooLarge");
        }
        else
        {
            var json = LoadBalancerRequest.Write(request, address, body, simulation, function, multiValueHeaders);
            var answer = await call(function, Encoding.UTF8.GetBytes(json)).ConfigureAwait(false);
            reason = Refusal(answer);
            var read = reason is null ? LoadBalancerResponse.Read(answer.Payload, multiValueHeaders, out reason) : null;
            response = read ?? Own(HttpStatusCode.BadGateway);
        }

        response.RequestMessage = request;
        Tell($"{request.Method} {address.AbsolutePath}", (int)response.StatusCode, reason);
        return response;
    }

    // L-4: the reasons as access logs name them.
    private static string? Refusal(InvocationAnswer answer) =>
        answer switch
        {
            { ThrottledBy: not null } => "LambdaThrottling",
            { Error: not null } => "LambdaUnhandled",
            _ when Encoding.UTF8.GetByteCount(answer.Payload) > MaximumBytes => "LambdaResponseTooLarge",
            _ => null,
        };

    private static HttpResponseMessage Own(HttpStatusCode status)
    {
        var title = status == HttpStatusCode.BadGateway ? "502 Bad Gateway" : "413 Request Entity Too Large";
        return new(status)
        {
            Content = new StringContent(
                $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n",
                Encoding.UTF8,
                "text/html"
            ),
        };
    }

    private void Tell(string request, int status, string? reason)
    {
        lock (simulation.Scheduler.Gate)
        {
            simulation.History.Add(new LoadBalancerAnswered(TimeSpan.FromTicks(simulation.CallerNow), function.Label, request, status, reason));
        }
    }
}
