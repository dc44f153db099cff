using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO501NoDeadLetterQueue>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO501NoDeadLetterQueueTests
{
    private static string Template(
        string properties = "DelaySeconds: 0",
        string resources = "",
        string source = "!GetAtt OrdersQueue.Arn",
        string mapping = "Enabled: true",
        string head = ""
    ) =>
        $$"""
            {{head}}
            Resources:
              {|#1:OrdersQueue|}:
                Type: AWS::SQS::Queue
                Properties:
                  {{properties}}
              OrdersFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: {{source}}
                        {{mapping}}
              {{resources}}
            """;

    private static DiagnosticResult Lost(string after = " after 4 days", string more = "", string where = " (template.yaml(3,3))") =>
        Verify.Diagnostic().WithLocation(0).WithLocation(1).WithArguments("OrdersQueue", where, after, more, "RedrivePolicy with a dead-letter queue", "");

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) => Deployed.VerifyAsync<ALO501NoDeadLetterQueue>(template, expected);

    [Fact]
    public Task A_queue_without_a_dead_letter_queue_loses_what_keeps_failing() =>
        VerifyAsync(
            Template(),
            Lost()
                .WithMessage(
                    "Queue 'OrdersQueue' (template.yaml(3,3)) has no dead-letter queue: a message that keeps failing is received again and again until it expires after 4 days, and then it is lost. "
                        + "Add a RedrivePolicy with a dead-letter queue that keeps messages for 14 days."
                )
        );

    [Theory]
    [InlineData("MessageRetentionPeriod: 86400", " after 1 day")]
    [InlineData("MessageRetentionPeriod: 7200", " after 2 hours")]
    [InlineData("MessageRetentionPeriod: 90", " after 90 s")]
    [InlineData("MessageRetentionPeriod: !Ref Unknown", "")]
    public Task The_message_says_when_it_is_lost(string retention, string after) =>
        VerifyAsync(Template(retention, head: "Parameters: { Unknown: { Type: Number } }"), Lost(after));

    [Fact]
    public Task On_a_FIFO_queue_it_is_advice() =>
        VerifyAsync(Template("FifoQueue: true"), Lost(more: "; until then its message group waits behind it").WithSeverity(Info));

    [Fact]
    public Task On_a_queue_whose_type_is_unknown_it_is_advice() =>
        VerifyAsync(Template("FifoQueue: !Ref Unknown", head: "Parameters: { Unknown: { Type: String } }"), Lost().WithSeverity(Info));

    [Theory]
    [InlineData("RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }")]
    [InlineData("RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:dlq', maxReceiveCount: 5 }")]
    [InlineData("RedrivePolicy: !Ref Unknown")]
    [InlineData("RedrivePolicy: !If [IsProd, { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }, !Ref AWS::NoValue]")]
    [InlineData("RedriveAllowPolicy: { redrivePermission: byQueue }")]
    [InlineData("Fn::Transform: { Name: Ours }")]
    public Task A_redrive_that_may_exist_is_none_that_is_missing(string properties) =>
        VerifyAsync(
            Template(
                    properties,
                    "Dlq: { Type: AWS::SQS::Queue }",
                    head: "Parameters: { Unknown: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Unknown, prod] }"
                )
                .Replace("{|#1:OrdersQueue|}", "OrdersQueue")
        );

    [Theory]
    [InlineData("First: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt OrdersQueue.Arn, maxReceiveCount: 5 } } }")]
    [InlineData("First: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { deadLetterTargetArn: !Ref Unknown, maxReceiveCount: 5 } } }")]
    [InlineData("First: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: !Ref Unknown } }")]
    [InlineData("Api: { Type: AWS::Serverless::Function, Properties: { Handler: a.b, DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt OrdersQueue.Arn } } }")]
    [InlineData(
        "Clicks: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks', FunctionName: clicks, DestinationConfig: { OnFailure: { Destination: !GetAtt OrdersQueue.Arn } } } }"
    )]
    public Task A_queue_that_takes_dead_letters_needs_none(string resource) =>
        VerifyAsync(Template(resources: resource, head: "Parameters: { Unknown: { Type: String } }").Replace("{|#1:OrdersQueue|}", "OrdersQueue"));

    [Fact]
    public Task Another_queues_known_redrive_is_another_queues() =>
        VerifyAsync(
            Template(
                resources: "First: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 } } }\n  Dlq: { Type: AWS::SQS::Queue }"
            ),
            Lost()
        );

    [Theory]
    [InlineData("!ImportValue OrdersQueueArn")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:orders")]
    [InlineData("!Ref Unknown")]
    public Task Queues_of_other_stacks_are_not_known(string source) =>
        VerifyAsync(Template(source: source, head: "Parameters: { Unknown: { Type: String } }").Replace("{|#1:OrdersQueue|}", "OrdersQueue"));

    [Fact]
    public Task A_queue_that_no_mapping_reads_is_nobodys_source() =>
        VerifyAsync(
            Template(
                    "RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }",
                    "Dlq: { Type: AWS::SQS::Queue }\n  Idle: { Type: AWS::SQS::Queue }"
                )
                .Replace("{|#1:OrdersQueue|}", "OrdersQueue")
        );

    [Fact]
    public Task A_mapping_that_is_switched_off_reads_nothing() => VerifyAsync(Template(mapping: "Enabled: false").Replace("{|#1:OrdersQueue|}", "OrdersQueue"));

    [Fact]
    public Task A_comment_above_the_queue_silences_it() =>
        VerifyAsync(Template().Replace("{|#1:OrdersQueue|}", "# alo:disable ALO501 replayed from the order table\n  OrdersQueue"));

    [Fact]
    public Task A_queue_of_several_handlers_is_spoken_about_on_the_first_by_name()
    {
        var test = Deployed.Test<ALO501NoDeadLetterQueue>(
            (
                "template.yaml",
                Template(
                    resources: """
                    RefundsFunction:
                        Type: AWS::Serverless::Function
                        Properties:
                          Handler: Orders::RefundsFunction::Accept
                          Runtime: dotnet8
                          Events: { Refunds: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn } } }
                    """
                )
            ),
            Deployed.PlainHandler,
            Lost()
        );
        test.TestState.Sources.Add(Deployed.Handler.Replace("OrdersFunction", "RefundsFunction").Replace("Handle|}", "Accept|}"));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO501NoDeadLetterQueue>(
                ("template.yaml", Template().Replace("#1", "#0")),
                Deployed.NoHandler,
                Verify.Diagnostic().WithLocation(0).WithArguments("OrdersQueue", "", " after 4 days", "", "RedrivePolicy with a dead-letter queue", "")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task A_mapping_written_in_code_reads_its_queue_too() =>
        Deployed
            .Test<ALO501NoDeadLetterQueue>(
                ("serverless.template", """{ "Resources": { {|#1:"OrdersQueue"|}: { "Type": "AWS::SQS::Queue" } } }"""),
                """
                using Amazon.Lambda.Annotations;
                using Amazon.Lambda.Annotations.SQS;
                using Amazon.Lambda.SQSEvents;

                public class OrdersFunction
                {
                    [LambdaFunction]
                    [SQSEvent("@OrdersQueue")]
                    public SQSBatchResponse {|#0:Handle|}(SQSEvent batch) => new();
                }
                """,
                Lost(where: " (serverless.template(1,18))")
            )
            .RunAsync(TestContext.Current.CancellationToken);
}
