using System.Reflection;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using Amazon.Lambda.TestUtilities;

namespace AtLeastOnce.Stubs.Tests;

public class RuntimeSupportTests
{
    private static readonly DefaultLambdaJsonSerializer Serializer = new();

    [Fact]
    public async Task A_wrapped_handler_reads_its_event_and_writes_its_response()
    {
        using var wrapper = HandlerWrapper.GetHandlerWrapper(
            (SQSEvent sqsEvent, ILambdaContext context) => Task.FromResult(Failed($"{sqsEvent.Records[0].MessageId} {context.AwsRequestId}")),
            Serializer
        );

        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"m r"}]}""", await Invoke(wrapper, """{"Records":[{"messageId":"m"}]}""", "r"));
    }

    [Fact]
    public async Task A_wrapped_handler_without_a_result_answers_nothing()
    {
        List<string> received = [];
        using var synchronous = HandlerWrapper.GetHandlerWrapper((string input) => received.Add(input), Serializer);
        using var asynchronous = HandlerWrapper.GetHandlerWrapper(async (Stream input) => received.Add(await new StreamReader(input).ReadToEndAsync()));

        Assert.Equal("", await Invoke(synchronous, "\"x\"", "r"));
        Assert.Equal("", await Invoke(asynchronous, "\"y\"", "r"));
        Assert.Equal(["x", "\"y\""], received);
    }

    [Fact]
    public async Task A_wrapped_handlers_exception_escapes()
    {
        using var wrapper = HandlerWrapper.GetHandlerWrapper(
            (string input) => input.Length > 0 ? throw new InvalidOperationException(input) : input,
            Serializer
        );

        Assert.Equal("poison", (await Assert.ThrowsAsync<InvalidOperationException>(() => Invoke(wrapper, "\"poison\"", "r"))).Message);
    }

    [Fact]
    public async Task A_bootstrap_is_built_but_says_that_it_cannot_run()
    {
        using var bootstrap = LambdaBootstrapBuilder.Create((SQSEvent sqsEvent) => Task.CompletedTask, Serializer).Build();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => bootstrap.RunAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith(
            "This is a look-alike of Amazon.Lambda.RuntimeSupport: it cannot reach the Lambda runtime API.",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    private static SQSBatchResponse Failed(string id) => new([new() { ItemIdentifier = id }]);

    // Only the runtime makes a request, so the constructor and the setters are not public.
    private static async Task<string> Invoke(HandlerWrapper wrapper, string json, string requestId)
    {
        using var request = (InvocationRequest)Activator.CreateInstance(typeof(InvocationRequest), nonPublic: true)!;
        Set(nameof(InvocationRequest.InputStream), new MemoryStream(Encoding.UTF8.GetBytes(json)));
        Set(nameof(InvocationRequest.LambdaContext), new TestLambdaContext { AwsRequestId = requestId });
        var response = await wrapper.Handler(request);
        using var reader = new StreamReader(response.OutputStream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        void Set(string property, object value) =>
            typeof(InvocationRequest).GetProperty(property, BindingFlags.Public | BindingFlags.Instance)!.SetMethod!.Invoke(request, [value]);
    }
}
