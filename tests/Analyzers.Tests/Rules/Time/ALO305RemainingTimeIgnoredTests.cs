using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Time.TimeTest;
using Rule = AtLeastOnce.Analyzers.Rules.Time.ALO305RemainingTimeIgnored;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

public sealed class ALO305RemainingTimeIgnoredTests
{
    private const string Injected = "private readonly HttpClient http;\n\npublic OrdersFunction(HttpClient http) => this.http = http;";
    private const string Send = "await http.GetAsync(message.Body);";
    private const string Loop = "{|#0:foreach|}";

    private static DiagnosticResult Finds(int batchSize = 10, int timeout = 30, string path = "", string assumption = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithSeverity(DiagnosticSeverity.Info)
            .WithArguments("HandleAsync", batchSize, "message", timeout, " (template.yaml(13,16))", "returns to the queue", "the rest", path, assumption);

    [Fact]
    public Task The_message_says_what_happens() =>
        VerifyAsync<Rule>(
            Reporting(Send, Injected, Loop),
            Template(),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "'HandleAsync' goes through up to 10 messages without a look at context.RemainingTime: when the other side is slow, Lambda ends it after 30 s (template.yaml(13,16)), and the whole batch returns to the queue, with the messages that are done. Stop while there is time, and report the rest."
                )
        );

    [Theory]
    [InlineData("await http.PostAsync(message.Body, null);", Injected)]
    [InlineData(
        "await translate.TranslateTextAsync(message.Body);",
        "private readonly IAmazonTranslate translate;\n\npublic OrdersFunction(IAmazonTranslate translate) => this.translate = translate;"
    )]
    [InlineData("await sqs.SendMessageAsync(new Amazon.SQS.Model.SendMessageRequest());", "private readonly Amazon.SQS.IAmazonSQS sqs = null!;")]
    [InlineData("await command.ExecuteNonQueryAsync();", "private readonly System.Data.Common.DbCommand command = null!;")]
    [InlineData("await SendAsync(message);", Injected + "\n\nprivate async Task SendAsync(SQSEvent.SQSMessage message) => await http.GetAsync(message.Body);")]
    public Task Work_that_waits_for_another_system(string work, string members) => VerifyAsync<Rule>(Reporting(work, members, Loop), Template(), Finds());

    [Theory]
    [InlineData("await orders.ShipAsync(message.Body);", "private readonly IOrders orders = null!;")]
    [InlineData("Console.WriteLine(message.Body);", "")]
    [InlineData("_ = http.GetAsync(message.Body);", Injected)]
    [InlineData(Send, "private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };")]
    public Task Work_that_is_not_known_to_wait_or_known_to_fit_is_silent(string work, string members) =>
        VerifyAsync<Rule>(Reporting(work, members), Template());

    [Theory]
    [InlineData("1", "30")]
    [InlineData("!Ref Unknown", "30")]
    [InlineData("10", "!Ref Unknown")]
    public Task A_batch_of_one_or_an_unknown_setting_is_silent(string batchSize, string timeout) =>
        VerifyAsync<Rule>(Reporting(Send, Injected), Template(timeout, batchSize, visibility: "900"));

    [Fact]
    public Task The_largest_batch_is_named() =>
        VerifyAsync<Rule>(Reporting(Send, Injected, Loop), Template(batchSize: "!If [IsLive, 7, 20]", window: "1"), Finds(20));

    [Fact]
    public Task A_mapping_that_does_not_read_reports_is_silent() => VerifyAsync<Rule>(Reporting(Send, Injected), Template(reports: false));

    [Fact]
    public Task A_handler_that_cannot_report_is_silent() =>
        VerifyAsync<Rule>(
            $"public class OrdersFunction\n{{\n    {Injected}\n\n    public async Task HandleAsync(SQSEvent batch)\n    {{\n        foreach (var message in batch.Records) {Send}\n    }}\n}}",
            Template()
        );

    [Theory]
    [InlineData("if (context.RemainingTime < TimeSpan.FromSeconds(5)) break;\n" + Send)]
    [InlineData(
        "using var source = new CancellationTokenSource(context.RemainingTime - TimeSpan.FromSeconds(1));\nawait http.GetAsync(message.Body, source.Token);"
    )]
    [InlineData("Look(context);\n" + Send)]
    [InlineData("if (clock.ElapsedMilliseconds > 20_000) break;\n" + Send)]
    public Task A_handler_that_looks_at_the_time_is_silent(string work) =>
        VerifyAsync<Rule>(
            Reporting(
                work,
                Injected
                    + "\n\nprivate readonly System.Diagnostics.Stopwatch clock = new();\n\nprivate static void Look(ILambdaContext context) => Console.WriteLine(context.RemainingTime);",
                parameters: "SQSEvent batch, ILambdaContext context"
            ),
            Template()
        );

