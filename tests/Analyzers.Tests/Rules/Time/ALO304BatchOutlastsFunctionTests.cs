using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Time.TimeTest;
using AnalyzerConfig = AtLeastOnce.TestKit.AnalyzerConfig;
using Rule = AtLeastOnce.Analyzers.Rules.Time.ALO304BatchOutlastsFunction;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

/// <summary>The waits stand in texts that are analysed and never run: how long a handler says that it waits is what the rule reckons with.</summary>
public sealed class ALO304BatchOutlastsFunctionTests
{
    private const string Client = "private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };";
    private const string Send = "await http.GetAsync(message.Body);";
    private const string Loop = "{|#0:foreach|}";
    private const string LessTime = "Give a record's work less time than the function has";

    private static DiagnosticResult Finds(
        string total,
        string reckoning,
        string remedy,
        int timeout = 30,
        DiagnosticSeverity severity = DiagnosticSeverity.Warning,
        string path = "",
        string assumption = ""
    ) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithSeverity(severity)
            .WithArguments(total, reckoning, "HandleAsync", timeout, " (template.yaml(13,16))", "returns to the queue", "message", remedy, path, assumption);

    [Fact]
    public Task The_message_shows_the_sum_with_its_parts() =>
        VerifyAsync<Rule>(
            Reporting(Send + "\nawait Task.Delay(500);", Client, Loop),
            Template(),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithMessage(
                    "A full batch may take 55 s: 10 messages, each 5.5 s = 5 s (HttpClient.Timeout) + 0.5 s (Task.Delay). Lambda ends 'HandleAsync' after 30 s (template.yaml(13,16)), and the whole batch returns to the queue, with the messages that are done. Set BatchSize to 5 or less, or stop when context.RemainingTime runs out and report the rest."
                )
        );

    [Theory]
    [InlineData("6", "60")]
    [InlineData("1", "30")]
    [InlineData("10", "50")]
    [InlineData("!Ref Unknown", "30")]
    [InlineData("10", "!Ref Unknown")]
    [InlineData("!If [IsLive, 2, 10]", "30")]
    [InlineData("10", "!If [IsLive, 30, 60]")]
    public Task A_batch_that_fits_or_may_is_silent(string batchSize, string timeout) =>
        VerifyAsync<Rule>(Reporting(Send, Client), Template(timeout, batchSize, visibility: "900"));

    [Theory]
    [InlineData("7", "35 s", 7)]
    [InlineData("!If [IsLive, 20, 7]", "35 s", 7)]
    public Task The_mildest_of_the_possible_settings_counts(string batchSize, string total, int records) =>
        VerifyAsync<Rule>(
            Reporting(Send, Client, Loop),
            Template(batchSize: batchSize),
            Finds(total, $"{records} messages, each 5 s = 5 s (HttpClient.Timeout)", "Set BatchSize to 5 or less")
        );

    [Fact]
    public Task A_setting_that_rests_on_a_parameters_default_names_it() =>
        VerifyAsync<Rule>(
            Reporting(Send, Client, Loop),
            Template("!Ref Seconds"),
            Finds(
                "50 s",
                "10 messages, each 5 s = 5 s (HttpClient.Timeout)",
                "Set BatchSize to 5 or less",
                assumption: " This holds as long as the deployment keeps the default of parameter 'Seconds'."
            )
        );

    [Fact]
    public Task Defaults_of_clients_are_no_evidence() =>
        VerifyAsync<Rule>(Reporting(Send, "private readonly HttpClient http = new();"), Template("120", visibility: "900"));

    [Fact]
    public Task Calls_of_other_code_take_no_known_time() =>
        VerifyAsync<Rule>(Reporting("await orders.ShipAsync(message.Body);", "private readonly IOrders orders = null!;"), Template("3"));

