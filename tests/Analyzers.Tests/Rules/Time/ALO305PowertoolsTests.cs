using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Time.TimeTest;
using Rule = AtLeastOnce.Analyzers.Rules.Time.ALO305RemainingTimeIgnored;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

/// <summary>Batches that Powertools goes through without a token that ends in time.</summary>
public sealed class ALO305PowertoolsTests
{
    private const string Injected = "private readonly Amazon.SQS.IAmazonSQS sqs = null!;";
    private const string Send = "await sqs.SendMessageAsync(new Amazon.SQS.Model.SendMessageRequest());";
    private const string Call = "{|#0:ProcessAsync|}";
    private const string GiveToken = "Give it a CancellationToken";
    private const string ReplaceAttribute = "Call ProcessAsync in place of the attribute, with a CancellationToken";

    private static DiagnosticResult Powertools => AnalyzerVerifier<Rule>.Diagnostic(new Rule().SupportedDiagnostics[1]).WithLocation(0);

    private static DiagnosticResult Finds(string remedy = GiveToken, string path = "") =>
        Powertools
            .WithSeverity(DiagnosticSeverity.Info)
            .WithArguments("HandleAsync", 10, "message", 30, " (template.yaml(13,16))", "returns to the queue", remedy, path, "");

    [Fact]
    public Task The_message_says_what_happens() =>
        VerifyAsync<Rule>(
            ByPowertools(Send, members: Injected, call: Call),
            Template(),
            Powertools.WithMessage(
                "'HandleAsync' has Powertools go through up to 10 messages without a token that ends in time: when the other side is slow, Lambda ends it after 30 s (template.yaml(13,16)), and the whole batch returns to the queue, with the messages that are done. Give it a CancellationToken, made from context.RemainingTime: what is not done by then is reported."
            )
        );

    [Fact]
    public Task A_batch_of_an_attribute() =>
        VerifyAsync<Rule>(ByAttribute(Send, Injected, opening: "{|#0:", closing: "|}"), Template(), Finds(ReplaceAttribute));

    [Theory]
    [InlineData(", CancellationToken.None")]
    [InlineData(", new ProcessingOptions()")]
    [InlineData(", new ProcessingOptions { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure }")]
    [InlineData(", new ProcessingOptions { BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 4 }")]
    public Task No_token_is_none_whatever_else_is_set(string arguments) =>
        VerifyAsync<Rule>(ByPowertools(Send, arguments, Injected, Call), Template(), Finds());

    [Theory]
    [InlineData(", new ProcessingOptions { BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 10 }")]
    [InlineData(", new ProcessingOptions { BatchParallelProcessingEnabled = true }")]
    public Task A_batch_that_is_worked_on_at_once_is_silent(string arguments) => VerifyAsync<Rule>(ByPowertools(Send, arguments, Injected), Template());

    [Theory]
    [InlineData(", source.Token", "using var source = new CancellationTokenSource(context.RemainingTime - TimeSpan.FromSeconds(5));")]
    [InlineData(
        ", new ProcessingOptions { CancellationToken = source.Token }",
        "using var source = new CancellationTokenSource(context.RemainingTime - TimeSpan.FromSeconds(5));"
    )]
    [InlineData(", source.Token", "using var source = new CancellationTokenSource(TimeSpan.FromSeconds(20));")]
    [InlineData(", source.Token", "using var source = new CancellationTokenSource(); source.CancelAfter(context.RemainingTime / 2);")]
    [InlineData(", Deadlines.Of(context)", "")]
    public Task A_token_is_silent(string arguments, string before) =>
        VerifyAsync<Rule>(
            ByPowertools(Send, arguments, Injected, before: before, parameters: "SQSEvent batch, ILambdaContext context")
                + "\n\npublic static class Deadlines\n{\n    public static CancellationToken Of(ILambdaContext context) => new(context.AwsRequestId.Length > 90);\n}",
            Template()
        );

    [Fact]
    public Task A_helper_that_hands_the_batch_over_is_named() =>
        VerifyAsync<Rule>(
            ByPowertools(Send, members: Injected, call: Call)
                .Replace("HandleAsync(SQSEvent batch)", "ShipAsync(SQSEvent batch)", StringComparison.Ordinal)
                .Replace(
                    "public class OrdersFunction\n{",
                    "public class OrdersFunction\n{\n    public async Task<BatchItemFailuresResponse> HandleAsync(SQSEvent batch) => await ShipAsync(batch);\n",
                    StringComparison.Ordinal
                ),
            Template(),
            Finds(path: " Reached from 'HandleAsync' → 'OrdersFunction.ShipAsync'.")
        );

    [Fact]
    public Task Work_that_is_not_known_to_wait_is_silent() => VerifyAsync<Rule>(ByPowertools("Console.WriteLine(message.Body);"), Template());

    [Fact]
    public Task A_mapping_that_does_not_read_reports_is_silent() => VerifyAsync<Rule>(ByPowertools(Send, members: Injected), Template(reports: false));

    [Fact]
    public Task A_batch_of_one_is_silent() => VerifyAsync<Rule>(ByPowertools(Send, members: Injected), Template(batchSize: "1"));

    [Fact]
    public Task A_response_that_is_thrown_away_is_silent() =>
        VerifyAsync<Rule>(
            ByPowertools(Send, members: Injected)
                .Replace("Task<BatchItemFailuresResponse> HandleAsync", "Task HandleAsync", StringComparison.Ordinal)
                .Replace("return result.BatchItemFailuresResponse;", "", StringComparison.Ordinal),
            Template()
        );

    [Fact]
    public Task Without_a_template_nothing_is_known() => VerifyAsync<Rule>(ByPowertools(Send, members: Injected), null);

    [Fact]
    public Task Incomplete_code_is_survived()
    {
        var test = Test<Rule>(
            "public class OrdersFunction { public async Task<BatchItemFailuresResponse> HandleAsync(SQSEvent batch) { await SqsBatchProcessor.Instance.ProcessAsync(batch, ",
            Template()
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
