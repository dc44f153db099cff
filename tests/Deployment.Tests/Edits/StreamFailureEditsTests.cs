using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Edits;

public sealed class StreamFailureEditsTests
{
    private const string Sam = """
        # Clicks
        Resources:
          S: { Type: AWS::Kinesis::Stream }

          F:
            Type: AWS::Serverless::Function
            Condition: IsProd # not yet elsewhere
            Properties:
              Events:
                Clicks:
                  Type: Kinesis
                  Properties:
                    Stream: !GetAtt S.Arn   # the stream
                    # BatchSize: 5

          Q: { Type: AWS::SQS::Queue }
        Conditions: { IsProd: !Equals [!Ref 'AWS::Region', eu-west-1] }

        """;

    private static string Edited(string text, Func<DeploymentText, EventSourceMapping, IReadOnlyList<TemplateEdit>> edit)
    {
        var model = Templates.Read(text);
        var edits = edit(new(text, model), Assert.Single(model.Mappings));
        Assert.NotEmpty(edits);
        return TemplateEdit.Apply(text, edits);
    }

    private static void AssertNone(string text, Func<DeploymentText, EventSourceMapping, IReadOnlyList<TemplateEdit>> edit)
    {
        var model = Templates.Read(text);
        Assert.Empty(edit(new(text, model), Assert.Single(model.Mappings)));
    }

    public static TheoryData<string> LineEnds => ["\n", "\r\n"];

    [Theory]
    [MemberData(nameof(LineEnds))]
    public void Retries_and_destination_come_in_one_change(string lineEnd)
    {
        const string Stream = "            Stream: !GetAtt S.Arn   # the stream\n";
        const string Settings =
            "            MaximumRetryAttempts: 10\n            BisectBatchOnFunctionError: true\n            DestinationConfig:\n              OnFailure:\n                Type: SQS\n                Destination: !GetAtt ClicksFailureQueue.Arn\n";
        const string Queue =
            "\n  ClicksFailureQueue:\n    Type: AWS::SQS::Queue\n    Condition: IsProd\n    Properties:\n      MessageRetentionPeriod: 1209600\n";
        var edited = Edited(Sam.ReplaceLineEndings(lineEnd), StreamFailureEdits.LimitRetries);
        Assert.Equal(Sam.Replace(Stream, Stream + Settings + Queue, StringComparison.Ordinal).ReplaceLineEndings(lineEnd), edited);
    }

    [Fact]
    public void The_byte_order_mark_stays() =>
        Assert.Equal("\uFEFF" + Edited(Sam, StreamFailureEdits.AddDestination), Edited("\uFEFF" + Sam, StreamFailureEdits.AddDestination));

    [Fact]
    public void A_second_time_there_is_nothing_to_do()
    {
        var once = Edited(Sam, StreamFailureEdits.LimitRetries);
        AssertNone(once, StreamFailureEdits.LimitRetries);
        AssertNone(once, StreamFailureEdits.AddDestination);
        AssertNone(once, StreamFailureEdits.SetDestinationType);
    }

    [Fact]
    public void What_stands_in_braces_stays_there()
    {
        const string Before =
            "Resources:\n  S: { Type: AWS::Kinesis::Stream }\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        Clicks:\n          Type: Kinesis\n";
        Assert.Equal(
            Before
                + "          Properties: { Stream: !GetAtt S.Arn, DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt ClicksFailureQueue.Arn}} }\n"
                + "  ClicksFailureQueue:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600\n",
            Edited(Before + "          Properties: { Stream: !GetAtt S.Arn }\n", StreamFailureEdits.AddDestination)
        );
    }

    [Theory]
    [InlineData("Role: !GetAtt R.Arn", "R: { Type: AWS::IAM::Role }")]
    [InlineData(
        "Role: !GetAtt R.Arn",
        "R: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyName: p, PolicyDocument: { Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: !GetAtt Q.Arn }] } }] } }"
    )]
    public void A_role_that_may_not_send_to_the_new_queue_is_no_place_for_one(string role, string resource) =>
        AssertNone(
            Sam.Replace("      Events:", $"      {role}\n      Events:", StringComparison.Ordinal)
                .Replace("  Q: ", $"  {resource}\n  Q: ", StringComparison.Ordinal),
            StreamFailureEdits.AddDestination
        );

    [Theory]
    [InlineData("Role: !ImportValue R")]
    [InlineData("Role: arn:aws:iam::123456789012:role/any")]
    public void A_role_that_is_not_known_may_be_able_to(string role) =>
        Assert.Contains(
            "Destination: !GetAtt ClicksFailureQueue.Arn",
            Edited(Sam.Replace("      Events:", $"      {role}\n      Events:", StringComparison.Ordinal), StreamFailureEdits.AddDestination),
            StringComparison.Ordinal
        );
}