    [Theory]
    // A retry loop, exponential: 1 + 2 + 4 between four attempts.
    [InlineData(
        "for (var attempt = 0; attempt < 4; attempt++)\n{\n    try\n    {\n        await http.GetAsync(message.Body);\n        break;\n    }\n    catch (HttpRequestException) when (attempt < 3)\n    {\n        await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)));\n    }\n}",
        "270 s",
        "each 27 s = 4 × 5 s (HttpClient.Timeout) + 1 s (Task.Delay) + 2 s (Task.Delay) + 4 s (Task.Delay)"
    )]
    // The same without a condition in its head.
    [InlineData(
        "for (var attempt = 1; ; attempt++)\n{\n    try\n    {\n        await http.GetAsync(message.Body);\n        break;\n    }\n    catch (HttpRequestException) when (attempt < 3)\n    {\n        await Task.Delay(2000 * attempt);\n    }\n}",
        "210 s",
        "each 21 s = 3 × 5 s (HttpClient.Timeout) + 2 s (Task.Delay) + 4 s (Task.Delay)"
    )]
    [InlineData(
        "var attempt = 0;\nwhile (attempt < 3)\n{\n    if (await orders.TryAsync(message.Body)) break;\n    attempt++;\n    await Task.Delay(TimeSpan.FromSeconds(attempt));\n}",
        "60 s",
        "each 6 s = 1 s (Task.Delay) + 2 s (Task.Delay) + 3 s (Task.Delay)"
    )]
    [InlineData(
        "var attempt = 0;\nwhile (true)\n{\n    if (await orders.TryAsync(message.Body) || ++attempt >= 4) break;\n    Thread.Sleep(2000);\n}",
        "60 s",
        "each 6 s = 3 × 2 s (Thread.Sleep)"
    )]
    [InlineData(
        "var attempt = 0;\ndo\n{\n    await Task.Delay(TimeSpan.FromSeconds(2));\n    attempt++;\n} while (attempt < 3);",
        "60 s",
        "each 6 s = 3 × 2 s (Task.Delay)"
    )]
    [InlineData(
        "foreach (var wait in new[] { 1, 2, 4 })\n{\n    if (await orders.TryAsync(message.Body)) break;\n    await Task.Delay(TimeSpan.FromSeconds(wait));\n}",
        "70 s",
        "each 7 s = 1 s (Task.Delay) + 2 s (Task.Delay) + 4 s (Task.Delay)"
    )]
    [InlineData("foreach (var wait in Waits) await Task.Delay(wait);", "70 s", "each 7 s = 1 s (Task.Delay) + 6 s (Task.Delay)")]
    [InlineData("await RetryAsync(() => http.GetAsync(message.Body), 3);", "170 s", "each 17 s = 3 × 5 s (HttpClient.Timeout) + 2 × 1 s (Task.Delay)")]
    public Task Hand_written_retries_are_counted_turn_by_turn(string statements, string total, string each) =>
        VerifyAsync<Rule>(
            Reporting(
                statements,
                Client
                    + "\nprivate readonly IOrders orders = null!;\nprivate static readonly TimeSpan[] Waits = { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6) };\n\n"
                    + "private static async Task RetryAsync(Func<Task> work, int attempts)\n{\n    for (var attempt = 1; attempt <= attempts; attempt++)\n    {\n"
                    + "        try\n        {\n            await work();\n            return;\n        }\n        catch (Exception) when (attempt < attempts)\n        {\n            await Task.Delay(1000);\n        }\n    }\n}",
                Loop
            ),
            Template(visibility: "900"),
            Finds(total, "10 messages, " + each, RemedyOf(each))
        );

    [Theory]
    [InlineData("while (!await orders.TryAsync(message.Body)) await Task.Delay(1000);")]
    [InlineData("for (var attempt = 0; attempt < message.Body.Length; attempt++) await Task.Delay(1000);")]
    [InlineData("var attempt = 0;\nwhile (attempt < 100)\n{\n    attempt += message.Body.Length;\n    await Task.Delay(1000);\n}")]
    [InlineData("foreach (var part in message.Body.Split(',')) await Task.Delay(1000);")]
    public Task A_loop_whose_turns_cannot_be_counted_counts_once(string statements) =>
        VerifyAsync<Rule>(Reporting(statements, "private readonly IOrders orders = null!;"), Template());

