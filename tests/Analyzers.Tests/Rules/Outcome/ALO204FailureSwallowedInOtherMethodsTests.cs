using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO204FailureSwallowedInOtherMethodsTests
{
    private const string ReturnAResponse = "Return SQSBatchResponse and report it, or let the exception through";
    private const string LetThrough = "Let the exception through, or add it to batchItemFailures";

    [Fact]
    public Task Swallowed_in_a_private_method() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await ProcessAsync(message);
            }

            private async Task ProcessAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await orders.ShipAsync(message.Body);
                }
                {|#0:catch|} (Exception exception)
                {
                    log.LogError(exception, "failed");
                }
            }
            """,
            Finding("the failed message", ReturnAResponse, " Reached from 'HandleAsync' → 'OrdersFunction.ProcessAsync'.")
        );

    [Fact]
    public Task Swallowed_here_what_another_method_throws() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await ProcessAsync(message);
                    }
                    {|#0:catch|} (Exception exception)
                    {
                        log.LogError(exception, "failed");
                    }
                }
            }

            private async Task ProcessAsync(SQSEvent.SQSMessage message) => await orders.ShipAsync(message.Body);
            """,
            Finding("the failed message", ReturnAResponse)
        );

    [Theory]
    [InlineData("await ProcessAsync(message);", true)]
    [InlineData("_ = await ProcessAsync(message);", true)]
    [InlineData("if (!await ProcessAsync(message)) log.LogError(\"failed\");", true)]
    [InlineData("if (!await ProcessAsync(message)) throw new InvalidOperationException();", false)]
    [InlineData("if (!await ProcessAsync(message)) failures.Add(new() { ItemIdentifier = message.MessageId });", false)]
    [InlineData("var ok = await ProcessAsync(message); if (ok is false) failures.Add(new() { ItemIdentifier = message.MessageId });", false)]
    [InlineData("results[message.MessageId] = await ProcessAsync(message);", false)]
    public Task A_failure_returned_as_a_value(string statement, bool isLost) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                var results = new Dictionary<string, bool>();
                foreach (var message in batch.Records)
                {
                    {{statement}}
                }

                failures.AddRange(results.Where(result => !result.Value).Select(result => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = result.Key }));
                return new SQSBatchResponse(failures);
            }

            private async Task<bool> ProcessAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await orders.ShipAsync(message.Body);
                    return true;
                }
                {{(isLost ? "{|#0:catch|}" : "catch")}} (Exception exception)
                {
                    log.LogError(exception, "failed");
                    return false;
                }
            }
            """,
            isLost ? [Finding("the failed message", LetThrough, " Reached from 'HandleAsync' → 'OrdersFunction.ProcessAsync'.")] : []
        );

    [Theory]
    [InlineData("isStopped = isStopped || !await TryAsync(message);", false)]
    [InlineData("isStopped = !await TryAsync(message) || isStopped;", false)]
    [InlineData("isStopped |= !await TryAsync(message);", false)]
    [InlineData("isStopped = isStopped || await TryAsync(message);", true)]
    [InlineData("wasTried = wasTried || !await TryAsync(message);", true)]
    public Task A_flag_that_stops_and_reports_the_tail(string statement, bool isLost) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                var isStopped = false;
                var wasTried = false;
                foreach (var message in batch.Records)
                {
                    {{statement}}
                    if (isStopped)
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                }

                log.LogInformation($"{wasTried}");
                return new SQSBatchResponse(failures);
            }

            private async Task<bool> TryAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await orders.ShipAsync(message.Body);
                    return true;
                }
                {{(isLost ? "{|#0:catch|}" : "catch")}} (Exception)
                {
                    return false;
                }
            }
            """,
            isLost ? [Finding("the failed message", LetThrough, " Reached from 'HandleAsync' → 'OrdersFunction.TryAsync'.")] : []
        );

    [Theory]
    [InlineData(
        "BatchItemFailure?",
        "return new() { ItemIdentifier = message.MessageId };",
        "if (await ProcessAsync(message) is { } failure) failures.Add(failure);"
    )]
    [InlineData("string?", "return message.MessageId;", "var id = await ProcessAsync(message); if (id != null) failures.Add(new() { ItemIdentifier = id });")]
    public Task A_helper_returns_the_failure(string type, string onFailure, string use) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    {{use}}
                }

                return new SQSBatchResponse(failures);
            }

            private async Task<{{type.Replace("BatchItemFailure", "SQSBatchResponse.BatchItemFailure")}}> ProcessAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await orders.ShipAsync(message.Body);
                    return null;
                }
                catch (Exception exception)
                {
                    log.LogError(exception, "failed");
                    {{onFailure}}
                }
            }
            """
        );

    [Fact]
    public Task Swallowed_in_tasks_that_run_together() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                await Task.WhenAll(batch.Records.Select(async message =>
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {|#0:catch|} (Exception exception)
                    {
                        log.LogError(exception, "failed");
                    }
                }));
            }
            """,
            Finding("the failed message", ReturnAResponse)
        );

    [Fact]
    public Task Tasks_that_return_their_failures() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var results = await Task.WhenAll(batch.Records.Select(ProcessAsync));
                return new SQSBatchResponse(results.Where(failure => failure is not null).ToList()!);
            }

            private async Task<SQSBatchResponse.BatchItemFailure?> ProcessAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await orders.ShipAsync(message.Body);
                    return null;
                }
                catch (Exception)
                {
                    return new() { ItemIdentifier = message.MessageId };
                }
            }
            """
        );

    private static DiagnosticResult Finding(string what, string advice, string path = "") =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(what, "HandleAsync", advice, path).IgnoringAdditionalLocations();
}
