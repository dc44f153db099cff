using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>Every shape of handler, and every way to give it to a function.</summary>
public class HandlerShapeTests
{
    private static readonly List<string> Called = [];

    public HandlerShapeTests() => Called.Clear();

    private sealed class Orders
    {
        public List<string> Seen { get; } = [];

        public int Instance { get; } = ++Made;

        public static int Made { get; set; }

        public async Task<SQSBatchResponse> HandleAsync(SQSEvent input, ILambdaContext context)
        {
            await Task.CompletedTask;
            Seen.AddRange(Scenario.Bodies(input));
            return new([]);
        }

        public void Ambiguous(SQSEvent input) => Seen.Add(input.Records[0].Body);

        public void Ambiguous(SQSEvent input, ILambdaContext context) => Ambiguous(input);

        public T Generic<T>(T input) => input;

        private Task PrivateAsync(SQSEvent input)
        {
            Seen.Add("private " + input.Records[0].Body);
            return Task.CompletedTask;
        }

        public static void Static(SQSEvent input) => Called.Add(input.Records[0].Body);

        public async void AsyncVoid(SQSEvent input) => await Task.Yield();

        public void Params(params SQSEvent[] inputs) => Seen.Add($"{inputs.Length}");
    }

    private static async Task<EsmRun> RunAsync(LambdaFunction function)
    {
        var queue = new SqsQueue("orders");
        await using var host = new LambdaTestHost().Map(queue, function);
        queue.Send("m");
        return await host.RunUntilIdleAsync();
    }

    private static async Task AcknowledgesAsync(Delegate handler, string response)
    {
        var run = await RunAsync(new("orders", handler));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
        Assert.Equal(response, Assert.Single(run.Invocations).ResponseJson);
        Assert.Equal(["called"], Called);
    }

    private static void Call(bool isRight = true)
    {
        Assert.True(isRight);
        Called.Add("called");
    }

    [Fact]
    public Task Takes_nothing_and_returns_nothing() => AcknowledgesAsync(() => Call(), "");

    [Fact]
    public Task Takes_the_event() => AcknowledgesAsync((SQSEvent input) => Call(input.Records[0].Body == "m"), "");

    [Fact]
    public Task Takes_the_context() => AcknowledgesAsync((ILambdaContext context) => Call(context.FunctionName == "orders"), "");

    [Fact]
    public Task Takes_event_and_context() =>
        AcknowledgesAsync((SQSEvent input, ILambdaContext context) => Call(input.Records.Count == 1 && context.MemoryLimitInMB == 128), "");

    [Fact]
    public Task Returns_a_task() =>
        AcknowledgesAsync(
            async (SQSEvent _) =>
            {
                await Task.CompletedTask;
                Call();
            },
            ""
        );

    [Fact]
    public Task Returns_an_output() =>
        AcknowledgesAsync(
            (SQSEvent _) =>
            {
                Call();
                return new SQSBatchResponse([]);
            },
            """{"batchItemFailures":[]}"""
        );

    [Fact]
    public Task Returns_a_task_with_an_output() =>
        AcknowledgesAsync(
            async (SQSEvent _) =>
            {
                await Task.CompletedTask;
                Call();
                return new SQSBatchResponse([]);
            },
            """{"batchItemFailures":[]}"""
        );

    [Fact]
    public Task Returns_null() =>
        AcknowledgesAsync(
            SQSBatchResponse? (SQSEvent _) =>
            {
                Call();
                return null;
            },
            "null"
        );

    [Fact]
    public Task Returns_a_value() =>
        AcknowledgesAsync(
            (SQSEvent _) =>
            {
                Call();
                return 5;
            },
            "5"
        );

    [Fact]
    public Task Takes_and_returns_streams() =>
        AcknowledgesAsync(
            (Stream input) =>
            {
                using var reader = new StreamReader(input);
                Call(reader.ReadToEnd().StartsWith("""{"Records":[{"messageId":""", StringComparison.Ordinal));
                return new MemoryStream(Encoding.UTF8.GetBytes("""{"fine":1}"""));
            },
            """{"fine":1}"""
        );

    [Fact]
    public Task Returns_a_task_with_a_stream() =>
        AcknowledgesAsync(
            Task<Stream> (Stream _) =>
            {
                Call();
                return Task.FromResult<Stream>(new MemoryStream("[]"u8.ToArray()));
            },
            "[]"
        );

    [Fact]
    public Task Takes_a_type_of_its_own() => AcknowledgesAsync((Dictionary<string, object> input) => Call(input.ContainsKey("Records")), "");

    private sealed record OwnEvent(IReadOnlyList<OwnRecord> Records);