    [Theory]
    [InlineData("if (message.Body.Length > 5) await Task.Delay(2000); else await Task.Delay(4000);", "40 s", "each 4 s = 4 s (Task.Delay)")]
    [InlineData(
        "if (message.Body.Length > 5)\n{\n    await Task.Delay(5000);\n    continue;\n}\n\nawait Task.Delay(4000);",
        "50 s",
        "each 5 s = 5 s (Task.Delay)"
    )]
    [InlineData(
        "switch (message.Body.Length)\n{\n    case 1:\n        await Task.Delay(4000);\n        break;\n    default:\n        await Task.Delay(1000);\n        break;\n}\n\nawait Task.Delay(1000);",
        "50 s",
        "each 5 s = 4 s (Task.Delay) + 1 s (Task.Delay)"
    )]
    [InlineData("await Task.WhenAll(Task.Delay(4000), Task.Delay(3000));", "40 s", "each 4 s = 4 s (Task.Delay)")]
    [InlineData("await orders.ShipAsync(message.Body).WaitAsync(TimeSpan.FromSeconds(4));", "40 s", "each 4 s = 4 s (WaitAsync)")]
    [InlineData(
        "using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(4));\nawait http.GetAsync(message.Body, patience.Token);\nawait http.GetAsync(message.Body, patience.Token);",
        "40 s",
        "each 4 s = 4 s (CancellationTokenSource)"
    )]
    public Task What_can_happen_together_or_instead_is_not_added(string statements, string total, string each) =>
        VerifyAsync<Rule>(
            Reporting(statements, Client + "\nprivate readonly IOrders orders = null!;", Loop),
            Template(),
            Finds(total, "10 messages, " + each, RemedyOf(each))
        );

    [Theory]
    [InlineData("_ = Task.Delay(5000);")]
    [InlineData("var first = Task.Delay(5000);\nvar second = Task.Delay(5000);\nawait Task.WhenAny(first, second);")]
    [InlineData("Func<Task> later = () => Task.Delay(5000);")]
    [InlineData("await Task.Delay(Random.Shared.Next(5000));")]
    [InlineData("await Task.Delay(int.Parse(message.Body));")]
    public Task What_nobody_waits_for_and_what_is_not_spelled_out_takes_no_time(string statements) => VerifyAsync<Rule>(Reporting(statements), Template());

    [Theory]
    [InlineData(
        "new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.FromSeconds(1), BackoffType = DelayBackoffType.Exponential }).Build()",
        "120 s",
        "each 12 s = 5 s (HttpClient.Timeout) + 1 s (Polly retry delay) + 2 s (Polly retry delay) + 4 s (Polly retry delay)"
    )]
    [InlineData(
        "new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.FromSeconds(1) }).AddTimeout(TimeSpan.FromSeconds(4)).Build()",
        "140 s",
        "each 14 s = 3 × 4 s (Polly timeout) + 2 × 1 s (Polly retry delay)"
    )]
    [InlineData(
        "new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(6)).AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.FromSeconds(1) }).Build()",
        "60 s",
        "each 6 s = 6 s (Polly timeout)"
    )]
    [InlineData(
        "new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.FromSeconds(2), BackoffType = DelayBackoffType.Linear, MaxDelay = TimeSpan.FromSeconds(3) }).Build()",
        "130 s",
        "each 13 s = 5 s (HttpClient.Timeout) + 2 s (Polly retry delay) + 2 × 3 s (Polly retry delay)"
    )]
    [InlineData(
        "new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 3, Delay = TimeSpan.FromSeconds(60), UseJitter = true }).Build()",
        "50 s",
        "each 5 s = 5 s (HttpClient.Timeout)"
    )]
    public Task Pipelines_of_Polly(string pipeline, string total, string each) =>
        VerifyAsync<Rule>(
            Reporting(
                "await pipeline.ExecuteAsync(async token => { await http.GetAsync(message.Body, token); });",
                Client + $"\nprivate readonly ResiliencePipeline pipeline = {pipeline};",
                Loop
            ),
            Template(visibility: "900"),
            Finds(total, "10 messages, " + each, RemedyOf(each))
        );

    [Theory]
    [InlineData(
        "Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, attempt => TimeSpan.FromSeconds(Math.Pow(2, attempt)))",
        "190 s",
        "each 19 s = 5 s (HttpClient.Timeout) + 2 s (Polly retry delay) + 4 s (Polly retry delay) + 8 s (Polly retry delay)"
    )]
    [InlineData(
        "Policy.Handle<HttpRequestException>().WaitAndRetryAsync(new[] { TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3) })",
        "90 s",
        "each 9 s = 5 s (HttpClient.Timeout) + 1 s (Polly retry delay) + 3 s (Polly retry delay)"
    )]
    [InlineData(
        "Policy.WrapAsync(Policy.TimeoutAsync(6), Policy.Handle<HttpRequestException>().WaitAndRetryAsync(3, attempt => TimeSpan.FromSeconds(9)))",
        "60 s",
        "each 6 s = 6 s (Polly timeout)"
    )]
    public Task Policies_of_older_versions(string policy, string total, string each) =>
        VerifyAsync<Rule>(
            Reporting(
                "await policy.ExecuteAsync(() => http.GetAsync(message.Body));",
                Client + $"\nprivate static readonly AsyncPolicy policy = {policy};",
                Loop
            ),
            Template(visibility: "900"),
            Finds(total, "10 messages, " + each, RemedyOf(each))
        );

