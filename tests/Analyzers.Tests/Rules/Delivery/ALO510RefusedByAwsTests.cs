using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO510RefusedByAws>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO510RefusedByAwsTests
{
    private const string MappingPlace = " (template.yaml(19,13))";

    private static string Template(string mapping, string queue = "DelaySeconds: 0", string head = "Description: Orders", string resources = "") =>
        $$"""
            {{head}}
            Resources:
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  {{queue}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  Timeout: 3
                  MemorySize: 256
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{mapping}}
              {{resources}}
            """;

    private static DiagnosticResult Refused(string what, string where, string text, string remedy, string assumption = "") =>
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments(what, where, text, remedy, assumption);

    private static DiagnosticResult RefusedMapping(string text, string remedy, string where) => Refused("mapping 'Orders'", where, text, remedy);

    private static string OutOfRange(int value, string property, string constraint) =>
        $"ValidationException: 1 validation error detected: Value '{value}' at '{property}' failed to satisfy constraint: Member must have value {constraint}";

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) => Deployed.VerifyAsync<ALO510RefusedByAws>(template, expected);

    [Fact]
    public Task A_large_batch_needs_a_window() =>
        VerifyAsync(
            Template("BatchSize: {|#1:100|}"),
            RefusedMapping(
                    "\"InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10\"",
                    "Set MaximumBatchingWindowInSeconds to at least 1, or BatchSize to at most 10.",
                    " (template.yaml(19,24))"
                )
                .WithMessage(
                    "AWS refuses mapping 'Orders' (template.yaml(19,24)), and the deployment fails: "
                        + "\"InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10\". "
                        + "Set MaximumBatchingWindowInSeconds to at least 1, or BatchSize to at most 10."
                )
        );

    [Theory]
    [InlineData("BatchSize: 100\n            MaximumBatchingWindowInSeconds: 1")]
    [InlineData("BatchSize: 10")]
    [InlineData("BatchSize: !Ref Unknown")]
    [InlineData("BatchSize: 100\n            MaximumBatchingWindowInSeconds: !Ref Unknown")]
    [InlineData("ScalingConfig: { MaximumConcurrency: 2 }")]
    [InlineData("FunctionResponseTypes: [ReportBatchItemFailures]")]
    [InlineData("FilterCriteria: { Filters: [] }")]
    [InlineData("FilterCriteria: { Filters: [{ Pattern: '{\"body\":{\"kind\":[\"order\"]}}' }] }")]
    public Task What_AWS_accepts_or_what_is_unknown_is_not_refused(string mapping) =>
        VerifyAsync(Template(mapping, head: "Parameters: { Unknown: { Type: Number } }"));

    [Fact]
    public Task A_FIFO_queue_takes_no_window() =>
        VerifyAsync(
            Template("MaximumBatchingWindowInSeconds: {|#1:5|}", "FifoQueue: true"),
            RefusedMapping(
                "\"InvalidParameterValueException: Batching window is not supported for FIFO queues\"",
                "Remove MaximumBatchingWindowInSeconds.",
                " (template.yaml(19,45))"
            )
        );

    [Fact]
    public Task A_FIFO_queue_takes_batches_of_ten() =>
        VerifyAsync(
            Template("BatchSize: {|#1:11|}", "FifoQueue: true"),
            RefusedMapping(
                "InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
                "Set BatchSize to at most 10.",
                " (template.yaml(19,24))"
            )
        );

    [Fact]
    public Task Starting_positions_are_for_streams() =>
        VerifyAsync(
            Template("{|#1:StartingPosition|}: LATEST"),
            RefusedMapping("\"InvalidParameterValueException: StartingPosition is not valid for SQS event sources.\"", "Remove StartingPosition.", MappingPlace)
        );

    [Theory]
    [InlineData("BisectBatchOnFunctionError", "true")]
    [InlineData("MaximumRecordAgeInSeconds", "60")]
    [InlineData("MaximumRetryAttempts", "3")]
    [InlineData("ParallelizationFactor", "2")]
    [InlineData("TumblingWindowInSeconds", "30")]
    public Task Stream_settings_are_refused_for_queues(string property, string value) =>
        VerifyAsync(
            Template($"{{|#1:{property}|}}: {value}"),
            RefusedMapping(
                $"InvalidParameterValueException: Unsupported '{property}' parameter for given event source mapping type",
                $"Remove {property}.",
                MappingPlace
            )
        );

    [Theory]
    [InlineData("BatchSize: {|#1:0|}", 0, "batchSize", "greater than or equal to 1", "Set BatchSize from 1 to 10000.", 24)]
    [InlineData(
        "MaximumBatchingWindowInSeconds: {|#1:301|}",
        301,
        "maximumBatchingWindowInSeconds",
        "less than or equal to 300",
        "Set MaximumBatchingWindowInSeconds from 0 to 300.",
        45
    )]
    [InlineData(
        "ScalingConfig: { MaximumConcurrency: {|#1:1|} }",
        1,
        "scalingConfig.maximumConcurrency",
        "greater than or equal to 2",
        "Set ScalingConfig.MaximumConcurrency from 2 to 1000.",
        50
    )]
    public Task Values_out_of_range_are_refused(string mapping, int value, string property, string constraint, string remedy, int column) =>
        VerifyAsync(Template(mapping), RefusedMapping(OutOfRange(value, property, constraint), remedy, $" (template.yaml(19,{column}))"));

    [Fact]
    public Task An_unknown_response_type_is_refused() =>
        VerifyAsync(
            Template("FunctionResponseTypes: {|#1:[ReportBatchFailures]|}"),
            RefusedMapping(
                "ValidationException: 1 validation error detected: Value '[ReportBatchFailures]' at 'functionResponseTypes' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures]]",
                "Write FunctionResponseTypes: [ReportBatchItemFailures].",
                " (template.yaml(19,36))"
            )
        );

    [Fact]
    public Task A_pattern_that_is_none_is_refused() =>
        VerifyAsync(
            Template("FilterCriteria: { Filters: [{ Pattern: {|#1:'{\"body\":\"order\"}'|} }] }"),
            RefusedMapping(
                "\"InvalidParameterValueException: Invalid filter pattern definition.\"",
                "A pattern is a JSON object whose leaves are non-empty lists of values and operators.",
                " (template.yaml(19,52))"
            )
        );

    [Fact]
    public Task More_filters_than_usual_may_be_within_a_raised_quota() =>
        VerifyAsync(
            Template("FilterCriteria: { Filters: {|#1:[" + string.Join(", ", Enumerable.Repeat("{ Pattern: '{\"body\":[\"a\"]}' }", 6)) + "]|} }"),
            RefusedMapping(
                    "ValidationException: 1 validation error detected: Value '6 filters' at 'filterCriteria.filters' failed to satisfy constraint: Member must have length less than or equal to 5",
                    "Keep at most 5 filters, unless the account's quota was raised.",
                    " (template.yaml(19,40))"
                )
                .WithSeverity(Warning)
        );

    [Fact]
    public Task Each_refusal_is_a_finding_of_its_own() =>
        VerifyAsync(
            Template("{|#1:StartingPosition|}: LATEST\n            BatchSize: {|#2:100|}"),
            RefusedMapping(
                "\"InvalidParameterValueException: StartingPosition is not valid for SQS event sources.\"",
                "Remove StartingPosition.",
                MappingPlace
            ),
            Verify
                .Diagnostic()
                .WithLocation(0)
                .WithLocation(2)
                .WithArguments(
                    "mapping 'Orders'",
                    " (template.yaml(20,24))",
                    "\"InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10\"",
                    "Set MaximumBatchingWindowInSeconds to at least 1, or BatchSize to at most 10.",
                    ""
                )
        );

    [Fact]
    public Task A_visibility_timeout_below_the_functions_is_said_by_ALO301() => VerifyAsync(Template("BatchSize: 10", "VisibilityTimeout: 2"));

    [Fact]
    public Task A_parameters_default_makes_it_a_warning() =>
        VerifyAsync(
            Template("BatchSize: {|#1:!Ref Size|}", head: "Parameters: { Size: { Type: Number, Default: 100 } }"),
            Refused(
                    "mapping 'Orders'",
                    " (template.yaml(19,24))",
                    "\"InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10\"",
                    "Set MaximumBatchingWindowInSeconds to at least 1, or BatchSize to at most 10.",
                    " This holds as long as the deployment keeps the default of parameter 'Size'."
                )
                .WithSeverity(Warning)
        );

    [Fact]
    public Task Every_possible_value_must_be_refused() =>
        VerifyAsync(Template("BatchSize: !If [IsProd, 100, 10]", head: "Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }"));

    [Theory]
    [InlineData("VisibilityTimeout: {|#1:43201|}", "VisibilityTimeout", 26, "Set VisibilityTimeout from 0 to 43200.")]
    [InlineData("MessageRetentionPeriod: {|#1:59|}", "MessageRetentionPeriod", 31, "Set MessageRetentionPeriod from 60 to 1209600.")]
    [InlineData("DelaySeconds: {|#1:901|}", "DelaySeconds", 21, "Set DelaySeconds from 0 to 900.")]
    [InlineData("ReceiveMessageWaitTimeSeconds: {|#1:21|}", "ReceiveMessageWaitTimeSeconds", 38, "Set ReceiveMessageWaitTimeSeconds from 0 to 20.")]
    public Task Queues_out_of_range_are_refused(string queue, string property, int column, string remedy) =>
        VerifyAsync(
            Template("BatchSize: 10", queue),
            Refused("queue 'OrdersQueue'", $" (template.yaml(6,{column}))", $"\"InvalidAttributeValue: Invalid value for the parameter {property}.\"", remedy)
        );

    [Theory]
    [InlineData("{ deadLetterTargetArn: !GetAtt Dlq.Arn }", "false")]
    [InlineData("{ deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }", "true")]
    public Task A_dead_letter_queue_that_does_not_fit_is_said_by_ALO504(string policy, string isFifo) =>
        VerifyAsync(
            Template("BatchSize: 10", "RedrivePolicy: " + policy, resources: $"Dlq: {{ Type: AWS::SQS::Queue, Properties: {{ FifoQueue: {isFifo} }} }}")
        );

    [Fact]
    public Task A_queue_that_no_mapping_reads_is_not_judged() =>
        VerifyAsync(Template("BatchSize: 10", resources: "Idle: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 901 } }"));

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Template("BatchSize: 100 # alo:disable ALO510 the window comes from a macro"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO510RefusedByAws>(
                ("template.yaml", Template("{|#0:StartingPosition|}: LATEST")),
                Deployed.NoHandler,
                Verify
                    .Diagnostic()
                    .WithLocation(0)
                    .WithArguments(
                        "mapping 'Orders'",
                        "",
                        "\"InvalidParameterValueException: StartingPosition is not valid for SQS event sources.\"",
                        "Remove StartingPosition.",
                        ""
                    )
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_mapping_written_in_code_is_refused_without_a_place() =>
        Deployed
            .Test<ALO510RefusedByAws>(
                ("serverless.template", """{ "Resources": { "OrdersQueue": { "Type": "AWS::SQS::Queue" } } }"""),
                """
                using Amazon.Lambda.Annotations;
                using Amazon.Lambda.Annotations.SQS;
                using Amazon.Lambda.SQSEvents;

                public class OrdersFunction
                {
                    [LambdaFunction]
                    [SQSEvent("@OrdersQueue", BatchSize = 100)]
                    public SQSBatchResponse {|#0:Handle|}(SQSEvent batch) => new();
                }
                """,
                Verify
                    .Diagnostic()
                    .WithLocation(0)
                    .WithArguments(
                        "mapping 'OrdersQueue'",
                        "",
                        "\"InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10\"",
                        "Set MaximumBatchingWindowInSeconds to at least 1, or BatchSize to at most 10.",
                        ""
                    )
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
