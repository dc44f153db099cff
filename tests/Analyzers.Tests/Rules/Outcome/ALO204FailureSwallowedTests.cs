using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO204FailureSwallowedTests
{
    private const string ReturnAResponse = "Return SQSBatchResponse and report it, or let the exception through";
    private const string AddIt = "Add it to batchItemFailures";

    [Fact]
    public Task Log_and_go_on_loses_the_message() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
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
            }
            """,
            Finding("the failed message", ReturnAResponse)
        );

    [Theory]
    [InlineData("catch")]
    [InlineData("catch (Exception)")]
    [InlineData("catch (HttpRequestException)")]
    [InlineData("catch (TimeoutException)")]
    [InlineData("catch (TaskCanceledException)")]
    [InlineData("catch (Exception e) when (e is not OperationCanceledException)")]
    public Task Clauses_that_take_what_another_delivery_could_get_past(string clause) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {|#0:catch|}{{clause["catch".Length..]}}
                    {
                        log.LogError("failed");
                    }
                }
            }
            """,
            Finding("the failed message", ReturnAResponse)
        );

    [Theory]
    [InlineData("catch (DuplicateOrderException)")]
    [InlineData("catch (JsonException)")]
    [InlineData("catch (OperationCanceledException)")]
    [InlineData("catch (Exception e) when (e.Message == \"already shipped\")")]
    public Task A_named_condition_may_be_dropped(string clause) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {{clause}}
                    {
                        log.LogWarning("dropped");
                    }
                }
            }
            """
        );

    // Each of these deals with the failure in its own way.
    [Theory]
    [InlineData("throw;")]
    [InlineData("throw new InvalidOperationException(message.MessageId, exception);")]
    [InlineData("await orders.GiveUpAsync(message);")]
    [InlineData("await orders.GiveUpAsync(exception);")]
    [InlineData("await orders.GiveUpAsync(new SQSEvent.SQSMessage { Body = message.Body });")]
    [InlineData("await orders.GiveUpAsync(new SQSEvent.SQSMessage { Body = exception.Message });")]
    [InlineData("if (message.Body.Length > 3) throw;")]
    [InlineData("errors.Add(exception);")]
    [InlineData("failed = true;")]
    [InlineData("count++;")]
    [InlineData("last = exception;")]
    public Task What_a_clause_may_do_instead(string statement) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                var errors = new List<Exception>();
                var failed = false;
                var count = 0;
                Exception? last = null;
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception exception)
                    {
                        log.LogError(exception, "failed");
                        {{statement}}
                    }
                }

                if (failed) throw new InvalidOperationException();
                if (count > 0) throw new InvalidOperationException();
                if (last is not null) throw last;
                if (errors.Any()) throw new AggregateException(errors);
            }
            """
        );

    [Fact]
    public Task A_flag_that_nobody_reads_is_no_report() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<bool> HandleAsync(SQSEvent batch)
            {
                var succeeded = true;
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    {|#0:catch|} (Exception)
                    {
                        succeeded = false;
                    }
                }

                return succeeded;
            }
            """,
            Finding("the failed message", ReturnAResponse)
        );

    [Theory]
    [InlineData("failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });")]
    [InlineData("failures.Add(new() { ItemIdentifier = message.MessageId });")]
    [InlineData("ids.Add(message.MessageId);")]
    [InlineData("Fail(failures, message);")]
    [InlineData("response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });")]
    public Task Reported_in_some_way(string statement) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                var ids = new List<string>();
                var response = new SQSBatchResponse(failures);
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception exception)
                    {
                        log.LogError(exception, "failed");
                        {{statement}}
                    }
                }

                failures.AddRange(ids.Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id }));
                return response;
            }

            private static void Fail(List<SQSBatchResponse.BatchItemFailure> failures, SQSEvent.SQSMessage message) =>
                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
            """
        );

    [Fact]
    public Task Success_that_is_never_confirmed_is_reported_after_the_try() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records)
                {
                    var shipped = false;
                    try
                    {
                        await orders.ShipAsync(message.Body);
                        shipped = true;
                    }
                    catch (Exception exception)
                    {
                        log.LogError(exception, "failed");
                    }

                    if (!shipped) response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
                }

                return response;
            }
            """
        );

    [Fact]
    public Task A_handler_that_reports_others_but_not_this_one() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (JsonException)
                    {
                        response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                    {|#0:catch|} (Exception exception)
                    {
                        log.LogError(exception, "failed");
                    }
                }

                return response;
            }
            """,
            Finding("the failed message", AddIt)
        );

    [Fact]
    public Task Work_that_goes_on_with_the_message_after_the_catch_has_dealt_with_it() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.TryShipAsync(message.Body);
                    }
                    catch (Exception exception)
                    {
                        log.LogError(exception, "no shortcut");
                    }

                    await orders.ShipAsync(message.Body);
                }
            }
            """
        );

    [Fact]
    public Task Rethrown_after_finally() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    Exception? caught = null;
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception exception)
                    {
                        caught = exception;
                    }
                    finally
                    {
                        log.LogInformation("done");
                    }

                    if (caught != null) throw caught;
                }
            }
            """
        );

    [Fact]
    public Task With_batch_size_1_a_swallowed_exception_still_counts() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                var message = batch.Records[0];
                try
                {
                    await orders.ShipAsync(message.Body);
                }
                {|#0:catch|} (Exception)
                {
                }
            }
            """,
            HandlerTest.Template("BatchSize: 1"),
            Finding("the failed message", ReturnAResponse)
        );

    [Fact]
    public Task An_unknown_response_is_no_evidence() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<object> HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                    }
                }

                return new { batchItemFailures = Array.Empty<object>() };
            }
            """
        );

    [Fact]
    public Task Types_of_other_packages_are_no_events() =>
        AnalyzerVerifier<Rule>.VerifyAnalyzerAsync(
            """
            using System.Collections.Generic;
            using System.Threading.Tasks;

            namespace Mine;

            public class SQSEvent
            {
                public List<string> Records { get; set; } = new();
            }

            public class Function
            {
                public async Task HandleAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await Task.Delay(int.Parse(message));
                        }
                        catch
                        {
                        }
                    }
                }
            }
            """
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class Function { public void Handle() { try { int.Parse(\"1\"); } catch { } } }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = HandlerTest.Test<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.
                    }
                    catch (
                    {
            """,
            null
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static DiagnosticResult Finding(string what, string advice, string path = "") =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(what, "HandleAsync", advice, path).IgnoringAdditionalLocations();
}
