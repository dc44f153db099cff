using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>The handler's own serializer decides what is read and written .</summary>
public class SerializerTests
{
    /// <summary>Names its serializer with an attribute on the method.</summary>
    public sealed class UpperCaseFunction
    {
        [LambdaSerializer(typeof(MarkedSerializer))]
        public Result Handle(SQSEvent input) => new() { BatchItemFailures = [.. input.Records.Select(record => record.Body)] };
    }

    public sealed class Result
    {
        public IReadOnlyList<string> BatchItemFailures { get; init; } = [];
    }

    public sealed class MarkedSerializer : ILambdaSerializer
    {
        private readonly DefaultLambdaJsonSerializer inner = new();

        public T Deserialize<T>(Stream requestStream) => inner.Deserialize<T>(requestStream);

        public void Serialize<T>(T response, Stream responseStream)
        {
            responseStream.Write(" "u8);
            inner.Serialize(response, responseStream);
        }
    }

    private sealed class BrokenSerializer : ILambdaSerializer
    {
        public T Deserialize<T>(Stream requestStream) => throw new JsonException("cannot read");

        public void Serialize<T>(T response, Stream responseStream) => throw new JsonException("cannot write");
    }

    private sealed class WithoutConstructor(int value) : ILambdaSerializer
    {
        public T Deserialize<T>(Stream requestStream) => throw new InvalidOperationException($"{value}");

        public void Serialize<T>(T response, Stream responseStream) => throw new InvalidOperationException($"{value}");
    }

    private sealed class WrongFunction
    {
        [LambdaSerializer(typeof(WithoutConstructor))]
        public void Handle(SQSEvent input) => GC.KeepAlive(input);
    }

    private static async Task<EsmRun> RunAsync(LambdaFunction function, bool reports = false)
    {
        var queue = new SqsQueue("orders") { DeadLetter = new(new("dlq"), 1) };
        await using var host = new LambdaTestHost().Map(queue, function, m => m.ReportBatchItemFailures = reports);
        queue.Send("m");
        return await host.RunUntilIdleAsync();
    }

    [Fact]
    public async Task The_serializer_of_the_method_goes_before_that_of_the_assembly()
    {
        var run = await RunAsync(new("orders", new UpperCaseFunction().Handle));

        Assert.Equal(" {\"BatchItemFailures\":[\"m\"]}", run.Invocations[0].ResponseJson);
    }

    [Fact]
    public async Task The_serializer_given_goes_before_all_others()
    {
        var run = await RunAsync(new LambdaFunction("orders", new UpperCaseFunction().Handle).WithSerializer(new DefaultLambdaJsonSerializer()));

        Assert.Equal("{\"BatchItemFailures\":[\"m\"]}", run.Invocations[0].ResponseJson);
    }

    [Fact]
    public async Task X8_a_response_with_nothing_in_it_is_written_as_an_empty_list_and_an_item_without_id_as_an_empty_object()
    {
        var nothing = await RunAsync(new("orders", (SQSEvent _) => new SQSBatchResponse()), reports: true);
        var item = await RunAsync(new("orders", (SQSEvent _) => new SQSBatchResponse([new()])), reports: true);

        Assert.Equal(("""{"batchItemFailures":[]}""", "R-5"), (nothing.Invocations[0].ResponseJson, nothing.Invocations[0].Outcome!.Rule));
        Assert.Equal(("""{"batchItemFailures":[{}]}""", "R-9"), (item.Invocations[0].ResponseJson, item.Invocations[0].Outcome!.Rule));
    }

    [Fact]
    public async Task A_response_of_an_own_type_without_the_JSON_names_deletes_what_it_reports()
    {
        var run = await RunAsync(
            new("orders", (SQSEvent input) => new { BatchItemFailures = input.Records.Select(record => new { ItemIdentifier = record.MessageId }) }),
            reports: true
        );

        Assert.Equal(RecordFate.AcknowledgedAlthoughReported, run.Ledger("orders").Records[0].Fate);
        Assert.Equal("R-15", run.Invocations[0].Outcome!.Rule);
    }

    [Fact]
    public async Task A_serializer_that_fails_is_a_function_error_before_or_after_the_work()
    {
        var worked = false;
        var read = await RunAsync(new LambdaFunction("orders", (SQSEvent _) => worked = true).WithSerializer(new BrokenSerializer()));
        Assert.False(worked);
        var write = await RunAsync(new LambdaFunction("orders", () => worked = true).WithSerializer(new BrokenSerializer()));

        Assert.True(worked);
        Assert.Equal(("JsonException", "cannot read"), (read.Invocations[0].Error!.Type, read.Invocations[0].Error!.Message));
        Assert.Equal(("JsonException", "cannot write"), (write.Invocations[0].Error!.Type, write.Invocations[0].Error!.Message));
        Assert.Equal("sent 1 = dead-lettered 1", write.Ledger("orders").ToString());
    }

    [Fact]
    public async Task A_handler_without_a_declared_serializer_is_refused_with_what_to_do()
    {
        // A delegate over a type of the framework: its assembly declares no serializer.
        var handler = new List<SQSEvent>().Add;
        var exception = await Assert.ThrowsAsync<InvalidHandlerException>(() => RunAsync(new("orders", handler)));

        Assert.Equal(
            "Could not find the LambdaSerializerAttribute on the method 'System.Collections.Generic.List`1[["
                + typeof(SQSEvent).AssemblyQualifiedName
                + "]].Add' or on its assembly "
                + "'System.Private.CoreLib', which 'Amazon.Lambda.SQSEvents.SQSEvent' needs. Add [assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))] as in production, "
                + "or name the one that production uses for 'orders': .WithSerializer(new DefaultLambdaJsonSerializer())",
            exception.Message
        );
    }

    [Fact]
    public async Task The_host_gives_a_serializer_to_functions_that_declare_none()
    {
        List<SQSEvent> seen = [];
        var queue = new SqsQueue("orders");
        await using var host = new LambdaTestHost().Map(queue, new("orders", seen.Add)).WithSerializer(new DefaultLambdaJsonSerializer());
        queue.Send("m");
        await host.RunUntilIdleAsync();

        Assert.Equal("m", Assert.Single(seen).Records[0].Body);
    }

    [Fact]
    public async Task A_serializer_without_a_constructor_is_refused() =>
        Assert.Equal(
            $"The indicated serializer '{typeof(WithoutConstructor)}' does not define a public zero-parameter constructor.",
            (await Assert.ThrowsAsync<InvalidHandlerException>(() => RunAsync(new("orders", new WrongFunction().Handle)))).Message
        );

    [Fact]
    public void What_is_no_serializer_is_refused()
    {
        Assert.Contains(
            "does not implement Amazon.Lambda.Core.ILambdaSerializer",
            Assert.Throws<ArgumentException>(() => new LambdaFunction("orders", () => { }).WithSerializer("x")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => new LambdaTestHost().WithSerializer(1));
    }

    [Fact]
    public async Task A_response_above_6_MB_is_a_function_error()
    {
        var run = await RunAsync(new("orders", () => new MemoryStream(new byte[6_291_557])));

        Assert.Equal("Function.ResponseSizeTooLarge", run.Invocations[0].Error!.Type);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("orders").ToString());
    }
}