    [Fact]
    public Task Each_attempt_of_a_client_of_the_sdk_counts() =>
        VerifyAsync<Rule>(
            Reporting(
                "await translate.TranslateTextAsync(message.Body);",
                "private readonly IAmazonTranslate translate = new AmazonTranslateClient(new AmazonTranslateConfig { Timeout = TimeSpan.FromSeconds(2), MaxErrorRetry = 3 });",
                Loop
            ),
            Template(),
            Finds("80 s", "10 messages, each 8 s = 4 × 2 s (AmazonTranslateConfig.Timeout)", "Set BatchSize to 3 or less")
        );

    [Theory]
    [InlineData("new ParallelOptions { MaxDegreeOfParallelism = 3 }, ", "20 s", "10 messages, 3 at once, each 5 s", "Set BatchSize to 6 or less")]
    public Task Records_that_are_worked_on_together_share_the_time(string options, string total, string reckoning, string remedy) =>
        VerifyAsync<Rule>(
            Together($"await {{|#0:Parallel.ForEachAsync(batch.Records, {options}async (message, token) => await Task.Delay(5000, token))|}};"),
            Template("15"),
            Finds(total, reckoning + " = 5 s (Task.Delay)", remedy, timeout: 15)
        );

    [Fact]
    public Task All_at_once_take_as_long_as_one() =>
        VerifyAsync<Rule>(
            Together("await Task.WhenAll({|#0:batch.Records.Select(message => Task.Delay(5000))|});"),
            Template("4"),
            Finds("5 s", "10 messages at once, each 5 s = 5 s (Task.Delay)", LessTime, timeout: 4)
        );

    [Theory]
    [InlineData("await Task.WhenAll(batch.Records.Select(message => SendAsync(message)));")]
    [InlineData("await Parallel.ForEachAsync(batch.Records, async (message, token) => await http.GetAsync(message.Body));")]
    [InlineData(
        "await Parallel.ForEachAsync(batch.Records, new ParallelOptions { MaxDegreeOfParallelism = 5 }, async (message, token) => await http.GetAsync(message.Body));"
    )]
    [InlineData(
        "var tasks = new List<Task>();\n        foreach (var message in batch.Records) tasks.Add(SendAsync(message));\n        await Task.WhenAll(tasks);"
    )]
    [InlineData("foreach (var message in batch.Records.Take(2)) await SendAsync(message);")]
    [InlineData("foreach (var message in batch.Records.DistinctBy(message => message.Body)) await SendAsync(message);")]
    public Task Records_that_fit_when_they_are_worked_on_together_or_are_not_all_are_silent(string statements) =>
        VerifyAsync<Rule>(Together(statements), Template());

    [Fact]
    public Task The_first_timeout_of_a_handler_that_does_not_survive_it_ends_the_batch() =>
        VerifyAsync<Rule>(Together("foreach (var message in batch.Records) await SendAsync(message);"), Template());

    [Fact]
    public Task Waits_of_such_a_handler_add_up() =>
        VerifyAsync<Rule>(
            Together(
                "{|#0:foreach|} (var message in batch.Records)\n        {\n            await SendAsync(message);\n            await Task.Delay(4000);\n        }"
            ),
            Template(),
            Finds("45 s", "10 messages, each 9 s = 5 s (HttpClient.Timeout) + 4 s (Task.Delay)", "Set BatchSize to 3 or less")
        );

    [Fact]
    public Task A_loop_in_a_method_of_the_project_is_marked_by_its_way() =>
        VerifyAsync<Rule>(
            "public class OrdersFunction\n{\n    public async Task HandleAsync(SQSEvent batch) => await new Sender().SendAsync(batch.Records);\n}\n\n"
                + "public class Sender\n{\n    public async Task SendAsync(IReadOnlyList<SQSEvent.SQSMessage> messages)\n    {\n        {|#0:foreach|} (var message in messages) await Task.Delay(4000);\n    }\n}",
            Template(),
            Finds("40 s", "10 messages, each 4 s = 4 s (Task.Delay)", "Set BatchSize to 7 or less", path: " Reached from 'HandleAsync' → 'Sender.SendAsync'.")
        );

