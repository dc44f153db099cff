using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO512ReservedConcurrencyExceeded>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO512ReservedConcurrencyExceededTests
{
    private const string Undecided = "Parameters: { Unknown: { Type: Number } }\nConditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }";
    private const string IntoDeadLetterQueue = ", until it lies in the dead-letter queue unprocessed";
    private const string Sum = "its mappings 'Orders', 'Refunds' start up to 4 + 6 = 10 invocations at once";
    private const string LowerSum = "Lower their MaximumConcurrency to at most 9 together, or reserve at least 10.";

    private static string Template(
        string reserved,
        string mapping = "Enabled: true",
        string other = "",
        string queue = "DelaySeconds: 0",
        string head = "Description: Orders",
        string source = "!GetAtt OrdersQueue.Arn"
    ) =>
        $$"""
            {{head}}
            Resources:
              Dlq:
                Type: AWS::SQS::Queue
              RefundsQueue:
                Type: AWS::SQS::Queue
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  {{queue}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  {{reserved}}
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: {{source}}
                        {{mapping}}
                    {{other}}
            """;

    private static string Limited(string most) => $"ScalingConfig: {{ MaximumConcurrency: {most} }}";

    private static string Reserved(string count) => "ReservedConcurrentExecutions: " + count;

    private static string Other(string mapping, string type = "SQS") =>
        $"Refunds: {{ Type: {type}, Properties: {{ Queue: !GetAtt RefundsQueue.Arn, {mapping} }} }}";

    private static DiagnosticResult Exceeded(int reserved, string starts, string where, string remedy, string deadLetters = "", string assumption = "") =>
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("OrdersFunction", reserved, starts, where, deadLetters, remedy, assumption);

    private static DiagnosticResult Above(int reserved = 5, int most = 10, string where = " (template.yaml(22,50))", string assumption = "") =>
        Exceeded(
            reserved,
            $"mapping 'Orders' starts up to {most} invocations at once",
            where,
            $"Set MaximumConcurrency to at most {reserved}, or reserve at least {most}.",
            assumption: assumption
        );

    private static DiagnosticResult Unlimited(int reserved, string remedy, string deadLetters = "", string where = " (template.yaml(16,37))") =>
        Exceeded(reserved, "mapping 'Orders' has no MaximumConcurrency and starts with 5 invocations at once", where, remedy, deadLetters);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed.VerifyAsync<ALO512ReservedConcurrencyExceeded>(template, expected);

    [Fact]
    public Task A_mapping_that_starts_more_than_is_reserved() =>
        VerifyAsync(
            Template(Reserved("5"), Limited("{|#1:10|}")),
            Above()
                .WithSeverity(Warning)
                .WithMessage(
                    "Function 'OrdersFunction' has reserved concurrency 5, but mapping 'Orders' starts up to 10 invocations at once (template.yaml(22,50)): what is received beyond it is throttled, "
                        + "and each throttled message uses up a receive although no code ran. Set MaximumConcurrency to at most 5, or reserve at least 10."
                )
        );

    [Fact]
    public Task A_FIFO_queues_mapping_too() => VerifyAsync(Template(Reserved("5"), Limited("{|#1:10|}"), queue: "FifoQueue: true"), Above());

    [Fact]
    public Task The_dead_letter_queue_is_named() =>
        VerifyAsync(
            Template(Reserved("{|#1:2|}"), queue: "RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }"),
            Unlimited(2, "Set MaximumConcurrency to 2.", IntoDeadLetterQueue)
                .WithMessage(
                    "Function 'OrdersFunction' has reserved concurrency 2, but mapping 'Orders' has no MaximumConcurrency and starts with 5 invocations at once (template.yaml(16,37)): what is received beyond it "
                        + "is throttled, and each throttled message uses up a receive although no code ran, until it lies in the dead-letter queue unprocessed. Set MaximumConcurrency to 2."
                )
        );

    [Theory]
    [InlineData(4, "Set MaximumConcurrency to 4.")]
    [InlineData(1, "Reserve at least 2, the least MaximumConcurrency that there is, and set that.")]
    [InlineData(0, "With 0 the function never runs: disable the mapping instead, so that messages wait in the queue.")]
    public Task A_mapping_without_a_limit_starts_with_five(int reserved, string remedy) =>
        VerifyAsync(Template(Reserved($"{{|#1:{reserved}|}}")), Unlimited(reserved, remedy));

    [Fact]
    public Task A_standard_queue_of_another_stack() =>
        VerifyAsync(Template(Reserved("{|#1:3|}"), source: "arn:aws:sqs:eu-west-1:123456789012:orders"), Unlimited(3, "Set MaximumConcurrency to 3."));

    [Theory]
    [InlineData("FifoQueue: true", "Enabled: true", "!GetAtt OrdersQueue.Arn")]
    [InlineData("FifoQueue: !Ref Unknown", "Enabled: true", "!GetAtt OrdersQueue.Arn")]
    [InlineData("DelaySeconds: 0", "ProvisionedPollerConfig: { MaximumPollers: 3 }", "!GetAtt OrdersQueue.Arn")]
    [InlineData("DelaySeconds: 0", "Enabled: false", "!GetAtt OrdersQueue.Arn")]
    [InlineData("DelaySeconds: 0", "ScalingConfig: { MaximumConcurrency: !Ref Unknown }", "!GetAtt OrdersQueue.Arn")]
    [InlineData("DelaySeconds: 0", "ScalingConfig: { MaximumConcurrency: 2 }", "!GetAtt OrdersQueue.Arn")]
    [InlineData("DelaySeconds: 0", "Enabled: true", "!ImportValue Orders")]
    [InlineData("DelaySeconds: 0", "Enabled: true", "arn:aws:sqs:eu-west-1:123456789012:orders.fifo")]
    public Task Limited_otherwise_or_not_known(string queue, string mapping, string source) =>
        VerifyAsync(Template(Reserved("2"), mapping, queue: queue, head: Undecided, source: source));

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public Task ALO502_says_it_where_there_are_few_receives(string count) =>
        VerifyAsync(Template(Reserved("2"), queue: $"RedrivePolicy: {{ deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: {count} }}"));

    [Fact]
    public Task Three_receives_and_throttling_are_two_causes() =>
        VerifyAsync(
            Template(Reserved("{|#1:2|}"), queue: "RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 3 }"),
            Unlimited(2, "Set MaximumConcurrency to 2.", IntoDeadLetterQueue)
        );

    [Theory]
    [InlineData("ReservedConcurrentExecutions: 10", "ScalingConfig: { MaximumConcurrency: 10 }")]
    [InlineData("ReservedConcurrentExecutions: 5", "Enabled: true")]
    [InlineData("MemorySize: 256", "ScalingConfig: { MaximumConcurrency: 1000 }")]
    [InlineData("ReservedConcurrentExecutions: !Ref Unknown", "ScalingConfig: { MaximumConcurrency: 1000 }")]
    [InlineData("ReservedConcurrentExecutions: !If [IsProd, 2, !Ref 'AWS::NoValue']", "Enabled: true")]
    [InlineData("ReservedConcurrentExecutions: !If [IsProd, 2, 5]", "Enabled: true")]
    [InlineData("ReservedConcurrentExecutions: 5", "ScalingConfig: { MaximumConcurrency: !If [IsProd, 10, 5] }")]
    [InlineData("ReservedConcurrentExecutions: 5", "ScalingConfig: { MaximumConcurrency: 1001 }")]
    [InlineData("ReservedConcurrentExecutions: 5", "ScalingConfig: { MaximumConcurrency: 10 }\n            Enabled: false")]
    public Task Enough_is_reserved_or_nothing_is_known(string reserved, string mapping) => VerifyAsync(Template(reserved, mapping, head: Undecided));

    [Fact]
    public Task The_mildest_of_all_possible_values_is_judged() =>
        VerifyAsync(Template(Reserved("!If [IsProd, 5, 2]"), Limited("{|#1:!If [IsProd, 20, 10]|}"), head: Undecided), Above(where: " (template.yaml(23,50))"));

    [Fact]
    public Task The_sum_over_the_functions_mappings_counts() =>
        VerifyAsync(
            Template(Reserved("{|#1:9|}"), Limited("4"), Other(Limited("6"))),
            Exceeded(9, Sum, " (template.yaml(16,37))", LowerSum)
                .WithMessage(
                    "Function 'OrdersFunction' has reserved concurrency 9, but its mappings 'Orders', 'Refunds' start up to 4 + 6 = 10 invocations at once (template.yaml(16,37)): what is received beyond it is throttled, "
                        + "and each throttled message uses up a receive although no code ran. Lower their MaximumConcurrency to at most 9 together, or reserve at least 10."
                )
        );

    [Theory]
    [InlineData("ScalingConfig: { MaximumConcurrency: 5 }")]
    [InlineData("Enabled: true")]
    [InlineData("ScalingConfig: { MaximumConcurrency: !Ref Unknown }")]
    [InlineData("ScalingConfig: { MaximumConcurrency: 6 }, Enabled: false")]
    [InlineData("ScalingConfig: { MaximumConcurrency: 6 }, Enabled: !Ref Unknown")]
    public Task A_sum_that_is_small_enough_or_not_known(string other) => VerifyAsync(Template(Reserved("9"), Limited("4"), Other(other), head: Undecided));

    [Fact]
    public Task Each_mapping_that_starts_too_much_is_told_by_itself_and_the_sum_is_not() =>
        VerifyAsync(Template(Reserved("5"), Limited("4"), Other(Limited("{|#1:8|}"))), AboveOfRefunds());

    private static DiagnosticResult AboveOfRefunds() =>
        Exceeded(
            5,
            "mapping 'Refunds' starts up to 8 invocations at once",
            " (template.yaml(23,115))",
            "Set MaximumConcurrency to at most 5, or reserve at least 8."
        );

    [Theory]
    [InlineData("{|#1:!Ref Number|}", "10", 5, 10, " (template.yaml(22,50))")]
    public Task A_parameters_default_is_named(string most, string reserved, int number, int count, string where) =>
        VerifyAsync(
            Template(
                Reserved(reserved),
                Limited(most),
                head: FormattableString.Invariant($"Parameters: {{ Number: {{ Type: Number, Default: {number + count} }} }}")
            ),
            Above(count, number + count, where, " This holds as long as the deployment keeps the default of parameter 'Number'.")
        );

    [Fact]
    public Task The_parameter_of_the_reserved_concurrency_is_named() =>
        VerifyAsync(
            Template(Reserved("!Ref Number"), Limited("{|#1:10|}"), head: "Parameters: { Number: { Type: Number, Default: 5 } }"),
            Above(assumption: " This holds as long as the deployment keeps the default of parameter 'Number'.")
        );

    [Fact]
    public Task A_streams_throttled_batch_waits_where_it_is() =>
        Deployed.VerifyAsync<ALO512ReservedConcurrencyExceeded>(
            """
            Resources:
              Clicks: { Type: AWS::Kinesis::Stream }
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  ReservedConcurrentExecutions: 1
                  Events: { Clicks: { Type: Kinesis, Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: LATEST, ParallelizationFactor: 10 } } }
            """
        );

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Template(Reserved("5"), Limited("10") + " # alo:disable ALO512 the reserve is raised by hand"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO512ReservedConcurrencyExceeded>(
                ("template.yaml", Template(Reserved("5"), Limited("{|#0:10|}"))),
                Deployed.NoHandler,
                Verify
                    .Diagnostic()
                    .WithLocation(0)
                    .WithArguments(
                        "OrdersFunction",
                        5,
                        "mapping 'Orders' starts up to 10 invocations at once",
                        "",
                        "",
                        "Set MaximumConcurrency to at most 5, or reserve at least 10.",
                        ""
                    )
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
