using AtLeastOnce.TestKit;
using Fix = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Order.ALO403RepeatsAfterFailure,
    AtLeastOnce.CodeFixes.Rules.Order.ALO403RepeatsAfterFailureFix
>;
using Rule = AtLeastOnce.Analyzers.Rules.Order.ALO403RepeatsAfterFailure;

namespace AtLeastOnce.Analyzers.Tests.Rules.Order;

public sealed class ALO403RepeatsAfterFailureTests
{
    private const string Put = "await store.PutAsync(record);";

    [Theory]
    [InlineData("Kinesis", "Kinesis")]
    [InlineData("DynamoDB", "Dynamodb")]
    public Task A_loop_that_goes_on(string package, string path) => VerifyAsync(Handler(package, path, "{|#0:catch|}", Put, ""), Finding());

    [Fact]
    public Task The_message_says_what_comes_again() =>
        VerifyAsync(
            Handler("Kinesis", "Kinesis", "{|#0:catch|}", Put, "continue;"),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "'HandleAsync' goes on after a failed record: Lambda reads the stream again from the first reported one, so the records behind it are processed now and once more with every retry. "
                        + "Stop at the first failure and report it alone."
                )
        );

    [Theory]
    [InlineData("break;")]
    [InlineData("return new Amazon.Lambda.KinesisEvents.StreamsEventResponse { BatchItemFailures = failures };")]
    public Task A_loop_that_stops_has_none(string end) => VerifyAsync(Handler("Kinesis", "Kinesis", "catch", Put, end));

    // A file of the record's own name is overwritten with the same.
    [Fact]
    public Task Work_that_is_known_to_be_idempotent_has_none() =>
        VerifyAsync(Handler("Kinesis", "Kinesis", "catch", "await File.WriteAllTextAsync(record.EventId, record.Kinesis.PartitionKey);", ""));

    [Fact]
    public Task Work_that_is_known_to_repeat_has_one() =>
        VerifyAsync(Handler("Kinesis", "Kinesis", "{|#0:catch|}", "await File.AppendAllTextAsync(\"journal\", record.Kinesis.PartitionKey);", ""), Finding());

    [Fact]
    public async Task Work_that_is_declared_idempotent_has_none()
    {
        var test = OrderTest.OfStream<Rule>(Handler("Kinesis", "Kinesis", "catch", Put, ""));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n\n[*.cs]\nalo.idempotent_operations = IStore.PutAsync\n"));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_queue_is_another_rules() =>
        HandlerTest.VerifyAsync<Rule>(
            OrderTest.Loop($"try {{ await orders.ShipAsync(message.Body); }} catch (Exception) {{ failures.Add({OrderTest.Entry}); }}"),
            OrderTest.Fifo
        );

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task A_batch_of_one_has_none(int batchSize, bool isFound)
    {
        var test = OrderTest.OfStream<Rule>(Handler("Kinesis", "Kinesis", isFound ? "{|#0:catch|}" : "catch", Put, ""), isFound ? [Finding()] : []);
        test.TestState.AdditionalFiles.Add(("template.yaml", Template(batchSize)));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.ContinueOnBatchItemFailure", true)]
    [InlineData(", ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure", false)]
    public Task Powertools_goes_on_unless_told_otherwise(string policy, bool isFound)
    {
        var attribute = $"BatchProcessor(RecordHandler = typeof(ClickHandler){policy})";
        return VerifyAsync(WithAttribute(isFound ? "{|#0:" + attribute + "|}" : attribute, Put), isFound ? [Finding("Handle")] : []);
    }

    [Fact]
    public Task Powertools_with_work_that_is_idempotent_has_none() =>
        VerifyAsync(WithAttribute("BatchProcessor(RecordHandler = typeof(ClickHandler))", "await File.WriteAllTextAsync(record.EventId, \"\");"));

    [Fact]
    public Task Powertools_with_a_function() => VerifyAsync(WithCall("{|#0:ProcessAsync|}", ""), Finding());

    [Fact]
    public Task A_processor_that_is_injected_may_be_configured_anywhere() =>
        VerifyAsync(
            WithCall("ProcessAsync", "")
                .Replace("KinesisEventBatchProcessor.Instance.", "processor.")
                .Replace("(KinesisEvent batch)", "(KinesisEvent batch)")
                .Replace("public async", "private readonly IKinesisEventBatchProcessor processor = null!;\n\npublic async")
        );

    [Fact]
    public Task Powertools_with_options_that_stop_has_none() =>
        VerifyAsync(
            WithCall("ProcessAsync", ", new ProcessingOptions { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure }")
        );

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = OrderTest.OfStream<Rule>(
            "public void Handle(KinesisEvent batch) { foreach (var record in batch.Records) { try { } catch (Exception) { failures."
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task The_fix_stops_the_loop() =>
        Fix.FixesWholeAsync(
            "ALO403.StopAtFailure",
            OrderTest.StreamCode(Handler("Kinesis", "Kinesis", "[|catch|]", Put, "")),
            OrderTest.StreamCode(Handler("Kinesis", "Kinesis", "catch", Put, "break;"))
        );

    [Fact]
    public Task The_fix_makes_a_continue_a_break() =>
        Fix.FixesWholeAsync(
            "ALO403.StopAtFailure",
            OrderTest.StreamCode(Handler("DynamoDB", "Dynamodb", "[|catch|]", Put, "continue;")),
            OrderTest.StreamCode(Handler("DynamoDB", "Dynamodb", "catch", Put, "break;"))
        );

    [Fact]
    public Task The_fix_sets_the_policy_of_the_attribute() =>
        Fix.FixesWholeAsync(
            "ALO403.StopAtFailure",
            OrderTest.StreamCode(WithAttribute("[|BatchProcessor(RecordHandler = typeof(ClickHandler))|]", Put)),
            OrderTest.StreamCode(
                WithAttribute(
                    "BatchProcessor(RecordHandler = typeof(ClickHandler), ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure)",
                    Put
                )
            )
        );

    [Fact]
    public Task The_fix_sets_the_policy_of_the_call() =>
        Fix.FixesWholeAsync(
            "ALO403.StopAtFailure",
            OrderTest.StreamCode(WithCall("[|ProcessAsync|]", "")),
            OrderTest.StreamCode(
                WithCall("ProcessAsync", ", new ProcessingOptions { ErrorHandlingPolicy = BatchProcessorErrorHandlingPolicy.StopOnFirstBatchItemFailure }")
            )
        );

    private static string Handler(string package, string path, string keyword, string work, string end) =>
        $$"""
            public async Task<Amazon.Lambda.{{package}}Events.StreamsEventResponse> HandleAsync({{package}}Event batch)
            {
                var failures = new List<Amazon.Lambda.{{package}}Events.StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    try
                    {
                        {{work}}
                    }
                    {{keyword}} (Exception)
                    {
                        failures.Add(new Amazon.Lambda.{{package}}Events.StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.{{path}}.SequenceNumber });{{(
                end.Length > 0 ? "\n            " + end : ""
            )}}
                    }
                }

                return new Amazon.Lambda.{{package}}Events.StreamsEventResponse { BatchItemFailures = failures };
            }
            """;

    private static string WithAttribute(string attribute, string work) =>
        $$"""
            [{{attribute}}]
            public BatchItemFailuresResponse Handle(KinesisEvent _) => KinesisEventBatchProcessor.Result.BatchItemFailuresResponse;

            private sealed class ClickHandler : IKinesisEventRecordHandler
            {
                private readonly IStore store = null!;

                public async Task<RecordHandlerResult> HandleAsync(KinesisEvent.KinesisEventRecord record, CancellationToken cancellationToken)
                {
                    {{work}}
                    return RecordHandlerResult.None;
                }
            }
            """;

    private static string WithCall(string call, string options) =>
        $$"""
            public async Task<BatchItemFailuresResponse> HandleAsync(KinesisEvent batch)
            {
                var handler = RecordHandler<KinesisEvent.KinesisEventRecord>.From(async record => { await store.PutAsync(record); });
                var result = await KinesisEventBatchProcessor.Instance.{{call}}(batch, handler{{options}});
                return result.BatchItemFailuresResponse;
            }
            """;

    private static string Template(int batchSize) =>
        $"""
            Resources:
              StreamFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Shop::StreamFunction::HandleAsync
                  Runtime: dotnet8
                  Events:
                    Records:
                      Type: Kinesis
                      Properties:
                        Stream: arn:aws:kinesis:eu-central-1:123456789012:stream/records
                        StartingPosition: TRIM_HORIZON
                        BatchSize: {batchSize}
                        FunctionResponseTypes: [ReportBatchItemFailures]

            """;

    private static Task VerifyAsync(string members, params DiagnosticResult[] expected) =>
        OrderTest.OfStream<Rule>(members, expected).RunAsync(TestContext.Current.CancellationToken);

    private static DiagnosticResult Finding(string handler = "HandleAsync") => AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(handler, "");
}
