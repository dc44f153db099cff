using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.ApplicationLoadBalancerEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Calls;

/// <summary>A function behind an Application Load Balancer (L-1 to L-5).</summary>
public class LoadBalancerTests
{
    private static HttpRequestMessage Get(string address = "/orders%20all/7?a=1&b=x%20y&a=2&flag") =>
        new(HttpMethod.Get, new Uri(address, UriKind.Relative)) { Headers = { { "X-Two", ["1", "2"] }, { "Accept", "text/html" } } };

    private static async Task<(ApplicationLoadBalancerRequest Request, HttpResponseMessage Response)> SendAsync(
        HttpRequestMessage request,
        bool multiValueHeaders,
        ApplicationLoadBalancerResponse response
    )
    {
        ApplicationLoadBalancerRequest? seen = null;
        await using var host = new LambdaTestHost();
        using var balancer = host.LoadBalancer(
            new(
                "web",
                (ApplicationLoadBalancerRequest input) =>
                {
                    seen = input;
                    return response;
                }
            ),
            multiValueHeaders
        );
        var answer = await balancer.SendAsync(request);
        return (seen!, answer);
    }

    private static async Task<(HttpStatusCode Status, string? Reason)> AnswerAsync(string json, bool multiValueHeaders = false)
    {
        await using var host = new LambdaTestHost();
        using var balancer = host.LoadBalancer(new("web", () => new MemoryStream(Encoding.UTF8.GetBytes(json))), multiValueHeaders);
        var response = await balancer.SendAsync(Get());
        var run = await host.RunUntilIdleAsync();
        var told = Assert.Single(run.Events.OfType<LoadBalancerAnswered>());
        Assert.Equal((int)response.StatusCode, told.StatusCode);
        return (response.StatusCode, told.ErrorReason);
    }