    [Theory]
    [InlineData("if (context.RemainingTime < TimeSpan.FromSeconds(6)) break;\n")]
    [InlineData("using var source = new CancellationTokenSource(context.RemainingTime);\n")]
    [InlineData("if (DateTime.UtcNow > deadline) break;\n")]
    [InlineData("Tell(context);\n")]
    public Task A_handler_that_looks_at_the_time_is_silent(string look) =>
        VerifyAsync<Rule>(
            Reporting(
                look + Send,
                Client
                    + "\nprivate readonly DateTime deadline = DateTime.UtcNow.AddSeconds(20);\nprivate static readonly Action<ILambdaContext> Tell = _ => { };",
                parameters: "SQSEvent batch, ILambdaContext context"
            ),
            Template()
        );

    [Fact]
    public Task A_token_for_the_whole_batch_is_no_time_of_one_record() =>
        VerifyAsync<Rule>(
            "public class OrdersFunction\n{\n    private readonly HttpClient http = new();\n\n    public async Task HandleAsync(SQSEvent batch)\n    {\n        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(25));\n"
                + "        foreach (var message in batch.Records)\n        {\n            await http.GetAsync(message.Body, patience.Token);\n            await Task.Delay(4000, patience.Token);\n        }\n    }\n}",
            Template()
        );

    [Fact]
    public Task Another_rule_speaks_of_one_call_that_outlasts_the_function() => VerifyAsync<Rule>(Reporting(Send, Client), Template("5"));

    [Fact]
    public async Task An_assumed_time_counts_for_calls_of_which_nothing_is_known_as_advice()
    {
        var test = Test<Rule>(
            Reporting("await orders.ShipAsync(message.Body);", "private readonly IOrders orders = null!;", Loop),
            Template(),
            Finds("40 s", "10 messages, each 4 s = 4 s (assumed for ShipAsync)", "Set BatchSize to 7 or less", severity: DiagnosticSeverity.Info)
        );
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Editor().Option("alo.assumed_seconds_per_call", "4"));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("0")]
    [InlineData("four")]
    [InlineData("901")]
    public async Task An_assumed_time_that_fits_or_does_not_parse_is_silent(string seconds)
    {
        var test = Test<Rule>(Reporting("await orders.ShipAsync(message.Body);", "private readonly IOrders orders = null!;"), Template());
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Editor().Option("alo.assumed_seconds_per_call", seconds));
        test.DisabledDiagnostics.Add("ALO500");
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_delay_of_the_users_own_is_silent() =>
        VerifyAsync<Rule>(
            Reporting("await Mine.Task.Delay(5000);")
                + "\n\npublic static class Mine\n{\n    public static class Task\n    {\n        public static System.Threading.Tasks.Task Delay(int wait) => System.Threading.Tasks.Task.CompletedTask;\n    }\n}",
            Template()
        );

    [Fact]
    public Task Without_a_template_nothing_is_known() => VerifyAsync<Rule>(Reporting("await Task.Delay(100_000);"), null);

    [Fact]
    public async Task A_stream_is_read_again()
    {
        var test = Test<Rule>(
            "public class StreamFunction\n{\n    public async Task HandleAsync(KinesisEvent batch)\n    {\n        {|#0:foreach|} (var record in batch.Records) await Task.Delay(1000);\n    }\n}",
            """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Clicks: { Type: AWS::Kinesis::Stream }
              ClicksFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Shop::Shop.StreamFunction::HandleAsync
                  Runtime: dotnet10
                  Timeout: 60
                  Events: { Clicks: { Type: Kinesis, Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: LATEST } } }
            """,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "A full batch may take 100 s: 100 records, each 1 s = 1 s (Task.Delay). Lambda ends 'HandleAsync' after 60 s (template.yaml(9,16)), and the whole batch is read again, with the records that are done. Set BatchSize to 59 or less, or stop when context.RemainingTime runs out and report the rest."
                )
        );
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

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
            "public class OrdersFunction { public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { for (var i = 0; i < ; i++) { await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, ",
            Template()
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static string RemedyOf(string each)
    {
        var seconds = double.Parse(each.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        return $"Set BatchSize to {(int)Math.Ceiling(30 / seconds) - 1} or less";
    }

    private static string Together(string statements) =>
        $$"""
            public class OrdersFunction
            {
                {{Client}}

                public async Task HandleAsync(SQSEvent batch)
                {
                    {{statements}}
                }

                private async Task SendAsync(SQSEvent.SQSMessage message) => await http.GetAsync(message.Body);
            }
            """;
}
