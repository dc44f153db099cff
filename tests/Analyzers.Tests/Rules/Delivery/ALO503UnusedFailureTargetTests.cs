using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.TestKit;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;
using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Delivery.ALO503UnusedFailureTarget>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Delivery;

public sealed class ALO503UnusedFailureTargetTests
{
    private const string Undecided = "Parameters: { Unknown: { Type: String } }\nConditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }";
    private const string ToDlq = "DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Dlq.Arn }";

    private const string OnTheQueue =
        "what keeps failing in queue 'OrdersQueue' goes back to the queue, and is lost when it expires. Give the queue a RedrivePolicy with a dead-letter queue instead.";

    private static string Template(
        string function,
        string mapping = "Enabled: true",
        string otherEvent = "",
        string queue = "DelaySeconds: 0",
        string head = "Description: Orders",
        string resources = ""
    ) =>
        $$"""
            {{head}}
            Resources:
              Dlq:
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
                  {{function}}
                  Events:
                    Orders:
                      Type: SQS
                      Properties:
                        Queue: !GetAtt OrdersQueue.Arn
                        {{mapping}}
                    {{otherEvent}}
              {{resources}}
            """;

    private static DiagnosticResult Unused(
        string what,
        string where,
        string instead = OnTheQueue,
        string target = "Dlq",
        string assumption = "",
        int place = 1
    ) => Verify.Diagnostic().WithLocation(0).WithLocation(place).WithArguments("OrdersFunction", what, target, where, instead, assumption);

    private static Task VerifyAsync(string template, params DiagnosticResult[] expected) => Deployed.VerifyAsync<ALO503UnusedFailureTarget>(template, expected);

    [Fact]
    public Task A_dead_letter_queue_of_the_function() =>
        VerifyAsync(
            Template("DeadLetterQueue: { Type: SQS, TargetArn: {|#1:!GetAtt Dlq.Arn|} }"),
            Unused("dead-letter queue", " (template.yaml(14,48))")
                .WithSeverity(Warning)
                .WithMessage(
                    "Nothing invokes function 'OrdersFunction' asynchronously, so its dead-letter queue 'Dlq' (template.yaml(14,48)) is never used: what keeps failing in queue 'OrdersQueue' goes back to the queue, "
                        + "and is lost when it expires. Give the queue a RedrivePolicy with a dead-letter queue instead."
                )
        );

    [Fact]
    public Task Destinations_of_the_function() =>
        VerifyAsync(
            Template(
                "EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS, Destination: {|#1:!GetAtt Dlq.Arn|} }, OnSuccess: { Type: SQS, Destination: {|#2:!GetAtt Dlq.Arn|} } } }"
            ),
            Unused("OnFailure destination", " (template.yaml(14,86))"),
            Unused(
                "OnSuccess destination",
                " (template.yaml(14,142))",
                "event source mappings report no success. Let the handler itself send what is to follow.",
                place: 2
            )
        );

    [Fact]
    public Task In_plain_CloudFormation() =>
        VerifyAsync(
            """
            Resources:
              OrdersQueue: { Type: AWS::SQS::Queue }
              OrdersFunction:
                Type: AWS::Lambda::Function
                Properties:
                  Handler: Orders::OrdersFunction::Handle
                  Runtime: dotnet8
                  DeadLetterConfig: { TargetArn: {|#1:'arn:aws:sns:eu-west-1:123456789012:failed'|} }
              Orders:
                Type: AWS::Lambda::EventSourceMapping
                Properties: { FunctionName: !Ref OrdersFunction, EventSourceArn: !GetAtt OrdersQueue.Arn }
            """,
            Unused("dead-letter queue", " (template.yaml(8,38))", target: "arn:aws:sns:eu-west-1:123456789012:failed")
        );