    [Fact]
    public Task A_context_that_is_only_logged_with_is_no_look() =>
        VerifyAsync<Rule>(
            Reporting("context.Logger.LogInformation(message.MessageId);\n" + Send, Injected, Loop, "SQSEvent batch, ILambdaContext context"),
            Template(),
            Finds()
        );

    [Theory]
    [InlineData("private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };")]
    [InlineData("private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };")]
    [InlineData("private readonly HttpClient http = new();")]
    public Task Where_another_rule_speaks_of_the_time_it_is_silent(string members) => VerifyAsync<Rule>(Reporting(Send, members), Template());

    [Fact]
    public Task Work_on_all_records_at_once_is_silent() =>
        VerifyAsync<Rule>(
            $$"""
            public class OrdersFunction
            {
                {{Injected}}

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    await Task.WhenAll(batch.Records.Select(async message =>
                    {
                        try
                        {
                            {{Send}}
                        }
                        catch (Exception)
                        {
                            lock (failures) failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }));
                    return new SQSBatchResponse(failures);
                }
            }
            """,
            Template()
        );

    // The advice stands at the loop, in the name of the first handler; the other handler's own loop has its own.
    [Fact]
    public Task A_loop_that_two_handlers_come_to_is_spoken_about_once() =>
        VerifyAsync<Rule>(
            Reporting(Send, Injected, Loop)
                .Replace("HandleAsync(SQSEvent batch)", "ShipAllAsync(SQSEvent batch)", StringComparison.Ordinal)
                .Replace(
                    "public async Task<SQSBatchResponse> ShipAllAsync",
                    "public Task<SQSBatchResponse> HandleAsync(SQSEvent batch) => ShipAllAsync(batch);\n\n    public Task<SQSBatchResponse> HandleLateAsync(SQSEvent batch) => ShipAllAsync(batch);\n\n    private async Task<SQSBatchResponse> ShipAllAsync",
                    StringComparison.Ordinal
                ),
            Template() + Late,
            Finds(path: " Reached from 'HandleAsync' → 'OrdersFunction.ShipAllAsync'.")
        );

    [Fact]
    public Task Handlers_of_other_files_hear_of_it_where_they_call()
    {
        var test = Test<Rule>(
            "public class OrdersFunction\n{\n    private readonly Shipping shipping = null!;\n\n    public Task<SQSBatchResponse> HandleAsync(SQSEvent batch) => {|#0:shipping.ShipAllAsync(batch)|};\n\n    public Task<SQSBatchResponse> HandleLateAsync(SQSEvent batch) => {|#1:shipping.ShipAllAsync(batch)|};\n}",
            Template() + Late,
            Finds(path: " Reached from 'HandleAsync' → 'Shipping.ShipAllAsync'."),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(1)
                .WithArguments(
                    "HandleLateAsync",
                    10,
                    "message",
                    40,
                    " (template.yaml(28,16))",
                    "returns to the queue",
                    "the rest",
                    " Reached from 'HandleLateAsync' → 'Shipping.ShipAllAsync'.",
                    ""
                )
        );
        test.TestState.Sources.Add(
            (
                "Shipping.cs",
                "using System;\nusing System.Collections.Generic;\nusing System.Net.Http;\nusing System.Threading.Tasks;\nusing Amazon.Lambda.SQSEvents;\n\nnamespace Shop;\n\n"
                    + Reporting(Send, Injected)
                        .Replace("HandleAsync(SQSEvent batch)", "ShipAllAsync(SQSEvent batch)", StringComparison.Ordinal)
                        .Replace("OrdersFunction", "Shipping", StringComparison.Ordinal)
            )
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private const string Late = """

          LateFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Shop::Shop.OrdersFunction::HandleLateAsync
              Runtime: dotnet10
              Timeout: 40
              Events:
                Orders:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt OrdersQueue.Arn
                    FunctionResponseTypes: [ReportBatchItemFailures]
        """;

    [Fact]
    public Task Without_a_template_nothing_is_known() => VerifyAsync<Rule>(Reporting(Send, Injected), null);

    [Fact]
    public Task A_client_of_the_users_own_is_silent() =>
        VerifyAsync<Rule>(
            Reporting(Send, "private readonly Mine.HttpClient http = new();")
                + "\n\npublic static class Mine\n{\n    public class HttpClient\n    {\n        public Task GetAsync(string uri) => Task.CompletedTask;\n    }\n}",
            Template()
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class Function { public async System.Threading.Tasks.Task Handle(string[] bodies, System.Net.Http.HttpClient http) { foreach (var body in bodies) await http.GetAsync(body); } }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Incomplete_code_is_survived()
    {
        var test = Test<Rule>(
            "public class OrdersFunction { "
                + Injected
                + " public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { await http.GetAsync(message.",
            Template()
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
