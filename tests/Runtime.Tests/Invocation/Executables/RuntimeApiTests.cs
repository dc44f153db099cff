using System.Net;
using System.Net.Sockets;
using System.Text;
using AtLeastOnce.Runtime.Invocation.Executables;

namespace AtLeastOnce.Runtime.Tests.Invocation.Executables;

/// <summary>The Runtime API as a client of any language meets it.</summary>
public sealed class RuntimeApiTests : IDisposable
{
    private readonly RuntimeApi api = new();
    private readonly HttpClient client;

    public RuntimeApiTests() => client = new() { BaseAddress = new($"http://{api.Address}/2018-06-01/runtime/"), Timeout = TimeSpan.FromMinutes(2) };

    public void Dispose()
    {
        client.Dispose();
        api.Dispose();
    }

    private static RuntimeEvent Event(string id, string body = "{}") => new(id, Encoding.UTF8.GetBytes(body), [("Lambda-Runtime-Aws-Request-Id", id)]);

    private static async Task<string> ToldAsync(HttpResponseMessage response) =>
        $"{(int)response.StatusCode} {response.ReasonPhrase} {await response.Content.ReadAsStringAsync()}";

    private async Task<string> PostAsync(string path, string body = "{}", string? errorType = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        if (errorType is not null)
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        using var response = await client.SendAsync(request);
        return await ToldAsync(response);
    }

    private const string Accepted = """202 Accepted {"status":"OK"}""";

    private static string WrongState(string from, string to) =>
        $$"""403 Forbidden {"errorType":"InvalidStateTransition","errorMessage":"State transition from {{from}} to {{to}} failed for runtime. Error: State transition is not allowed"}""";

    /// <summary>Has the runtime take an event.</summary>
    private async Task<RuntimeExchange> TakeAsync(string id = "a")
    {
        var exchange = api.Deliver(Event(id));
        using var response = await client.GetAsync("invocation/next");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return exchange;
    }

