using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>Work on a record that the code which goes through the batch calls through a delegate.</summary>
public sealed class ALO204FailureSwallowedInDelegatesTests
{
    private const string Swallows = "try { await orders.ShipAsync(message.Body); } {|#0:catch|} (Exception exception) { log.LogError(exception, \"failed\"); }";
    private const string LetsOut = "try { await orders.ShipAsync(message.Body); } catch (Exception exception) { log.LogError(exception, \"failed\"); throw; }";

    [Theory]
    [InlineData("ProcessAsync", Swallows)]
    [InlineData("message => ProcessAsync(message)", Swallows)]
    [InlineData("ProcessAsync", LetsOut)]
    [InlineData("message => ProcessAsync(message)", LetsOut)]
    public Task In_a_method_that_the_loop_is_given(string passed, string work) =>
        VerifyAsync(
            $$"""
            public Task<SQSBatchResponse> HandleAsync(SQSEvent batch) => AllAsync(batch, {{passed}});

            private async Task ProcessAsync(SQSEvent.SQSMessage message)
            {
                {{work}}
            }

            private static async Task<SQSBatchResponse> AllAsync(SQSEvent batch, Func<SQSEvent.SQSMessage, Task> process)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await process(message);
                    }
                    catch (Exception)
                    {
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """,
            work == Swallows
                ? Finding(
                    "HandleAsync",
                    " → 'OrdersFunction.AllAsync' → 'OrdersFunction.ProcessAsync'",
                    "Let the exception through, or add it to batchItemFailures"
                )
                : null
        );

    [Theory]
    [InlineData(Swallows)]
    [InlineData(LetsOut)]
    public Task In_a_lambda_that_a_variable_holds(string work) =>
        VerifyAsync(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                Func<SQSEvent.SQSMessage, Task> process = async message =>
                {
                    {{work}}
                };
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await process(message);
                    }
                    catch (Exception)
                    {
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(failures);
            }
            """,
            work == Swallows ? Finding("HandleAsync", "") : null
        );

    [Theory]
    [InlineData(Swallows, "await Handler(batch);")]
    [InlineData(Swallows, "Func<Task> action = async () => await Handler(batch); await action();")]
    [InlineData(LetsOut, "await Handler(batch);")]
    [InlineData(LetsOut, "Func<Task> action = async () => await Handler(batch); await action();")]
    public Task In_the_method_that_a_property_hands_to_the_base_class(string work, string traced) =>
        VerifyAsync(
            $$"""
            public abstract class Traced<TEvent>
            {
                protected abstract Func<TEvent, Task> Handler { get; }

                public async Task FunctionHandler(TEvent batch)
                {
                    {{traced}}
                }
            }

            public sealed class Function : Traced<SQSEvent>
            {
                private readonly IOrders orders;
                private readonly ILambdaLogger log;

                public Function(IOrders orders, ILambdaLogger log) => (this.orders, this.log) = (orders, log);

                protected override Func<SQSEvent, Task> Handler => HandleAsync;

                public async Task HandleAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        {{work}}
                    }
                }
            }
            """,
            work == Swallows
                ? Finding("FunctionHandler", " → 'Function.HandleAsync'", "Return SQSBatchResponse and report it, or let the exception through")
                : null
        );

    [Theory]
    [InlineData("throw last!;", false)]
    [InlineData("throw new InvalidOperationException(\"given up\");", false)]
    [InlineData("log.LogError(last!, \"given up\");", true)]
    public Task In_a_method_that_tries_again(string afterwards, bool isSwallowed) =>
        VerifyAsync(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await RetryAsync(() => orders.ShipAsync(message.Body));
                    }
                    catch (Exception)
                    {
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(failures);
            }

            private async Task RetryAsync(Func<Task> action)
            {
                Exception? last = null;
                for (var attempt = 0; attempt < 3; attempt++)
                {
                    try
                    {
                        await action();
                        return;
                    }
                    {{(isSwallowed ? "{|#0:catch|}" : "catch")}} (Exception exception)
                    {
                        last = exception;
                    }
                }

                {{afterwards}}
            }
            """,
            isSwallowed ? Finding("HandleAsync", " → 'OrdersFunction.RetryAsync'", "Let the exception through, or add it to batchItemFailures") : null
        );

    private static Task VerifyAsync(string members, DiagnosticResult? expected) => HandlerTest.VerifyAsync<Rule>(members, expected is null ? [] : [expected]);

    private static DiagnosticResult Finding(string handler, string path, string advice = "Add it to batchItemFailures") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithArguments("the failed message", handler, advice, path.Length == 0 ? "" : $" Reached from '{handler}'{path}.")
            .IgnoringAdditionalLocations();
}