    [Fact]
    public Task A_stream_has_destinations_of_its_mapping()
    {
        var test = Deployed.Test<ALO503UnusedFailureTarget>(
            (
                "template.yaml",
                """
                Resources:
                  Dlq: { Type: AWS::SQS::Queue }
                  Clicks: { Type: AWS::Kinesis::Stream }
                  OrdersFunction:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: Orders::OrdersFunction::Handle
                      Runtime: dotnet8
                      DeadLetterQueue: { Type: SQS, TargetArn: {|#1:!GetAtt Dlq.Arn|} }
                      Events: { Clicks: { Type: Kinesis, Properties: { Stream: !GetAtt Clicks.Arn, StartingPosition: LATEST } } }
                """
            ),
            "using Amazon.Lambda.KinesisEvents; public class OrdersFunction { public void {|#0:Handle|}(KinesisEvent batch) { } }",
            Unused("dead-letter queue", " (template.yaml(9,48))", "what mapping 'Clicks' gives up is lost. Give the mapping an OnFailure destination instead.")
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Api: { Type: HttpApi }")]
    [InlineData("More: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn, Enabled: false } }")]
    public Task What_waits_for_the_answer_is_no_asynchronous_event(string other) =>
        VerifyAsync(
            Template(ToDlq.Replace("!GetAtt Dlq.Arn", "{|#1:!GetAtt Dlq.Arn|}"), otherEvent: other),
            Unused("dead-letter queue", " (template.yaml(14,48))")
        );

    [Theory]
    [InlineData("Topic: { Type: SNS, Properties: { Topic: 'arn:aws:sns:eu-west-1:123456789012:orders' } }")]
    [InlineData("Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day), Enabled: false } }")]
    [InlineData("New: { Type: SomethingNew }")]
    public Task An_asynchronous_event_or_one_that_is_not_understood_may_use_it(string other) => VerifyAsync(Template(ToDlq, otherEvent: other));

    [Theory]
    [InlineData(
        "May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref OrdersFunction, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com } }"
    )]
    [InlineData(
        "May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Unknown, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com } }"
    )]
    [InlineData(
        "Caller: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: Call, PolicyDocument: { Statement: [{ Effect: Allow, Action: 'lambda:InvokeFunction', Resource: !GetAtt OrdersFunction.Arn }] } }] } }"
    )]
    [InlineData(
        "Other: { Type: AWS::Serverless::Function, Properties: { Handler: Other::O::H, Runtime: dotnet8, EventInvokeConfig: { DestinationConfig: { OnSuccess: { Type: Lambda, Destination: !GetAtt OrdersFunction.Arn } } } } }"
    )]
    public Task Somebody_who_may_invoke_it_may_do_so_asynchronously(string resource) => VerifyAsync(Template(ToDlq, head: Undecided, resources: resource));

    [Fact]
    public Task Permission_to_invoke_another_function_says_nothing() =>
        VerifyAsync(
            Template(
                ToDlq.Replace("!GetAtt Dlq.Arn", "{|#1:!GetAtt Dlq.Arn|}"),
                resources: "May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: refunds, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com } }"
            ),
            Unused("dead-letter queue", " (template.yaml(14,48))")
        );

    [Theory]
    [InlineData("RedrivePolicy: { deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5 }")]
    [InlineData("RedrivePolicy: !Ref Unknown")]
    [InlineData("RedriveAllowPolicy: { redrivePermission: allowAll }")]
    public Task A_source_that_has_its_own_or_takes_dead_letters_itself(string queue) => VerifyAsync(Template(ToDlq, queue: queue, head: Undecided));

    [Theory]
    [InlineData("MemorySize: 256")]
    [InlineData("DeadLetterQueue: { Type: SQS, TargetArn: !Ref Unknown }")]
    [InlineData("DeadLetterQueue: !If [IsProd, { Type: SQS, TargetArn: !GetAtt Dlq.Arn }, !Ref 'AWS::NoValue']")]
    public Task None_or_none_that_is_known(string function) => VerifyAsync(Template(function, head: Undecided));

    [Fact]
    public Task Both_branches_are_never_used() =>
        VerifyAsync(
            Template(
                "DeadLetterQueue: { Type: SQS, TargetArn: {|#1:!If [IsProd, !GetAtt Dlq.Arn, 'arn:aws:sqs:eu-west-1:123456789012:dead']|} }",
                head: Undecided
            ),
            Unused("dead-letter queue", " (template.yaml(15,48))")
        );

    [Fact]
    public Task A_parameters_default_is_named() =>
        VerifyAsync(
            Template(
                "DeadLetterQueue: { Type: SQS, TargetArn: {|#1:!Ref Dead|} }",
                head: "Parameters: { Dead: { Type: String, Default: 'arn:aws:sqs:eu-west-1:123456789012:dead' } }"
            ),
            Unused(
                "dead-letter queue",
                " (template.yaml(14,48))",
                target: "arn:aws:sqs:eu-west-1:123456789012:dead",
                assumption: " This holds as long as the deployment keeps the default of parameter 'Dead'."
            )
        );

    [Fact]
    public Task A_mapping_that_is_switched_off_fails_nothing() => VerifyAsync(Template(ToDlq, "Enabled: false"));

    [Fact]
    public Task A_comment_silences_it() => VerifyAsync(Template(ToDlq + " # alo:disable ALO503 called asynchronously by hand"));

    [Fact]
    public Task Without_a_handler_it_sits_in_the_template() =>
        Deployed
            .Test<ALO503UnusedFailureTarget>(
                ("template.yaml", Template(ToDlq.Replace("!GetAtt Dlq.Arn", "{|#0:!GetAtt Dlq.Arn|}"))),
                Deployed.NoHandler,
                Verify.Diagnostic().WithLocation(0).WithArguments("OrdersFunction", "dead-letter queue", "Dlq", "", OnTheQueue, "")
            )
            .RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public Task The_queue_is_not_said_to_lack_a_dead_letter_queue_as_well() => Deployed.VerifyAsync<ALO501NoDeadLetterQueue>(Template(ToDlq));

    [Fact]
    public Task A_destination_of_successes_does_not_stand_for_a_dead_letter_queue() =>
        Deployed.VerifyAsync<ALO501NoDeadLetterQueue>(
            Template("EventInvokeConfig: { DestinationConfig: { OnSuccess: { Type: SQS, Destination: !GetAtt Dlq.Arn } } }")
                .Replace("  OrdersQueue:", "  {|#1:OrdersQueue|}:"),
            AnalyzerVerifier<ALO501NoDeadLetterQueue>
                .Diagnostic()
                .WithLocation(0)
                .WithLocation(1)
                .WithArguments("OrdersQueue", " (template.yaml(5,3))", " after 4 days", "", "RedrivePolicy with a dead-letter queue", "")
        );
}