    [Fact]
    public async Task An_event_is_given_to_a_runtime_that_waits()
    {
        var next = client.GetAsync("invocation/next");
        await api.Asked;
        api.Deliver(Event("a", """{"text":"ü"}"""));

        using var response = await next;
        Assert.Equal("""200 OK {"text":"ü"}""", await ToldAsync(response));
        Assert.Equal(["a"], response.Headers.GetValues("Lambda-Runtime-Aws-Request-Id"));
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_invocation_is_over_when_the_runtime_asks_again_after_its_response()
    {
        var exchange = await TakeAsync();
        Assert.Equal(Accepted, await PostAsync("invocation/a/response", "[1]"));
        Assert.Equal(("[1]", null), (Encoding.UTF8.GetString(exchange.Answer!.Response), exchange.Answer.Error));
        Assert.False(exchange.Done.IsCompleted);

        var next = client.GetAsync("invocation/next");
        await exchange.Done;

        api.Deliver(Event("b"));
        (await next).Dispose();
    }

    [Theory]
    [InlineData("""{"errorType":"Orders.NoStock","errorMessage":"none","stackTrace":[]}""", "Runtime.Thrown", "Orders.NoStock", "none")]
    [InlineData("""{"errorMessage":"none"}""", "Runtime.Thrown", "Runtime.Thrown", "none")]
    [InlineData("{}", null, "Runtime.Unknown", "")]
    [InlineData("no stock", null, "Runtime.Unknown", "no stock")]
    [InlineData("[5]", "Runtime.Thrown", "Runtime.Thrown", "[5]")]
    public async Task An_error_has_the_type_of_its_body_or_of_its_header(string body, string? header, string type, string message)
    {
        var exchange = await TakeAsync();

        Assert.Equal(Accepted, await PostAsync("invocation/a/error", body, header));

        Assert.Equal(new FunctionError(type, message), exchange.Answer!.Error);
    }

    [Fact]
    public async Task An_error_at_the_start_is_told_before_the_first_event()
    {
        Assert.Equal(Accepted, await PostAsync("init/error", """{"errorType":"Orders.NoTable","errorMessage":"which?"}"""));

        Assert.Equal(new("Orders.NoTable", "which?"), await api.InitFailed);
    }

    [Fact]
    public async Task An_error_at_the_start_comes_too_late_after_the_first_event()
    {
        await TakeAsync();

        Assert.Equal(WrongState("Ready", "InitError"), await PostAsync("init/error"));
        Assert.False(api.InitFailed.IsCompleted);
    }

    [Fact]
    public async Task A_response_to_another_request_is_refused()
    {
        const string Refused = """400 Bad Request {"errorType":"InvalidRequestID","errorMessage":"Invalid request ID"}""";
        Assert.Equal(Refused, await PostAsync("invocation/a/response"));
        var exchange = await TakeAsync();

        Assert.Equal(Refused, await PostAsync("invocation/b/response"));
        Assert.Equal(Refused, await PostAsync("invocation/b/error"));
        Assert.Null(exchange.Answer);
    }

    [Fact]
    public async Task Only_the_first_answer_counts()
    {
        var exchange = await TakeAsync();
        await PostAsync("invocation/a/response", "1");

        Assert.Equal(WrongState("Ready", "InvocationResponse"), await PostAsync("invocation/a/response", "2"));
        Assert.Equal(WrongState("Ready", "InvocationErrorResponse"), await PostAsync("invocation/a/error", "2"));
        Assert.Equal("1", Encoding.UTF8.GetString(exchange.Answer!.Response));
    }

    [Fact]
    public async Task Who_has_an_event_gets_no_other_one()
    {
        await TakeAsync();
        using var response = await client.GetAsync("invocation/next");

        Assert.Equal(WrongState("Running", "Ready"), await ToldAsync(response));
    }

    [Fact]
    public async Task A_response_has_6_MB_at_most()
    {
        var most = await TakeAsync();
        Assert.Equal(Accepted, await PostAsync("invocation/a/response", new('x', 6_291_556)));
        Assert.Equal(6_291_556, most.Answer!.Response.Length);

        var more = api.Deliver(Event("b"));
        (await client.GetAsync("invocation/next")).Dispose();
        Assert.Equal(
            """413 Payload Too Large {"errorType":"RequestEntityTooLarge","errorMessage":"Exceeded maximum allowed payload size (6291556 bytes)."}""",
            await PostAsync("invocation/b/response", new('x', 6_291_557))
        );
        Assert.Equal("Function.ResponseSizeTooLarge", more.Answer!.Error!.Type);
    }

    [Theory]
    [InlineData("GET", "unknown", 404)]
    [InlineData("GET", "invocation/a/other", 404)]
    [InlineData("GET", "/2020-01-01/extension/event/next", 404)]
    [InlineData("POST", "invocation/next", 405)]
    [InlineData("GET", "invocation/a/response", 405)]
    public async Task What_the_API_does_not_have_is_refused(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_response_in_chunks_is_read()
    {
        var exchange = await TakeAsync();
        using var content = new StringContent("""{"batchItemFailures":[]}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "invocation/a/response") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"batchItemFailures":[]}""", Encoding.UTF8.GetString(exchange.Answer!.Response));
    }

    [Fact]
    public async Task A_client_that_expects_to_be_asked_for_the_body_is_asked()
    {
        var exchange = await TakeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "invocation/a/response") { Content = new StringContent("5") };
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("5", Encoding.UTF8.GetString(exchange.Answer!.Response));
    }

    [Fact]
    public async Task A_streamed_response_tells_of_an_error_in_its_trailers()
    {
        var exchange = await TakeAsync();
        var error = Convert.ToBase64String("""{"errorType":"Orders.Torn","errorMessage":"half way"}"""u8);
        var answer = await ExchangeAsync(
            "POST /2018-06-01/runtime/invocation/a/response HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                + "Trailer: Lambda-Runtime-Function-Error-Type\r\n\r\n2;x=1\r\nab\r\n1\r\nc\r\n0\r\n"
                + $"Lambda-Runtime-Function-Error-Type: Orders.Torn\r\nLambda-Runtime-Function-Error-Body: {error}\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 202 Accepted\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(new("Orders.Torn", "half way"), exchange.Answer!.Error);
    }

    [Theory]
    [InlineData("hello\r\n\r\n", "'hello' is no request of HTTP/1.1")]
    [InlineData("POST / HTTP/1.1\r\nno header\r\n\r\n", "'no header' is no header")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "'many' is no length")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "'-1' is no length")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "'zz' is no length")]
    public async Task What_is_no_HTTP_is_refused_and_the_connection_closed(string request, string why)
    {
        var answer = await ExchangeAsync(request);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith(new FunctionError("InvalidRequest", why).ToJson(), answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_of_HTTP_1_0_is_answered_and_its_connection_closed() =>
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", await ExchangeAsync("GET / HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task A_runtime_that_asks_again_gives_its_earlier_connection_up()
    {
        using var first = new TcpClient();
        await first.ConnectAsync(IPEndPoint.Parse(api.Address));
        await first.GetStream().WriteAsync("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        await api.Asked;
        var next = client.GetAsync("invocation/next");
        Assert.Equal(0, await first.GetStream().ReadAsync(new byte[1]));

        api.Deliver(Event("a"));
        using var response = await next;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_closed_API_lets_go_of_who_waits()
    {
        var next = client.GetAsync("invocation/next");
        await api.Asked;
        api.Dispose();

        await Assert.ThrowsAsync<HttpRequestException>(() => next);
        await api.DrainedAsync();
    }

    /// <summary>Sends bytes and reads until the connection is closed.</summary>
    private async Task<string> ExchangeAsync(string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPEndPoint.Parse(api.Address));
        await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(connection.GetStream());
        return await reader.ReadToEndAsync();
    }
}
