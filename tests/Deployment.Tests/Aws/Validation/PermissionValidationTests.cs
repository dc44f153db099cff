using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Aws.Validation;

public sealed class PermissionValidationTests
{
    private static DeploymentModel Read(string role, string source = "Q.Arn", string destination = "!Ref AWS::NoValue") =>
        Templates.ReadResources(
            $$"""
            F: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt R.Arn } }
            R: { Type: AWS::IAM::Role, Properties: { {{role}} } }
            Q: { Type: AWS::SQS::Queue }
            S: { Type: AWS::Kinesis::Stream }
            T: { Type: AWS::DynamoDB::Table, Properties: { StreamSpecification: { StreamViewType: KEYS_ONLY } } }
            N: { Type: AWS::SNS::Topic }
            B: { Type: AWS::S3::Bucket }
            M:
              Type: AWS::Lambda::EventSourceMapping
              Properties: { EventSourceArn: !GetAtt {{source}}, FunctionName: !Ref F, DestinationConfig: { OnFailure: { Destination: {{destination}} } } }
            """
        );

    private static string[] Missing(DeploymentModel model) =>
        [.. PermissionValidation.Missing(model, Assert.Single(model.Mappings)).Select(missing => $"{missing.Action} {missing.Target} {missing.IsOfSource}")];

    private static string Allow(string actions) =>
        $"Policies: [{{ PolicyName: p, PolicyDocument: {{ Statement: [{{ Effect: Allow, Action: {actions}, Resource: '*' }}] }} }}]";

    [Theory]
    [InlineData("Q.Arn", "['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']", "")]
    [InlineData("Q.Arn", "'sqs:ReceiveMessage'", "sqs:DeleteMessage Q True; sqs:GetQueueAttributes Q True")]
    [InlineData("S.Arn", "'sqs:*'", "kinesis:DescribeStream S True; kinesis:GetRecords S True; kinesis:GetShardIterator S True")]
    [InlineData("S.Arn", "'kinesis:*'", "")]
    [InlineData("T.StreamArn", "['dynamodb:GetRecords', 'dynamodb:GetShardIterator']", "dynamodb:DescribeStream T True")]
    public void P44_the_role_may_read_the_source(string source, string actions, string expected) =>
        Assert.Equal(expected, string.Join("; ", Missing(Read(Allow(actions), source))));

    [Theory]
    [InlineData("!GetAtt Q.Arn", "sqs:SendMessage Q False")]
    [InlineData("!Ref N", "sns:Publish N False")]
    [InlineData("!GetAtt B.Arn", "s3:PutObject B False")]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:q", "sqs:SendMessage arn:aws:sqs:eu-west-1:123456789012:q False")]
    [InlineData("!ImportValue q", "")]
    [InlineData("kafka://topic", "")]
    public void G78_the_role_may_send_to_the_destination(string destination, string expected)
    {
        Assert.Equal(expected, string.Join("; ", Missing(Read(Allow("'kinesis:*'"), "S.Arn", destination))));
        Assert.Empty(Missing(Read(Allow("'*'"), "S.Arn", destination)));
    }

    [Fact]
    public void A_role_that_is_not_known_lacks_nothing()
    {
        Assert.Empty(Missing(Read("ManagedPolicyArns: [!ImportValue p]")));
        Assert.Empty(Missing(Templates.ReadResources("M: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: f } }")));
    }

    [Fact]
    public void P44_is_said_in_the_words_of_AWS()
    {
        var model = Read("RoleName: r");
        var refusal = PermissionValidation.Refused(EventSourceKind.Sqs, PermissionValidation.Missing(model, model.Mappings[0])[0]);
        Assert.Equal("The provided execution role does not have permissions to call ReceiveMessage on SQS", refusal.Message);
        Assert.True(refusal.IsRecordedText);
    }
}
