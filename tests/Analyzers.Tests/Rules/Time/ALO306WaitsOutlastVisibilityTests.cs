using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Time.TimeTest;
using Rule = AtLeastOnce.Analyzers.Rules.Time.ALO306WaitsOutlastVisibility;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

public sealed class ALO306WaitsOutlastVisibilityTests
{
    private const string Wait = "await {|#0:Task.Delay(2000)|};";
    private const string Unmarked = "await Task.Delay(2000);";
    private const string Filling = " Before that they may wait 20 s for their batch to fill.";

    private static DiagnosticResult Finds(string total, string reckoning, string window, int visibility, string path = "", string assumption = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithArguments("HandleAsync", total, reckoning, window, "OrdersQueue", visibility, " (template.yaml(7,38))", path, assumption);

    [Fact]
    public Task The_message_says_what_happens() =>
        VerifyAsync<Rule>(
            Reporting(Wait),
            Template("30", visibility: "30", window: "20"),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithMessage(
                    "The waits of 'HandleAsync' for a full batch may take 20 s: 10 messages, each 2 s = 2 s (Task.Delay). Before that they may wait 20 s for their batch to fill. Queue 'OrdersQueue' shows its messages again 30 s (template.yaml(7,38)) after they were received: they are delivered a second time while this invocation still works on them. Leave retries to the queue and report the failed messages, or raise the visibility timeout."
                )
        );

    [Theory]
    [InlineData("30", "40", "20", "10")]
    [InlineData("30", "30", "10", "10")]
    [InlineData("30", "30", "20", "5")]
    [InlineData("30", "30", "0", "10")]
    [InlineData("30", "!Ref Unknown", "20", "10")]
    [InlineData("30", "30", "!Ref Unknown", "10")]
    [InlineData("30", "!If [IsLive, 30, 60]", "20", "10")]
    [InlineData("!Ref Unknown", "30", "0", "10")]
    public Task Waits_that_end_in_time_or_may_are_silent(string timeout, string visibility, string window, string batchSize) =>
        VerifyAsync<Rule>(Reporting(Unmarked), Template(timeout, batchSize, visibility, window));

    [Theory]
    [InlineData("var (wait, note) = (2000, message.Body);", true)]
    [InlineData("var wait = 2000; (wait, _) = (message.Body.Length, 0);", false)]
    [InlineData("var wait = 2000; if (int.TryParse(message.Body, out wait)) { }", false)]
    [InlineData("var wait = 2000; wait--;", false)]
    public Task A_wait_in_a_variable_counts_where_nothing_else_sets_it(string statements, bool isFound) =>
        isFound
            ? VerifyAsync<Rule>(
                Reporting(statements + "\nawait {|#0:Task.Delay(wait)|};"),
                Template("30", visibility: "30", window: "20"),
                Finds("20 s", "10 messages, each 2 s = 2 s (Task.Delay)", Filling, 30)
            )
            : VerifyAsync<Rule>(Reporting(statements + "\nawait Task.Delay(wait);"), Template("30", visibility: "30", window: "20"));

    [Fact]
    public Task The_visibility_timeout_alone_when_the_functions_timeout_is_not_known() =>
        VerifyAsync<Rule>(
            Reporting("await {|#0:Task.Delay(4000)|};"),
            Template("!Ref Unknown", visibility: "30"),
            Finds("40 s", "10 messages, each 4 s = 4 s (Task.Delay)", "", 30)
        );

    [Fact]
    public Task A_parameters_default_is_named() =>
        VerifyAsync<Rule>(
            Reporting(Wait),
            Template("30", visibility: "!Ref Seconds", window: "20"),
            Finds(
                "20 s",
                "10 messages, each 2 s = 2 s (Task.Delay)",
                Filling,
                30,
                assumption: " This holds as long as the deployment keeps the default of parameter 'Seconds'."
            )
        );

    [Fact]
    public Task The_longest_wait_of_a_retry_is_marked() =>
        VerifyAsync<Rule>(
            Reporting(
                "for (var attempt = 0; attempt < 3; attempt++)\n{\n    await {|#0:Task.Delay(TimeSpan.FromSeconds(attempt))|};\n}\n\nawait Task.Delay(500);"
            ),
            Template("60", visibility: "60", window: "30"),
            Finds(
                "35 s",
                "10 messages, each 3.5 s = 1 s (Task.Delay) + 2 s (Task.Delay) + 0.5 s (Task.Delay)",
                " Before that they may wait 30 s for their batch to fill.",
                60
            )
        );

    [Fact]
    public Task The_waits_of_a_pipeline_count() =>
        VerifyAsync<Rule>(
            Reporting(
                "await {|#0:pipeline.ExecuteAsync(async token => { await orders.ShipAsync(message.Body); })|};",
                "private readonly IOrders orders = null!;\nprivate readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder()"
                    + ".AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.FromSeconds(1) }).Build();"
            ),
            Template("30", visibility: "30", window: "20"),
            Finds("20 s", "10 messages, each 2 s = 2 × 1 s (Polly retry delay)", Filling, 30)
        );

    [Fact]
    public Task A_client_that_waits_for_an_answer_is_no_wait_of_the_handlers() =>
        VerifyAsync<Rule>(
            Reporting("await http.GetAsync(message.Body);", "private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(2) };"),
            Template("30", visibility: "30", window: "20")
        );

    [Fact]
    public Task A_batch_that_outlasts_the_function_is_another_rules() =>
        VerifyAsync<Rule>(Reporting("await Task.Delay(5000);"), Template("30", visibility: "30", window: "20"));

    [Fact]
    public Task What_AWS_refuses_is_another_rules() => VerifyAsync<Rule>(Reporting(Unmarked), Template("60", visibility: "30", window: "20"));

    [Fact]
    public Task A_handler_that_prolongs_the_visibility_is_silent() =>
        VerifyAsync<Rule>(
            Reporting("await sqs.ChangeMessageVisibilityAsync(message.ReceiptHandle, 60);\n" + Unmarked, "private readonly Amazon.SQS.IAmazonSQS sqs = null!;")
                .Replace("sqs.Change", "Change", StringComparison.Ordinal)
                .Replace(
                    "    public async",
                    "    private static Task ChangeMessageVisibilityAsync(string handle, int seconds) => Task.CompletedTask;\n\n    public async",
                    StringComparison.Ordinal
                ),
            Template("30", visibility: "30", window: "20")
        );

    [Fact]
    public Task A_handler_that_looks_at_the_time_is_silent() =>
        VerifyAsync<Rule>(
            Reporting("if (context.RemainingTime < TimeSpan.FromSeconds(6)) break;\n" + Unmarked, parameters: "SQSEvent batch, ILambdaContext context"),
            Template("30", visibility: "30", window: "20")
        );

    [Fact]
    public Task A_mapping_that_is_switched_off_is_silent() =>
        VerifyAsync<Rule>(
            Reporting(Unmarked),
            Template("30", visibility: "30", window: "20")
                .Replace("            BatchSize", "            Enabled: false\n            BatchSize", StringComparison.Ordinal)
        );

    [Fact]
    public Task Waits_of_the_users_own_are_silent() =>
        VerifyAsync<Rule>(
            Reporting("await Mine.Task.Delay(2000);")
                + "\n\npublic static class Mine\n{\n    public static class Task\n    {\n        public static System.Threading.Tasks.Task Delay(int wait) => System.Threading.Tasks.Task.CompletedTask;\n    }\n}",
            Template("30", visibility: "30", window: "20")
        );

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class Function { public async System.Threading.Tasks.Task Handle(string[] bodies) { foreach (var body in bodies) await System.Threading.Tasks.Task.Delay(9000); } }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Incomplete_code_is_survived()
    {
        var test = Test<Rule>(
            "public class OrdersFunction { public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { await Task.Delay(TimeSpan.",
            Template("30", visibility: "30", window: "20")
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