    private sealed record OwnRecord(string MessageId, string Body, string EventSource);

    private sealed record OwnResponse(IReadOnlyList<string> BatchItemFailures);

    [Fact]
    public Task Takes_and_returns_plain_types_with_the_fields_that_it_wants() =>
        AcknowledgesAsync(
            (OwnEvent input, ILambdaContext _) =>
            {
                Call(input.Records is [{ MessageId.Length: 36, Body: "m", EventSource: "aws:sqs" }]);
                return new OwnResponse([]);
            },
            """{"BatchItemFailures":[]}"""
        );

    /// <summary>As an annotated function is written: services before and after the event.</summary>
    private static async Task<SQSBatchResponse> HandleAsync(Action call, SQSEvent input, ILambdaContext context, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.Zero, cancellation);
        if (input.Records.Count == 1 && context.FunctionName == "orders")
            call();
        return new([]);
    }

    [Fact]
    public Task More_parameters_are_injected_by_a_lambda_expression() =>
        AcknowledgesAsync(
            (SQSEvent input, ILambdaContext context) => HandleAsync(() => Call(), input, context, CancellationToken.None),
            """{"batchItemFailures":[]}"""
        );

    [Fact]
    public async Task A_factory_makes_a_handler_for_each_execution_environment()
    {
        Orders.Made = 0;
        var run = await RunAsync(new("orders", () => new Orders().HandleAsync));

        Assert.Equal(1, Orders.Made);
        Assert.Equal("""{"batchItemFailures":[]}""", run.Invocations[0].ResponseJson);
    }

    [Fact]
    public async Task A_method_of_an_instance_is_a_handler()
    {
        var orders = new Orders();
        await RunAsync(new("orders", orders.HandleAsync));

        Assert.Equal(["m"], orders.Seen);
    }

    [Fact]
    public async Task An_instance_and_the_name_of_its_method_are_a_handler()
    {
        var orders = new Orders();
        await RunAsync(new("orders", orders, "HandleAsync"));
        await RunAsync(new("orders", orders, "PrivateAsync"));
        await RunAsync(new("orders", orders, "Static"));

        Assert.Equal(["m", "private m"], orders.Seen);
        Assert.Equal(["m"], Called);
    }

    [Fact]
    public async Task The_host_takes_handlers_the_same_ways()
    {
        var orders = new Orders();
        foreach (
            var handle in new Func<LambdaTestHost, LambdaTestHost>[]
            {
                host => host.Handle("orders", () => orders.HandleAsync),
                host => host.Handle("orders", orders.HandleAsync),
                host => host.Handle("orders", (SQSEvent input) => orders.Seen.Add(input.Records[0].Body)),
                host => host.Handle("orders", orders, "PrivateAsync"),
            }
        )
        {
            var queue = new SqsQueue("orders");
            await using var host = handle(new LambdaTestHost().Map(queue, new("orders", () => throw new InvalidOperationException("replaced"))));
            queue.Send("m");
            Assert.Equal("sent 1 = acknowledged 1", (await host.RunUntilIdleAsync()).Ledger("orders").ToString());
        }

        Assert.Equal(["m", "m", "m", "private m"], orders.Seen);
    }

    [Fact]
    public void An_async_void_method_is_refused_in_the_words_of_Lambda()
    {
        var exception = Assert.Throws<InvalidHandlerException>(() => new LambdaFunction("orders", new Orders().AsyncVoid));

        Assert.Equal(
            "The method 'Void AsyncVoid(Amazon.Lambda.SQSEvents.SQSEvent)' cannot be used as a Lambda Handler because it is an 'async void' method. "
                + "Handler methods cannot be 'async void'. Please specify a method that is not 'async void'.",
            exception.Message
        );
    }

    [Fact]
    public async Task A_factory_of_an_async_void_method_is_refused_when_it_is_called()
    {
        var exception = await Assert.ThrowsAsync<InvalidHandlerException>(() => RunAsync(new("orders", () => new Orders().AsyncVoid)));

        Assert.Contains("is an 'async void' method", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_params_method_is_refused() =>
        Assert.Equal(
            "The method 'Void Params(Amazon.Lambda.SQSEvents.SQSEvent[])' cannot be used as a Lambda Handler because it is a 'params' method. "
                + "Please specify a method that does not use 'params'.",
            Assert.Throws<InvalidHandlerException>(() => new LambdaFunction("orders", new Orders().Params)).Message
        );

    private const string Accepted =
        " Lambda accepts a handler with no parameter, an input, an ILambdaContext, or an input and an ILambdaContext, in that order; it returns nothing, Task, an output "
        + "or Task<output>. Input and output are a Stream or whatever the serializer knows.";

    private static void IsRefused(Delegate handler, string message) =>
        Assert.Equal(message + Accepted, Assert.Throws<InvalidHandlerException>(() => new LambdaFunction("orders", handler)).Message);

    [Fact]
    public void More_than_two_parameters_are_refused() =>
        IsRefused(
            (SQSEvent _, ILambdaContext _, CancellationToken _) => { },
            "The handler 'void (SQSEvent, ILambdaContext, CancellationToken)' cannot be used: it has more than 2 parameters."
        );

    [Fact]
    public void A_second_parameter_that_is_not_the_context_is_refused() =>
        IsRefused(
            (SQSEvent _, CancellationToken _) => Task.CompletedTask,
            "The handler 'Task (SQSEvent, CancellationToken)' cannot be used: it has 2 parameters, but the second one is not of type 'Amazon.Lambda.Core.ILambdaContext'."
        );

    [Fact]
    public void The_context_in_front_is_refused() =>
        IsRefused(
            (ILambdaContext _, SQSEvent _) => { },
            "The handler 'void (ILambdaContext, SQSEvent)' cannot be used: it has 2 parameters, but the second one is not of type 'Amazon.Lambda.Core.ILambdaContext'."
        );

    [Fact]
    public void A_parameter_by_reference_is_refused() =>
        IsRefused((ref SQSEvent _) => { }, "The handler 'void (SQSEvent&)' cannot be used: it has a parameter by reference.");

    [Fact]
    public void An_unknown_method_is_refused_with_the_ones_there_are()
    {
        var exception = Assert.Throws<InvalidHandlerException>(() => new LambdaFunction("orders", new Orders(), "Handle"));

        Assert.Equal(
            "No method 'Handle' in Orders; it has HandleAsync, Ambiguous, Generic, PrivateAsync, Static, AsyncVoid, Params. Did you mean \"HandleAsync\"?",
            exception.Message
        );
    }

    [Fact]
    public void An_ambiguous_method_is_refused() =>
        Assert.Equal(
            "'Orders' has 2 methods 'Ambiguous'. Name the one that is the handler with a delegate: (SQSEvent input, ILambdaContext context) => function.Ambiguous(input, context).",
            Assert.Throws<InvalidHandlerException>(() => new LambdaFunction("orders", new Orders(), "Ambiguous")).Message
        );

    [Fact]
    public void A_generic_method_is_refused() =>
        Assert.Contains(
            "cannot be used as a Lambda Handler because it is a generic method.",
            Assert.Throws<InvalidHandlerException>(() => new LambdaFunction("orders", new Orders(), "Generic")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_handler_that_returns_no_task_fails_as_in_Lambda()
    {
        var run = await RunOnceAsync(Task? (SQSEvent _) => null);

        Assert.Equal("NullReferenceException", run.Invocations[0].Error!.Type);
    }

    [Fact]
    public async Task Any_exception_is_a_function_error_with_its_type_and_message()
    {
        var thrown = await RunOnceAsync(void (SQSEvent _) => throw new FormatException("bad \"body\""));
        var aggregate = await RunOnceAsync(
            Task (SQSEvent _) => Task.WhenAll(Task.FromException(new FormatException("first")), Task.FromException(new FormatException("second")))
        );
        var cancelled = await RunOnceAsync(Task (SQSEvent _) => Task.FromCanceled(new(canceled: true)));
        var plain = await RunOnceAsync(void (SQSEvent _) => throw new AggregateException("many", new FormatException("one")));

        Assert.Equal("""{"errorType":"FormatException","errorMessage":"bad \u0022body\u0022"}""", thrown.Invocations[0].Error!.ToJson());
        Assert.IsType<FormatException>(thrown.Invocations[0].Error!.Exception);
        Assert.Null(thrown.Invocations[0].ResponseJson);
        Assert.Equal(("FormatException", "first"), (aggregate.Invocations[0].Error!.Type, aggregate.Invocations[0].Error!.Message));
        Assert.Equal("TaskCanceledException", cancelled.Invocations[0].Error!.Type);
        Assert.Equal("AggregateException", plain.Invocations[0].Error!.Type);
        Assert.All([thrown, aggregate, cancelled, plain], run => Assert.Equal("R-20b", run.Invocations[0].Outcome!.Rule));
    }

    private static async Task<EsmRun> RunOnceAsync(Delegate handler)
    {
        await using var scenario = new Scenario(handler).WithMaxReceiveCount(1);
        return await scenario.RunAsync("m");
    }
}
