using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class RoleTests
{
    private const string Receive = "sqs:ReceiveMessage";

    private const string Resources = """

        Q: { Type: AWS::SQS::Queue, Properties: { QueueName: orders } }
        Other: { Type: AWS::SQS::Queue }
        T: { Type: AWS::DynamoDB::Table, Properties: { TableName: items } }
        S: { Type: AWS::Kinesis::Stream, Properties: { Name: clicks } }
        B: { Type: AWS::S3::Bucket }
        N: { Type: AWS::SNS::Topic }
        """;

    private static DeploymentModel ReadRole(string properties, string more = "") =>
        Templates.ReadResources($"R:\n  Type: AWS::IAM::Role\n  Properties: {{ {properties} }}\n{more}{Resources}");

    private static DeploymentModel ReadFunction(string properties, string more = "") =>
        Templates.ReadResources($"F:\n  Type: AWS::Serverless::Function\n  Properties: {{ {properties} }}\n{more}{Resources}");

    private static string Statement(string statement) =>
        $"Policies: [{{ PolicyName: p, PolicyDocument: {{ Version: '2012-10-17', Statement: [{{ {statement} }}] }} }}]";

    private static Grant MayReceive(DeploymentModel model, string id = "Q") => Assert.Single(model.Roles).MayDo(Receive, ResourceLink.To(id));

    [Theory]
    [InlineData("Effect: Allow, Action: 'sqs:ReceiveMessage', Resource: !GetAtt Q.Arn", Grant.Allowed)]
    [InlineData("Effect: Allow, Action: ['SQS:receive*'], Resource: [!GetAtt Other.Arn, !GetAtt Q.Arn]", Grant.Allowed)]
    [InlineData("Effect: Allow, Action: 'sqs:*', Resource: '*'", Grant.Allowed)]
    [InlineData("Effect: Allow, Action: '*', Resource: !Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders'", Grant.Allowed)]
    [InlineData("Effect: Allow, Action: 'sqs:*', Resource: !Sub 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Q.QueueName}'", Grant.Allowed)]
    [InlineData("Effect: Allow, Action: 'sqs:*', Resource: !GetAtt Other.Arn", Grant.NotAllowed)]
    [InlineData("Effect: Allow, Action: ['sqs:DeleteMessage', 'sqs:Receive'], Resource: '*'", Grant.NotAllowed)]
    [InlineData("Effect: Deny, Action: 'sqs:ReceiveMessage', Resource: '*'", Grant.NotAllowed)]
    [InlineData("Effect: Allow, Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:123456789012:o*'", Grant.Unknown)]
    [InlineData("Effect: Allow, Action: 'sqs:*', Resource: !ImportValue q", Grant.Unknown)]
    [InlineData("Effect: Allow, NotAction: 'iam:*', Resource: '*'", Grant.Unknown)]
    [InlineData("Effect: Allow, Action: 'sqs:*', Resource: '*', Condition: { Bool: {} }", Grant.Unknown)]
    [InlineData("Effect: Allow, Action: !ImportValue a, Resource: '*'", Grant.Unknown)]
    [InlineData("Effect: Deny, Action: 'sqs:*', Resource: 'arn:aws:sqs:*:*:x'", Grant.Unknown)]
    internal void A_statement_allows_actions_on_resources(string statement, Grant expected) =>
        Assert.Equal(expected, MayReceive(ReadRole(Statement(statement))));

    [Fact]
    public void A_denial_goes_before_what_is_allowed()
    {
        var model = ReadRole(
            "Policies: [{ PolicyDocument: { Statement: [{ Effect: Allow, Action: '*', Resource: '*' }, { Effect: Deny, Action: 'sqs:*', Resource: !GetAtt Q.Arn }] } }]"
        );
        Assert.Equal(Grant.NotAllowed, MayReceive(model));
        Assert.Equal(Grant.Allowed, MayReceive(model, "Other"));
    }

    [Theory]
    [InlineData("arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole", Grant.Allowed)]
    [InlineData("arn:aws:iam::aws:policy/AmazonSQSFullAccess", Grant.Allowed)]
    [InlineData("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", Grant.NotAllowed)]
    [InlineData("arn:aws:iam::aws:policy/SomethingNew", Grant.Unknown)]
    [InlineData("arn:aws:iam::123456789012:policy/AWSLambdaBasicExecutionRole", Grant.Unknown)]
    [InlineData("!ImportValue policy", Grant.Unknown)]
    internal void A_managed_policy_is_known_or_leaves_the_role_open(string arn, Grant expected) =>
        Assert.Equal(expected, MayReceive(ReadRole($"ManagedPolicyArns: [{arn}]")));

    [Theory]
    [InlineData("Type: AWS::IAM::Policy, Properties: { Roles: [!Ref R]", Grant.Allowed)]
    [InlineData("Type: AWS::IAM::ManagedPolicy, Properties: { Roles: [!Ref R]", Grant.Allowed)]
    [InlineData("Type: AWS::IAM::RolePolicy, Properties: { RoleName: !Ref R", Grant.Allowed)]
    [InlineData("Type: AWS::IAM::Policy, Properties: { Roles: [named]", Grant.Allowed)]
    [InlineData("Type: AWS::IAM::Policy, Properties: { Roles: [another]", Grant.NotAllowed)]
    [InlineData("Type: AWS::IAM::Policy, Properties: { Roles: [!ImportValue r]", Grant.Unknown)]
    [InlineData("Type: AWS::IAM::Policy, Properties: { Users: [u]", Grant.NotAllowed)]
    internal void A_policy_of_its_own_counts_for_its_roles(string policy, Grant expected)
    {
        var document = "PolicyDocument: { Statement: { Effect: Allow, Action: 'sqs:*', Resource: '*' } }";
        Assert.Equal(expected, MayReceive(ReadRole("RoleName: named", $"P: {{ {policy}, {document} }} }}\n")));
    }

    [Fact]
    public void A_managed_policy_of_the_template_is_read()
    {
        var model = ReadRole(
            "ManagedPolicyArns: [!Ref P]",
            "P: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: !GetAtt Q.Arn }] } } }\n"
        );
        Assert.Equal(Grant.Allowed, MayReceive(model));
        Assert.Equal(Grant.NotAllowed, MayReceive(model, "Other"));
    }

    [Fact]
    public void A_boundary_leaves_the_role_open() =>
        Assert.Equal("it has a permissions boundary", Assert.Single(ReadRole("PermissionsBoundary: x").Roles).WhyIncomplete);

    [Theory]
    [InlineData("dynamodb:GetRecords", "T", "Resource: !Sub '${T.Arn}/stream/*'")]
    [InlineData("dynamodb:GetRecords", "T", "Resource: !GetAtt T.StreamArn")]
    [InlineData("s3:PutObject", "B", "Resource: !Sub '${B.Arn}/*'")]
    [InlineData("s3:PutObject", "B", "Resource: !Sub 'arn:aws:s3:::${B}/*'")]
    [InlineData("sns:Publish", "N", "Resource: !Ref N")]
    [InlineData("kinesis:GetRecords", "S", "Resource: !Sub 'arn:aws:kinesis:${AWS::Region}:${AWS::AccountId}:stream/clicks'")]
    public void Every_source_and_destination_is_found(string action, string id, string resource)
    {
        var role = Assert.Single(ReadRole(Statement($"Effect: Allow, Action: '{action}', {resource}")).Roles);
        Assert.Equal(Grant.Allowed, role.MayDo(action, ResourceLink.To(id)));
        Assert.Equal(Grant.NotAllowed, role.MayDo(action, ResourceLink.To("Q")));
    }

    [Fact]
    public void A_literal_target_is_matched_by_its_ARN()
    {
        var role = Assert.Single(ReadRole(Statement("Effect: Allow, Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:123456789012:orders-?-*'")).Roles);
        Assert.Equal(Grant.Allowed, role.MayDo(Receive, ResourceLink.ToLiteral("arn:aws:sqs:eu-west-1:123456789012:orders-1-x")));
        Assert.Equal(Grant.NotAllowed, role.MayDo(Receive, ResourceLink.ToLiteral("arn:aws:sqs:eu-west-1:123456789012:orders-11")));
        Assert.Equal(Grant.Unknown, role.MayDo(Receive, ResourceLink.ToLiteral("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders-1-x")));
        Assert.Equal(Grant.Unknown, role.MayDo(Receive, ResourceLink.Unknown("it hides")));
    }

    [Theory]
    [InlineData("Events: { E: { Type: SQS, Properties: { Queue: !GetAtt Q.Arn } } }", "sqs:ReceiveMessage", "Q", Grant.Allowed)]
    [InlineData("Events: { E: { Type: Kinesis, Properties: { Stream: !GetAtt S.Arn } } }", "kinesis:GetRecords", "S", Grant.Allowed)]
    [InlineData("Events: { E: { Type: DynamoDB, Properties: { Stream: !GetAtt T.StreamArn } } }", "dynamodb:GetRecords", "T", Grant.Allowed)]
    [InlineData("Events: { E: { Type: S3 } }", "sqs:ReceiveMessage", "Q", Grant.NotAllowed)]
    [InlineData("Events: { E: { Type: NewThing } }", "sqs:ReceiveMessage", "Q", Grant.Unknown)]
    [InlineData("Timeout: 5", "sqs:ReceiveMessage", "Q", Grant.NotAllowed)]
    [InlineData("Policies: [SQSPollerPolicy: { QueueName: !GetAtt Q.QueueName }]", "sqs:ReceiveMessage", "Q", Grant.Allowed)]
    [InlineData("Policies: [SQSPollerPolicy: { QueueName: orders }]", "sqs:DeleteMessage", "Q", Grant.Allowed)]
    [InlineData("Policies: [SQSPollerPolicy: { QueueName: !GetAtt Other.QueueName }]", "sqs:ReceiveMessage", "Q", Grant.NotAllowed)]
    [InlineData("Policies: [SQSPollerPolicy: { QueueName: !ImportValue q }]", "sqs:ReceiveMessage", "Q", Grant.Unknown)]
    [InlineData("Policies: [DynamoDBStreamReadPolicy: { TableName: !Ref T, StreamName: '*' }]", "dynamodb:GetRecords", "T", Grant.Allowed)]
    [InlineData("Policies: [KinesisStreamReadPolicy: { StreamName: clicks }]", "kinesis:GetRecords", "S", Grant.Allowed)]
    [InlineData("Policies: [S3WritePolicy: { BucketName: !Ref B }]", "s3:PutObject", "B", Grant.Allowed)]
    [InlineData("Policies: [SNSPublishMessagePolicy: { TopicName: !GetAtt N.TopicName }]", "sns:Publish", "N", Grant.Allowed)]
    [InlineData("Policies: [SomeNewPolicy: {}]", "sqs:ReceiveMessage", "Q", Grant.Unknown)]
    [InlineData("Policies: AWSLambdaSQSQueueExecutionRole", "sqs:ReceiveMessage", "Q", Grant.Allowed)]
    [InlineData("Policies: [AWSLambdaBasicExecutionRole, AmazonSQSFullAccess]", "sqs:ReceiveMessage", "Q", Grant.Allowed)]
    [InlineData("Policies: [{ Statement: [{ Effect: Allow, Action: 'sqs:*', Resource: '*' }] }]", "sqs:ReceiveMessage", "Q", Grant.Allowed)]
    [InlineData("Policies: { Statement: { Effect: Allow, Action: 'sqs:*', Resource: '*' } }", "sqs:ReceiveMessage", "Q", Grant.Allowed)]
    [InlineData("Policies: !ImportValue p", "sqs:ReceiveMessage", "Q", Grant.Unknown)]
    [InlineData("DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Q.Arn }", "sqs:SendMessage", "Q", Grant.Allowed)]
    [InlineData("EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Q.Arn } } }", "sqs:SendMessage", "Q", Grant.Allowed)]
    [InlineData("EventInvokeConfig: { DestinationConfig: { OnFailure: { Destination: !GetAtt Q.Arn } } }", "sqs:SendMessage", "Q", Grant.NotAllowed)]
    internal void The_role_that_SAM_makes_follows_the_function(string properties, string action, string id, Grant expected)
    {
        var model = ReadFunction(properties);
        var role = model.RoleOf(model.Functions[0])!;
        Assert.Equal(RoleMaker.Sam, role.Maker);
        Assert.Equal("FRole", role.LogicalId);
        Assert.Equal(expected, role.MayDo(action, ResourceLink.To(id)));
    }

    [Fact]
    public void X41_only_a_destination_with_its_type_is_allowed()
    {
        string Events(string type) =>
            $"Events: {{ E: {{ Type: Kinesis, Properties: {{ Stream: !GetAtt S.Arn, DestinationConfig: {{ OnFailure: {{ {type}Destination: !GetAtt Q.Arn }} }} }} }} }}";
        Assert.Equal(Grant.Allowed, Assert.Single(ReadFunction(Events("Type: SQS, ")).Roles).MayDo("sqs:SendMessage", ResourceLink.To("Q")));
        Assert.Equal(Grant.NotAllowed, Assert.Single(ReadFunction(Events("")).Roles).MayDo("sqs:SendMessage", ResourceLink.To("Q")));
    }

    [Fact]
    public void A_function_with_a_role_of_its_own_has_that_one()
    {
        var model = ReadFunction("Role: !GetAtt R.Arn, Policies: [AmazonSQSFullAccess]", "R: { Type: AWS::IAM::Role }\n");
        Assert.Equal("R", model.RoleOf(model.Functions[0])!.LogicalId);
        Assert.Equal(Grant.NotAllowed, MayReceive(model));
        var elsewhere = ReadFunction("Role: arn:aws:iam::123456789012:role/r");
        Assert.Null(elsewhere.RoleOf(elsewhere.Functions[0]));
        Assert.Equal("arn:aws:iam::123456789012:role/r", elsewhere.Functions[0].Role.Literal);
    }

    [Fact]
    public void Any_number_of_roles_and_policies_is_read()
    {
        var many = string.Concat(
            Enumerable
                .Range(0, 8000)
                .Select(i =>
                    FormattableString.Invariant($"R{i}: {{ Type: AWS::IAM::Role }}\nP{i}: {{ Type: AWS::IAM::Policy, Properties: {{ Roles: [!Ref R{i}] }} }}\n")
                )
        );
        Assert.Equal(8000, Templates.ReadResources(many).Roles.Count);
    }
}
