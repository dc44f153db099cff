using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class LinkTests
{
    private const string Resources = """

        Conditions:
          Open: !Equals [!Ref Stage, x]
        Parameters:
          Stage: { Type: String }
          QueueArn: { Type: String, Default: "arn:aws:sqs:eu-west-1:123456789012:given" }
        Resources:
          Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "${Stage}-orders" } }
          Plain: { Type: AWS::SQS::Queue, Properties: { QueueName: plain } }
          Twin1: { Type: AWS::SQS::Queue, Properties: { QueueName: twin } }
          Twin2: { Type: AWS::SQS::Queue, Properties: { QueueName: twin } }
          Function: { Type: AWS::Serverless::Function, Properties: { FunctionName: orders-function } }
          Other: { Type: AWS::Lambda::Function }
          Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Function } }
          Alias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !GetAtt Version.FunctionArn } }
          Circle: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Circle } }
          Nested: { Type: AWS::CloudFormation::Stack }
          Custom: { Type: "Custom::Thing" }
          Stream: { Type: AWS::Kinesis::Stream }
          Table: { Type: AWS::DynamoDB::Table }
          Cluster: { Type: AWS::MSK::Cluster }

        """;

    private static EventSourceMapping Mapping(string source, string function = "x") =>
        Assert.Single(
            Templates
                .Read(
                    Resources
                        + $"  M:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties:\n      EventSourceArn: {source}\n      FunctionName: {function}\n"
                )
                .Mappings
        );

    [Theory]
    [InlineData("!GetAtt Queue.Arn", "Queue", nameof(EventSourceKind.Sqs))]
    [InlineData("!GetAtt [Queue, Arn]", "Queue", nameof(EventSourceKind.Sqs))]
    [InlineData("{ Fn::GetAtt: [Queue, Arn] }", "Queue", nameof(EventSourceKind.Sqs))]
    [InlineData("{ Fn::GetAtt: Queue.Arn }", "Queue", nameof(EventSourceKind.Sqs))]
    [InlineData("!Sub '${Queue.Arn}'", "Queue", nameof(EventSourceKind.Sqs))]
    [InlineData("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Queue.QueueName}'", "Queue", nameof(EventSourceKind.Sqs))]
    [InlineData("!Sub 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${Stage}-orders'", "Queue", nameof(EventSourceKind.Sqs))]
    [InlineData("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:plain'", "Plain", nameof(EventSourceKind.Sqs))]
    [InlineData("!Join [':', [arn, aws, sqs, !Ref AWS::Region, !Ref AWS::AccountId, plain]]", "Plain", nameof(EventSourceKind.Sqs))]
    [InlineData("!If [Open, !GetAtt Queue.Arn, !GetAtt Queue.Arn]", "Queue", nameof(EventSourceKind.Sqs))]
    [InlineData("!GetAtt Stream.Arn", "Stream", nameof(EventSourceKind.Kinesis))]
    [InlineData("!GetAtt Table.StreamArn", "Table", nameof(EventSourceKind.DynamoDb))]
    [InlineData("!Ref Cluster", "Cluster", nameof(EventSourceKind.Other))]
    public void A_source_resolves_to_its_resource(string source, string id, string kind)
    {
        var mapping = Mapping(source);
        Assert.Equal((id, kind), (mapping.Source.LogicalId, mapping.Kind.ToString()));
    }

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:plain", "arn:aws:sqs:eu-west-1:123456789012:plain", nameof(EventSourceKind.Sqs))]
    [InlineData("!Ref QueueArn", "arn:aws:sqs:eu-west-1:123456789012:given", nameof(EventSourceKind.Sqs))]
    [InlineData(
        "!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:elsewhere'",
        "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:elsewhere",
        nameof(EventSourceKind.Sqs)
    )]
    [InlineData("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:twin'", "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:twin", nameof(EventSourceKind.Sqs))]
    [InlineData("arn:aws:kinesis:eu-west-1:123456789012:stream/s", "arn:aws:kinesis:eu-west-1:123456789012:stream/s", nameof(EventSourceKind.Kinesis))]
    [InlineData("arn:aws:mq:eu-west-1:123456789012:broker:b:1", "arn:aws:mq:eu-west-1:123456789012:broker:b:1", nameof(EventSourceKind.Other))]
    public void A_source_of_another_stack_is_literal(string source, string literal, string kind)
    {
        var mapping = Mapping(source);
        Assert.Equal((literal, kind), (mapping.Source.Literal, mapping.Kind.ToString()));
        Assert.Null(mapping.Source.LogicalId);
    }

    [Theory]
    [InlineData("!ImportValue q", "it is imported from another stack")]
    [InlineData("!Ref Stage", "parameter 'Stage' has no default")]
    [InlineData("!GetAtt Nested.Outputs.QueueArn", "'Nested.Outputs.QueueArn' is known only when deployed")]
    [InlineData("!GetAtt Custom.QueueArn", "'Custom.QueueArn' is known only when deployed")]
    [InlineData("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Stage}-other'", "parameter 'Stage' has no default")]
    [InlineData("!Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Queue}'", "the reference gives the queue's URL, not its name")]
    [InlineData("!If [Open, !GetAtt Queue.Arn, !GetAtt Plain.Arn]", "'EventSourceArn' hangs on a condition")]
    [InlineData("", "'EventSourceArn' is not given")]
    public void A_source_that_cannot_be_followed_says_why(string source, string why)
    {
        var mapping = Mapping(source);
        Assert.Equal((why, EventSourceKind.Unknown), (mapping.Source.WhyUnknown, mapping.Kind));
        Assert.True(mapping.BatchSize.IsMissing);
    }

    [Theory]
    [InlineData("!Ref Function", "Function")]
    [InlineData("!GetAtt Function.Arn", "Function")]
    [InlineData("!Ref Other", "Other")]
    [InlineData("orders-function", "Function")]
    [InlineData("!Sub 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:orders-function'", "Function")]
    [InlineData("!Sub 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Other}:live'", "Other")]
    [InlineData("!Ref Alias", "Function")]
    [InlineData("!Ref Function.Alias", "Function")]
    [InlineData("!Ref Version", "Function")]
    [InlineData("!Sub '${Function.Arn}:live'", "Function")]
    [InlineData("!Sub '${Other}:live'", "Other")]
    [InlineData("!Sub '${Function.Arn}live'", null)]
    [InlineData("!Sub '${Queue.Arn}:live'", null)]
    [InlineData("!Ref Circle", null)]
    [InlineData("no-such-function", null)]
    public void A_function_is_found_by_reference_name_arn_or_alias(string function, string? id) =>
        Assert.Equal(id, Mapping("!GetAtt Queue.Arn", function).Function.LogicalId);

    [Fact]
    public void What_stands_after_a_function_is_its_qualifier() =>
        Assert.Equal("live", Mapping("!GetAtt Queue.Arn", "!Sub '${Function.Arn}:live'").Function.Qualifier);

    [Fact]
    public void A_self_managed_source_is_neither_queue_nor_stream()
    {
        var model = Templates.ReadResources("M: { Type: AWS::Lambda::EventSourceMapping, Properties: { SelfManagedEventSource: { Endpoints: {} } } }");
        Assert.Equal(EventSourceKind.Other, Assert.Single(model.Mappings).Kind);
    }
}