    [Fact]
    public async Task L1_a_request_is_an_event_and_the_response_a_response()
    {
        var (request, response) = await SendAsync(
            Get(),
            multiValueHeaders: false,
            new()
            {
                StatusCode = 201,
                StatusDescription = "201 Made",
                Headers = new Dictionary<string, string> { ["Content-Type"] = "text/plain; charset=utf-8", ["X-Id"] = "7" },
                Body = "grün",
            }
        );

        Assert.Equal(("GET", "/orders%20all/7", ""), (request.HttpMethod, request.Path, request.Body));
        Assert.Equal("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef", request.RequestContext.Elb.TargetGroupArn);
        Assert.False(request.IsBase64Encoded);
        Assert.Equal([("a", "2"), ("b", "x%20y"), ("flag", "")], request.QueryStringParameters.Select(pair => (pair.Key, pair.Value)));
        Assert.Null(request.MultiValueHeaders);
        Assert.Null(request.MultiValueQueryStringParameters);
        Assert.Equal(("2", "text/html"), (request.Headers["x-two"], request.Headers["accept"]));
        Assert.Equal(
            ["accept", "host", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto", "x-two"],
            request.Headers.Keys.Order(StringComparer.Ordinal)
        );

        Assert.Equal((HttpStatusCode.Created, "Made"), (response.StatusCode, response.ReasonPhrase));
        Assert.Equal("grün", await response.Content.ReadAsStringAsync());
        Assert.Equal(("text/plain", "7"), (response.Content.Headers.ContentType!.MediaType, response.Headers.GetValues("X-Id").Single()));
    }

    [Fact]
    public async Task L2_with_multi_value_headers_all_values_go_both_ways()
    {
        var (request, response) = await SendAsync(
            Get(),
            multiValueHeaders: true,
            new()
            {
                StatusCode = 200,
                MultiValueHeaders = new Dictionary<string, IList<string>> { ["Set-Cookie"] = ["a=1", "b=2"] },
                Body = "AQID",
                IsBase64Encoded = true,
            }
        );

        Assert.Null(request.Headers);
        Assert.Null(request.QueryStringParameters);
        Assert.Equal(["1", "2"], request.MultiValueHeaders["x-two"]);
        Assert.Equal(["1", "2"], request.MultiValueQueryStringParameters["a"]);
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal([1, 2, 3], await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("application/json", null, "{}", false)]
    [InlineData("text/csv", null, "{}", false)]
    [InlineData("image/png", null, "e30=", true)]
    [InlineData("application/json", "gzip", "e30=", true)]
    public async Task L1_a_body_that_is_no_text_comes_as_base64(string type, string? encoding, string body, bool isBase64)
    {
        var content = new ByteArrayContent("{}"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);

        var (request, _) = await SendAsync(
            new(HttpMethod.Post, new Uri("http://shop.example/in")) { Content = content },
            multiValueHeaders: false,
            new() { StatusCode = 200 }
        );

        Assert.Equal(("POST", body, isBase64), (request.HttpMethod, request.Body, request.IsBase64Encoded));
        Assert.Equal(("shop.example", "2", type), (request.Headers["host"], request.Headers["content-length"], request.Headers["content-type"]));
    }

    [Theory]
    [InlineData("""{"statusCode":204}""", HttpStatusCode.NoContent)]
    [InlineData("""{"statusCode":200,"headers":null,"multiValueHeaders":null,"body":null}""", HttpStatusCode.OK)]
    [InlineData("""{"statusCode":200,"headers":{"a":"b"},"multiValueHeaders":{"a":["b"]}}""", HttpStatusCode.OK)]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{}}""", HttpStatusCode.OK)]
    [InlineData("""{"statusCode":"200"}""", HttpStatusCode.BadGateway)]
    [InlineData("""{"StatusCode":200}""", HttpStatusCode.BadGateway)]
    [InlineData("""{"statusCode":1000}""", HttpStatusCode.BadGateway)]
    [InlineData("""{"statusCode":200.5}""", HttpStatusCode.BadGateway)]
    [InlineData("""{"statusCode":200,"headers":{"a":1}}""", HttpStatusCode.BadGateway)]
    [InlineData("""{"statusCode":200,"headers":["a"]}""", HttpStatusCode.BadGateway)]
    [InlineData("""{"statusCode":200,"body":{}}""", HttpStatusCode.BadGateway)]
    [InlineData("""{"statusCode":200,"body":"%","isBase64Encoded":true}""", HttpStatusCode.BadGateway)]
    [InlineData("""{"statusCode":200,"isBase64Encoded":"true"}""", HttpStatusCode.BadGateway)]
    [InlineData("[]", HttpStatusCode.BadGateway)]
    [InlineData("null", HttpStatusCode.BadGateway)]
    [InlineData("hello", HttpStatusCode.BadGateway)]
    [InlineData("", HttpStatusCode.BadGateway)]
    public async Task L3_a_response_of_the_wrong_shape_is_502(string json, HttpStatusCode status) =>
        Assert.Equal((status, status == HttpStatusCode.BadGateway ? "LambdaInvalidResponse" : null), await AnswerAsync(json));

    [Theory]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{"a":["b"]}}""", false)]
    [InlineData("""{"statusCode":200,"headers":{"a":"b"}}""", true)]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{"a":"b"}}""", true)]
    public async Task L3_headers_in_the_form_of_the_other_setting_are_502(string json, bool multiValueHeaders)
    {
        Assert.Equal((HttpStatusCode.BadGateway, "LambdaInvalidResponse"), await AnswerAsync(json, multiValueHeaders));
    }

    [Fact]
    public async Task L4_function_errors_and_throttles_are_502()
    {
        await using var host = new LambdaTestHost();
        using var failing = host.LoadBalancer(new("failing", () => throw new InvalidOperationException()));
        using var stopped = host.LoadBalancer(new("stopped", () => { }) { ReservedConcurrency = 0 });

        Assert.Equal(HttpStatusCode.BadGateway, (await failing.SendAsync(Get("/x"))).StatusCode);
        Assert.Contains("502 Bad Gateway", await (await stopped.SendAsync(Get("/x"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var run = await host.RunUntilIdleAsync();
        Assert.Equal(["LambdaUnhandled", "LambdaThrottling"], run.Events.OfType<LoadBalancerAnswered>().Select(told => told.ErrorReason));
        Assert.Contains("load balancer     GET /x → 502: LambdaUnhandled (L-4)", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L5_more_than_1_MB_is_413_on_the_way_in_and_502_on_the_way_out()
    {
        await using var host = new LambdaTestHost();
        var calls = 0;
        using var balancer = host.LoadBalancer(
            new(
                "web",
                () =>
                {
                    calls++;
                    return new ApplicationLoadBalancerResponse { StatusCode = 200, Body = new string('x', 1024 * 1024) };
                }
            )
        );

        var tooLarge = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(new string('x', (1024 * 1024) + 1)) };
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await balancer.SendAsync(tooLarge)).StatusCode);
        Assert.Equal(0, calls);
        Assert.Equal(HttpStatusCode.BadGateway, (await balancer.SendAsync(Get())).StatusCode);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task It_is_the_handler_of_an_HttpClient()
    {
        await using var host = new LambdaTestHost();
        using var balancer = host.LoadBalancer(
            new LambdaFunction(
                "web",
                (JsonElement input) => new ApplicationLoadBalancerResponse { StatusCode = 200, Body = input.GetProperty("path").GetString() }
            ).Takes(perInvocation: Seconds(1))
        );
        using var client = new HttpClient(balancer) { BaseAddress = balancer.Address };

        Assert.Equal("/a/b", await client.GetStringAsync(new Uri("a/b", UriKind.Relative)));
        Assert.Equal(Seconds(1), (await host.RunUntilIdleAsync()).End);
    }
}
