using System.Net;
using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>HTTP requests as tracked calls.</summary>
public class HttpCallTests
{
    private sealed class Server : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri}");
            return new(HttpStatusCode.OK) { Content = new StringContent("answer") };
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(Send(request, cancellationToken));
    }

    private static async Task<EsmRun> RunAsync(Server server, Func<HttpClient, Delegate> handler, Action<Runtime.Faults>? set = null, TimeSpan? latency = null)
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(factory: () => handler(new(host!.WrapHttp(server, latency))));
        host = scenario.Host;
        set?.Invoke(host.Faults);
        return await scenario.RunAsync("m");
    }

    [Fact]
    public async Task Requests_are_named_without_their_query_and_take_their_latency()
    {
        var server = new Server();
        var run = await RunAsync(
            server,
            client =>
                async (SQSEvent _) =>
                {
                    var answer = await client.GetStringAsync(new Uri("https://shop.example:8443/orders/1?key=secret"));
                    using var posted = await client.PostAsync(new Uri("https://shop.example/orders"), new StringContent(answer));
                    using var sent = client.Send(new(HttpMethod.Delete, "https://shop.example/orders/1"));
                    return (int)sent.StatusCode;
                },
            latency: Seconds(0.5)
        );

        Assert.Equal(
            ["GET https://shop.example:8443/orders/1", "POST https://shop.example/orders", "DELETE https://shop.example/orders/1"],
            run.Events.OfType<WrappedCallMade>().Select(call => call.Call)
        );
        Assert.Equal([0, 0.5, 1], run.Events.OfType<WrappedCallMade>().Select(call => call.At.TotalSeconds));
        Assert.Equal("GET https://shop.example:8443/orders/1?key=secret", server.Requests[0]);
        Assert.Equal(("200", Seconds(1.5), false), (run.Invocations[0].ResponseJson, run.Invocations[0].End, run.UsedRealTime));
    }

    [Fact]
    public async Task A_request_can_be_the_last_thing_that_a_process_did()
    {
        var server = new Server();
        var run = await RunAsync(
            server,
            client =>
                async (SQSEvent _) =>
                {
                    await client.GetAsync(new Uri("https://a.example/first"));
                    await client.GetAsync(new Uri("https://a.example/second"));
                },
            faults => faults.CrashAfterEffect(on: effect => effect is { Call: "GET https://a.example/first", Invocation.Number: 1 })
        );

        Assert.Equal(["first", "first", "second"], server.Requests.Select(request => request.Split('/')[^1]));
        Assert.Equal(["Runtime.ExitError", null], run.Invocations.Select(invocation => invocation.Error?.Type));
    }

    [Fact]
    public async Task Code_of_an_invocation_that_is_over_sends_nothing()
    {
        var server = new Server();
        Exception? thrown = null;
        var run = await RunAsync(
            server,
            client =>
                (SQSEvent input) =>
                {
                    if (Count(input.Records[0]) > 1)
                        return;
                    try
                    {
                        client.Send(new(HttpMethod.Get, "https://a.example/first"));
                    }
                    finally
                    {
                        thrown = Record.Exception(() => client.Send(new(HttpMethod.Get, "https://a.example/second")));
                    }
                },
            latency: Seconds(10)
        );

        Assert.IsType<InvocationEndedException>(thrown);
        Assert.Single(server.Requests);
        Assert.Equal("Sandbox.Timedout", run.Invocations[0].Error!.Type);
    }

    [Fact]
    public async Task Requests_of_the_test_itself_pass_through()
    {
        var host = new LambdaTestHost();
        host.Faults.CrashBeforeEffect(probability: 1);
        using var client = new HttpClient(host.WrapHttp(new Server(), Seconds(5)));

        Assert.Equal("answer", await client.GetStringAsync(new Uri("https://a.example/"), TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentNullException>(() => host.WrapHttp(null!));
    }
}
