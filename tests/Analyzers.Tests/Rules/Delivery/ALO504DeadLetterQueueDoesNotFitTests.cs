using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO504DeadLetterQueueDoesNotFit>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO504DeadLetterQueueDoesNotFitTests
{
    private const string OtherType = "Dead-letter queue must be same type of queue as the source.";
    private const string ToDlq = "{ deadLetterTargetArn: {|#1:!GetAtt Dlq.Arn|}, maxReceiveCount: 5 }";
    private const string PlainToDlq = "{ deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }";

    private static string Template(
        string policy,
        string queue = "FifoQueue: false",
        string deadLetterQueue = "FifoQueue: false",
        string mapping = "Enabled: true",
        string head = "Description: Orders"
    ) =>
        $$"""
            {{head}}
            Resources:
              Dlq:
                Type: AWS::SQS::Queue
                Properties:
                  {{deadLetterQueue}}
              OrdersQueue:
                Type: AWS::SQS::Queue
                Properties:
                  {{queue}}
                  RedrivePolicy: {{policy}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{mapping}}
            """;

    private static string Refusal(string reason, string target = "Dlq", string count = ",\"maxReceiveCount\":5") =>
        $"InvalidParameterValue: Value {{\"deadLetterTargetArn\":\"{target}\"{count}}} for parameter RedrivePolicy is invalid. Reason: {reason}";

    private static DiagnosticResult Refused(string reason, string refusal, string remedy, string where, string assumption = "") =>
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("OrdersQueue", where, reason, refusal, remedy, assumption);

    private static DiagnosticResult FifoWithStandard(string assumption = "") =>
        Refused(
            "it is a FIFO queue, and its dead-letter queue 'Dlq' a standard queue",
            Refusal(OtherType),
            "Name a FIFO queue as its dead-letter queue.",
            " (template.yaml(11,45))",
            assumption
        );

    private static DiagnosticResult WithoutCount(string target = "Dlq", string where = " (template.yaml(11,22))") =>
        Refused(
            "it does not say after how many receives a message is given up",
            Refusal("Redrive policy does not contain mandatory attribute: maxReceiveCount.", target, ""),
            "Add maxReceiveCount; AWS advises at least 5.",
            where
        );

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) =>
        Deployed.VerifyAsync<ALO504DeadLetterQueueDoesNotFit>(template, expected);

    [Fact]
    public Task A_FIFO_queue_with_a_standard_one() =>
        VerifyAsync(
            Template(ToDlq, "FifoQueue: true"),
            FifoWithStandard()
                .WithSeverity(Error)
                .WithMessage(
                    "SQS refuses the redrive policy of queue 'OrdersQueue' (template.yaml(11,45)), and the deployment fails: it is a FIFO queue, and its dead-letter queue 'Dlq' a standard queue "
                        + "(\"InvalidParameterValue: Value {\"deadLetterTargetArn\":\"Dlq\",\"maxReceiveCount\":5} for parameter RedrivePolicy is invalid. Reason: "
                        + "Dead-letter queue must be same type of queue as the source.\"). Name a FIFO queue as its dead-letter queue."
                )
        );

    [Fact]
    public Task A_standard_queue_with_a_FIFO_one() =>
        VerifyAsync(
            Template(ToDlq, deadLetterQueue: "FifoQueue: true"),
            Refused(
                "it is a standard queue, and its dead-letter queue 'Dlq' a FIFO queue",
                Refusal(OtherType),
                "Name a standard queue as its dead-letter queue.",
                " (template.yaml(11,45))"
            )
        );

    [Fact]
    public Task A_queue_of_another_stack_tells_its_type_by_its_name() =>
        VerifyAsync(
            Template("{ deadLetterTargetArn: {|#1:'arn:aws:sqs:eu-west-1:123456789012:dead.fifo'|}, maxReceiveCount: 5 }"),
            Refused(
                "it is a standard queue, and its dead-letter queue 'arn:aws:sqs:eu-west-1:123456789012:dead.fifo' a FIFO queue",
                Refusal(OtherType, "arn:aws:sqs:eu-west-1:123456789012:dead.fifo"),
                "Name a standard queue as its dead-letter queue.",
                " (template.yaml(11,45))"
            )
        );

    [Theory]
    [InlineData("FifoQueue: true", "FifoQueue: true")]
    [InlineData("FifoQueue: false", "FifoQueue: false")]
    [InlineData("FifoQueue: !Ref Unknown", "FifoQueue: false")]
    [InlineData("FifoQueue: true", "FifoQueue: !Ref Unknown")]
    [InlineData("FifoQueue: !If [IsProd, true, false]", "FifoQueue: true")]
    public Task Of_one_type_or_of_a_type_that_is_not_known(string queue, string deadLetterQueue) =>
        VerifyAsync(
            Template(
                PlainToDlq,
                queue,
                deadLetterQueue,
                head: "Parameters: { Unknown: { Type: String } }\nConditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }"
            )
        );

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead")]
    [InlineData("!ImportValue Dead")]
    [InlineData("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:dead-${AWS::StackName}'")]
    public Task Another_stacks_queue_that_fits_or_is_not_known(string target) =>
        VerifyAsync(Template($"{{ deadLetterTargetArn: {target}, maxReceiveCount: 5 }}"));

    [Fact]
    public Task A_policy_without_a_count() => VerifyAsync(Template("{|#1:{ deadLetterTargetArn: !GetAtt Dlq.Arn }|}"), WithoutCount());

    [Fact]
    public Task A_policy_whose_branches_both_lack_the_count() =>
        VerifyAsync(
            Template(
                "{|#1:!If [IsProd, { deadLetterTargetArn: !GetAtt Dlq.Arn }, { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:dead' }]|}",
                head: "Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }"
            ),
            WithoutCount()
        );

    [Theory]
    [InlineData("{ deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: !Ref Unknown }")]
    [InlineData("!If [IsProd, { deadLetterTargetArn: !GetAtt Dlq.Arn }, { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }]")]
    [InlineData("!If [IsProd, { deadLetterTargetArn: !GetAtt Dlq.Arn }, !Ref 'AWS::NoValue']")]
    public Task A_count_that_may_be_there(string policy) =>
        VerifyAsync(Template(policy, head: "Parameters: { Unknown: { Type: Number } }\nConditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }"));

    [Fact]
    public Task A_parameters_default_makes_it_a_warning() =>
        VerifyAsync(
            Template(ToDlq, "FifoQueue: !Ref Fifo", head: "Parameters: { Fifo: { Type: String, Default: true } }"),
            FifoWithStandard(" This holds as long as the deployment keeps the default of parameter 'Fifo'.").WithSeverity(Warning)
        );

    [Fact]
    public Task The_queue_is_refused_whether_or_not_its_mapping_is_enabled() =>
        VerifyAsync(Template(ToDlq, "FifoQueue: true", mapping: "Enabled: false"), FifoWithStandard());

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Template(PlainToDlq + " # alo:disable ALO504 rewritten by a macro", "FifoQueue: true"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO504DeadLetterQueueDoesNotFit>(
                ("template.yaml", Template("{|#0:{ deadLetterTargetArn: !GetAtt Dlq.Arn }|}")),
                Deployed.NoHandler,
                Verify
                    .Diagnostic()
                    .WithLocation(0)
                    .WithArguments(
                        "OrdersQueue",
                        "",
                        "it does not say after how many receives a message is given up",
                        Refusal("Redrive policy does not contain mandatory attribute: maxReceiveCount.", count: ""),
                        "Add maxReceiveCount; AWS advises at least 5.",
                        ""
                    )
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
