using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using static AtLeastOnce.Analyzers.Tests.Rules.Time.TimeTest;
using Rule = AtLeastOnce.Analyzers.Rules.Time.ALO304BatchOutlastsFunction;

namespace AtLeastOnce.Analyzers.Tests.Rules.Time;

/// <summary>Batches that Powertools goes through. The waits stand in texts that are analysed and never run.</summary>
public sealed class ALO304PowertoolsTests
{
    private const string Client = "private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };";
    private const string Send = "await http.GetAsync(message.Body);";
    private const string Call = "{|#0:ProcessAsync|}";
    private const string One = "10 messages, each 5 s = 5 s (HttpClient.Timeout)";
    private const string Five = "Set BatchSize to 5 or less";
    private const string Less = "Give a record's work less time than the function has";

    private static DiagnosticResult Finds(string total = "50 s", string reckoning = One, string remedy = Five) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithArguments(total, reckoning, "HandleAsync", 30, " (template.yaml(13,16))", "returns to the queue", "message", remedy, "", "");

    [Fact]
    public Task A_record_handler_of_a_call() => VerifyAsync<Rule>(ByPowertools(Send, members: Client, call: Call), Template(), Finds());

    [Fact]
    public Task A_record_handler_of_an_attribute() => VerifyAsync<Rule>(ByAttribute(Send, Client, opening: "{|#0:", closing: "|}"), Template(), Finds());

    [Theory]
    [InlineData("await http.GetAsync(message.Body, cancellationToken);")]
    [InlineData("await SendAsync(message.Body, cancellationToken);")]
    [InlineData("await SendAsync(message.Body);")]
    public Task The_token_of_a_record_handler_never_ends_when_none_is_passed(string work) =>
        VerifyAsync<Rule>(
            ByPowertools(
                work,
                members: Client
                    + "\n\nprivate async Task SendAsync(string order, CancellationToken cancellationToken = default) => await http.GetAsync(order, cancellationToken);",
                call: Call
            ),
            Template(),
            Finds()
        );

    [Theory]
    [InlineData("RecordHandler<SQSEvent.SQSMessage>.From(async message => { await http.GetAsync(message.Body); return RecordHandlerResult.None; })")]
    [InlineData("RecordHandler<SQSEvent.SQSMessage>.From(SendAsync)")]
    [InlineData("made")]
    public Task A_function_that_is_made_a_record_handler(string handler) =>
        VerifyAsync<Rule>(
            $$"""
            public class OrdersFunction
            {
                {{Client}}

                public async Task<BatchItemFailuresResponse> HandleAsync(SQSEvent batch)
                {
                    var made = RecordHandler<SQSEvent.SQSMessage>.From(SendAsync);
                    var result = await SqsBatchProcessor.Instance.{|#0:ProcessAsync|}(batch, {{handler}});
                    return result.BatchItemFailuresResponse;
                }

                private async Task<RecordHandlerResult> SendAsync(SQSEvent.SQSMessage message)
                {
                    await http.GetAsync(message.Body);
                    return RecordHandlerResult.None;
                }
            }
            """,
            Template(),
            Finds()
        );

    [Theory]
    [InlineData("new ProcessingOptions { BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 4 }", "15 s", "10 messages, 4 at once", false)]
    [InlineData("new ProcessingOptions { BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 1 }", "50 s", "10 messages", true)]
    [InlineData("new ProcessingOptions { BatchParallelProcessingEnabled = false, MaxDegreeOfParallelism = 4 }", "50 s", "10 messages", true)]
    [InlineData("new ProcessingOptions { BatchParallelProcessingEnabled = true }", "", "", false)]
    [InlineData("new ProcessingOptions { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure }", "50 s", "10 messages", true)]
    [InlineData("new ProcessingOptions { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure }", "", "", false)]
    public Task Options_say_how_many_at_once_and_what_follows_a_failure(string options, string total, string records, bool isFound) =>
        VerifyAsync<Rule>(
            ByPowertools(Send, ", " + options, Client, isFound ? Call : "ProcessAsync"),
            Template(),
            isFound ? [Finds(total, $"{records}, each 5 s = 5 s (HttpClient.Timeout)")] : []
        );

    [Fact]
    public Task Records_at_once_take_as_many_turns_as_are_needed() =>
        VerifyAsync<Rule>(
            ByPowertools(Send, ", new ProcessingOptions { BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 2 }", Client, Call),
            Template("24"),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments(
                    "25 s",
                    "10 messages, 2 at once, each 5 s = 5 s (HttpClient.Timeout)",
                    "HandleAsync",
                    24,
                    " (template.yaml(13,16))",
                    "returns to the queue",
                    "message",
                    "Set BatchSize to 8 or less",
                    "",
                    ""
                )
        );

    [Fact]
    public Task An_attribute_that_works_on_several_at_once() =>
        VerifyAsync<Rule>(
            ByAttribute(
                "await Task.Delay(TimeSpan.FromSeconds(20));",
                settings: ", BatchParallelProcessingEnabled = true, MaxDegreeOfParallelism = 5",
                opening: "{|#0:",
                closing: "|}"
            ),
            Template(),
            Finds("40 s", "10 messages, 5 at once, each 20 s = 20 s (Task.Delay)")
        );

