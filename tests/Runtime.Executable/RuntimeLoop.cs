using System.Net;
using System.Net.Http.Json;
using System.Text;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Executable;

/// <summary>What a runtime does: it asks for an event, calls the handler, and posts what came of it.</summary>
internal sealed class RuntimeLoop(string address) : IDisposable
{
    private static readonly DefaultLambdaJsonSerializer Serializer = new();

    private readonly HttpClient client = new() { BaseAddress = new($"http://{address}/2018-06-01/runtime/"), Timeout = Timeout.InfiniteTimeSpan };

    public async Task RunAsync(OrdersHandler handler)
    {
        // What takes long happens before the function's timeout counts.
        Write(new([]));
        _ = Serializer.Deserialize<SQSEvent>(new MemoryStream("""{"Records":[{"body":"","attributes":{}}]}"""u8.ToArray()));
        while (true)
        {
            using var next = await client.GetAsync("invocation/next");
            next.EnsureSuccessStatusCode();
            var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
            var input = Serializer.Deserialize<SQSEvent>(await next.Content.ReadAsStreamAsync());
            try
            {
                var output = await handler.HandleAsync(input, next.Headers);
                await PostAsync($"invocation/{id}/response", new StreamContent(Write(output)));
            }
#pragma warning disable CA1031 // Whatever leaves the handler is a function error.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                await PostAsync($"invocation/{id}/error", Error(exception.GetType().Name, exception.Message));
            }
        }
    }

    public Task<HttpStatusCode> FailInitAsync(string type, string message) => PostAsync("init/error", Error(type, message));

    public async Task<HttpStatusCode> PostAsync(string path, HttpContent content)
    {
        using (content)
        {
            using var response = await client.PostAsync(path, content);
            return response.StatusCode;
        }
    }

    public void Dispose() => client.Dispose();

    private static JsonContent Error(string type, string message) => JsonContent.Create(new { errorType = type, errorMessage = message });

    private static MemoryStream Write(SQSBatchResponse response)
    {
        var stream = new MemoryStream();
        Serializer.Serialize(response, stream);
        stream.Position = 0;
        return stream;
    }
}
