using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO205FailureEscapes;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>Methods that go through the batch and are told by a delegate what to do with a record.</summary>
public sealed class ALO205DelegatesTests
{
    private const string CatchesAll = "try { await orders.ShipAsync(message.Body); return true; } catch (Exception) { return false; }";
    private const string CatchesNothing = "await {|#0:orders.ShipAsync(message.Body)|}; return true;";

    [Theory]
    [InlineData("ProcessAsync")]
    [InlineData("message => ProcessAsync(message)")]
    [InlineData("async message => await ProcessAsync(message)")]
    [InlineData("process: ProcessAsync")]
    public Task One_that_catches_what_fails_lets_nothing_out(string passed) =>
        VerifyAsync(passed, CatchesAll, "results.Add((message.MessageId, await process(message)));");

    [Theory]
    [InlineData("process(message)")]
    [InlineData("process.Invoke(message)")]
    public Task One_that_catches_nothing_lets_it_out_where_it_is_called(string call) =>
        VerifyAsync("ProcessAsync", CatchesNothing, $"results.Add((message.MessageId, await {call}));", Finding(" → 'OrdersFunction.ProcessAsync'"));

    [Fact]
    public Task What_a_lambda_lets_out() =>
        VerifyAsync($"async message => {{ {CatchesNothing} }}", CatchesAll, "results.Add((message.MessageId, await process(message)));", Finding());

    [Fact]
    public Task The_loop_catches_what_the_delegate_lets_out() =>
        VerifyAsync(
            "ProcessAsync",
            "await orders.ShipAsync(message.Body); return true;",
            "try { results.Add((message.MessageId, await process(message))); } catch (Exception) { results.Add((message.MessageId, false)); }"
        );

    [Fact]
    public Task Passed_on_to_another_method() =>
        VerifyAsync(
            "ProcessAsync",
            CatchesAll,
            "results.Add((message.MessageId, await OneAsync(message, process)));",
            helper: "private static async Task<bool> OneAsync(SQSEvent.SQSMessage message, Func<SQSEvent.SQSMessage, Task<bool>> work) => await work(message);"
        );

    [Fact]
    public Task Called_by_a_lambda_of_the_loop()
    {
        const string Started = "results.AddRange(await Task.WhenAll(batch.Records.Select(async message => (message.MessageId, await process(message)))));";
        return VerifyAsync("ProcessAsync", CatchesAll, Started, loop: "");
    }

    [Fact]
    public Task Two_methods_for_one_helper()
    {
        const string Both = """
            public async Task<SQSBatchResponse> CancelAsync(SQSEvent batch) => await AllAsync(batch, CancelOneAsync);

            private async Task<bool> CancelOneAsync(SQSEvent.SQSMessage message)
            {
                await {|#0:orders.GiveUpAsync(message)|};
                return true;
            }
            """;
        return VerifyAsync(
            "ProcessAsync",
            CatchesAll,
            "results.Add((message.MessageId, await process(message)));",
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("CancelAsync", " Reached from 'CancelAsync' → 'OrdersFunction.AllAsync' → 'OrdersFunction.CancelOneAsync'.")
                .IgnoringAdditionalLocations(),
            helper: Both
        );
    }

    private static Task VerifyAsync(
        string passed,
        string work,
        string each,
        DiagnosticResult? expected = null,
        string helper = "",
        string loop = "foreach (var message in batch.Records)"
    ) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch) => await AllAsync(batch, {{passed}});

            private async Task<bool> ProcessAsync(SQSEvent.SQSMessage message)
            {
                {{work}}
            }

            {{helper}}

            private static async Task<SQSBatchResponse> AllAsync(SQSEvent batch, Func<SQSEvent.SQSMessage, Task<bool>> process)
            {
                var results = new List<(string Id, bool Ok)>();
                {{loop}}
                {
                    {{each}}
                }

                return new SQSBatchResponse(results.Where(result => !result.Ok).Select(result => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = result.Id }).ToList());
            }
            """,
            expected is null ? [] : [expected]
        );

    private static DiagnosticResult Finding(string further = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithArguments("HandleAsync", $" Reached from 'HandleAsync' → 'OrdersFunction.AllAsync'{further}.")
            .IgnoringAdditionalLocations();
}