    // What the record handler spends on purpose is spent by every record; its failures end the batch.
    [Fact]
    public Task Only_waits_count_for_each_record_when_the_first_failure_stops() =>
        VerifyAsync<Rule>(
            ByPowertools(
                Send + "\nawait Task.Delay(3000);",
                ", new ProcessingOptions { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure }",
                Client,
                Call
            ),
            Template(),
            Finds("35 s", "10 messages, each 8 s = 5 s (HttpClient.Timeout) + 3 s (Task.Delay)", "Set BatchSize to 3 or less")
        );

    [Theory]
    [InlineData("POWERTOOLS_BATCH_PARALLEL_ENABLED", false)]
    [InlineData("POWERTOOLS_BATCH_MAX_DEGREE_OF_PARALLELISM", false)]
    [InlineData("POWERTOOLS_BATCH_ERROR_HANDLING_POLICY", false)]
    [InlineData("POWERTOOLS_SERVICE_NAME", true)]
    public Task What_the_environment_may_say_is_not_guessed(string variable, bool isFound) =>
        VerifyAsync<Rule>(
            ByPowertools(Send, members: Client, call: isFound ? Call : "ProcessAsync"),
            Template(settings: $"Environment: {{ Variables: {{ {variable}: \"x\" }} }}"),
            isFound ? [Finds()] : []
        );

    [Theory]
    [InlineData(", new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token", "", "SQSEvent batch")]
    [InlineData(", source.Token", "using var source = new CancellationTokenSource(TimeSpan.FromSeconds(20));", "SQSEvent batch")]
    [InlineData(", new ProcessingOptions { CancellationToken = token }", "", "SQSEvent batch, CancellationToken token")]
    [InlineData(", options", "", "SQSEvent batch, ProcessingOptions options")]
    public Task A_token_or_options_that_are_not_seen_may_end_it_early(string arguments, string before, string parameters) =>
        VerifyAsync<Rule>(ByPowertools(Send, arguments, Client, before: before, parameters: parameters), Template());

    [Theory]
    [InlineData(", default(CancellationToken)", "")]
    [InlineData(", CancellationToken.None", "")]
    [InlineData(", options", "var options = new ProcessingOptions();")]
    public Task No_token_is_none(string arguments, string before) =>
        VerifyAsync<Rule>(ByPowertools(Send, arguments, Client, Call, before), Template(), Finds());

    [Theory]
    [InlineData("private readonly ISqsRecordHandler handler = null!;")]
    [InlineData("private readonly IRecordHandler<SQSEvent.SQSMessage> handler = null!;")]
    public Task A_record_handler_that_may_be_any_is_silent(string field) =>
        VerifyAsync<Rule>(
            ByPowertools(Send, members: Client)
                .Replace("new OrderHandler()", "handler", StringComparison.Ordinal)
                .Replace(
                    "public async Task<BatchItemFailuresResponse>",
                    field + "\n\n    public async Task<BatchItemFailuresResponse>",
                    StringComparison.Ordinal
                ),
            Template()
        );

    [Theory]
    [InlineData("RecordHandlerProvider = typeof(OrderHandler)")]
    [InlineData("RecordHandler = typeof(OrderHandler), BatchProcessorProvider = typeof(OrderHandler)")]
    public Task What_a_provider_makes_is_not_known(string settings) =>
        VerifyAsync<Rule>(ByAttribute(Send, Client).Replace("RecordHandler = typeof(OrderHandler)", settings, StringComparison.Ordinal), Template());

    [Fact]
    public Task A_record_handler_that_looks_at_a_clock_is_silent() =>
        VerifyAsync<Rule>(
            ByPowertools(
                "if (clock.ElapsedMilliseconds > 20_000) throw new InvalidOperationException();\n" + Send,
                members: Client + "\n\nprivate readonly System.Diagnostics.Stopwatch clock = new();"
            ),
            Template()
        );

    [Fact]
    public Task A_batch_that_nobody_waits_for_is_silent() =>
        VerifyAsync<Rule>(
            ByPowertools(Send, members: Client)
                .Replace("var result = await SqsBatchProcessor", "_ = SqsBatchProcessor", StringComparison.Ordinal)
                .Replace("return result.", "await Task.Yield();\n        return SqsBatchProcessor.Result.", StringComparison.Ordinal),
            Template()
        );

    [Fact]
    public Task A_processor_of_the_users_own_kind_is_silent() =>
        VerifyAsync<Rule>(
            ByPowertools(Send, members: Client).Replace("SqsBatchProcessor.Instance", "new Mine.SqsBatchProcessor()", StringComparison.Ordinal)
                + "\n\npublic static class Mine\n{\n    public class SqsBatchProcessor\n    {\n        public Task<ProcessingResult<SQSEvent.SQSMessage>> ProcessAsync(SQSEvent batch, object handler) => null!;\n    }\n}",
            Template()
        );
}
