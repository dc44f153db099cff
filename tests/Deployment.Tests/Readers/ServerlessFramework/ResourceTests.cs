using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

/// <summary>What a service's own CloudFormation, its roles and its plugins make of it.</summary>
public sealed class ResourceTests
{
    private const string Receive = "sqs:ReceiveMessage";
    private const string Event = "events: [sqs: { arn: !GetAtt Q.Arn }]";

    private static DeploymentModel ReadProvider(string provider, string function = Event, string more = "") =>
        Services.Read(
            $$"""
            service: shop
            provider: { name: aws, {{provider}} }
            functions:
              work: { handler: A::B::C, {{function}} }
            resources:
              Resources:
                Q: { Type: AWS::SQS::Queue }
                Other: { Type: AWS::SQS::Queue }
                S: { Type: AWS::Kinesis::Stream }
                T: { Type: AWS::DynamoDB::Table }
                R: { Type: AWS::IAM::Role }

            """ + more
        );

    private static Grant May(DeploymentModel model, string action, string id) =>
        model.RoleOf(model.Functions[0])?.MayDo(action, ResourceLink.To(id)) ?? Grant.Unknown;

    [Theory]
    [InlineData("sqs: !GetAtt Q.Arn", Receive, "Q", Grant.Allowed)]
    [InlineData("sqs: !GetAtt Q.Arn", Receive, "Other", Grant.NotAllowed)]
    [InlineData("stream: { type: kinesis, arn: !GetAtt S.Arn }", "kinesis:DescribeStream", "S", Grant.Allowed)]
    [InlineData("stream: { type: kinesis, arn: !GetAtt S.Arn, consumer: true }", "kinesis:GetRecords", "S", Grant.Allowed)]
    [InlineData("stream: { type: dynamodb, arn: !GetAtt T.StreamArn }", "dynamodb:GetRecords", "T", Grant.Allowed)]
    [InlineData("stream: { type: kinesis, arn: !GetAtt S.Arn, destinations: { onFailure: !GetAtt Q.Arn } }", "sqs:SendMessage", "Q", Grant.Allowed)]
    [InlineData("sqs: { arn: { 'Fn::ImportValue': q } }", Receive, "Q", Grant.Unknown)]
    [InlineData("sqs: '${ssm:/q}'", Receive, "Q", Grant.Unknown)]
    internal void The_framework_allows_what_events_need(string entry, string action, string id, Grant expected)
    {
        var model = ReadProvider("timeout: 5", $"events: [{entry}]");
        Assert.Equal(expected, May(model, action, id));
        Assert.Empty(PermissionValidation.Missing(model, Assert.Single(model.Mappings)));
    }

    [Theory]
    [InlineData("iam: { role: { statements: [{ Effect: Allow, Action: 'sqs:*', Resource: !GetAtt Other.Arn }] } }", Grant.Allowed)]
    [InlineData("iamRoleStatements: [{ Effect: Allow, Action: ['sqs:*'], Resource: '*' }]", Grant.Allowed)]
    [InlineData("iam: { role: { statements: '${file(iam.yml)}' } }", Grant.Unknown)]
    [InlineData("iam: { role: { statements: ['${file(iam.yml):x}'] } }", Grant.Unknown)]
    [InlineData("iam: { role: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] } }", Grant.Allowed)]
    [InlineData("iamManagedPolicies: ['arn:aws:iam::123456789012:policy/own']", Grant.Unknown)]
    [InlineData("iam: { role: { permissionsBoundary: x } }", Grant.Unknown)]
    [InlineData("logRetentionInDays: 7", Grant.NotAllowed)]
    [InlineData("iam: { role: { mode: perFunction } }", Grant.Unknown)]
    [InlineData("iam: { role: 'arn:aws:iam::123456789012:role/r' }", Grant.Unknown)]
    [InlineData("iam: { role: R }", Grant.NotAllowed)]
    [InlineData("role: R", Grant.NotAllowed)]
    [InlineData("role: !GetAtt R.Arn", Grant.NotAllowed)]
    internal void The_provider_states_what_all_functions_may(string provider, Grant expected) =>
        Assert.Equal(expected, May(ReadProvider(provider), Receive, "Other"));

    [Theory]
    [InlineData("role: R", "R")]
    [InlineData("role: !GetAtt R.Arn", "R")]
    [InlineData("role: { 'Fn::GetAtt': [R, Arn] }", "R")]
    [InlineData("role: 'arn:aws:iam::123456789012:role/r'", "arn:aws:iam::123456789012:role/r")]
    [InlineData("role: '${self:custom.role}'", "R")]
    [InlineData("timeout: 5", "IamRoleLambdaExecution")]
    public void A_function_may_have_a_role_of_its_own(string function, string role) =>
        Assert.Equal(role, ReadProvider("timeout: 5", function, "custom: { role: R }\n").Functions[0].Role.ToString());

    [Theory]
    [InlineData("iamRoleStatements: []")]
    [InlineData("iam: { role: { statements: [] } }")]
    public void A_function_with_statements_has_a_role_that_is_not_known(string function) =>
        Assert.Equal("functions have roles of their own", ReadProvider("timeout: 5", function).Functions[0].Role.WhyUnknown);

    [Theory]
    [InlineData("[serverless-offline, serverless-prune-plugin]", false, Grant.Allowed)]
    [InlineData("{ modules: [serverless-offline] }", false, Grant.Allowed)]
    [InlineData("[serverless-offline, serverless-lift]", true, Grant.Unknown)]
    [InlineData("[./plugins/own]", true, Grant.Unknown)]
    [InlineData("['${file(plugins.yml)}']", true, Grant.Unknown)]
    [InlineData("'${file(plugins.yml)}'", true, Grant.Unknown)]
    [InlineData("[serverless-iam-roles-per-function]", false, Grant.Unknown)]
    internal void What_a_plugin_may_change_is_not_known(string plugins, bool hasUnread, Grant expected)
    {
        var model = ReadProvider("timeout: 5", Event, $"plugins: {plugins}\n");
        Assert.Equal((hasUnread, expected), (model.Functions[0].HasUnreadEvents, May(model, Receive, "Q")));

        // What the file says holds.
        Assert.Equal(5, model.Functions[0].Timeout.Single());
    }

    [Fact]
    public void Constructs_of_Lift_are_not_known() =>
        Assert.True(ReadProvider("timeout: 5", Event, "constructs: { jobs: { type: queue } }\n").Functions[0].HasUnreadEvents);

    [Fact]
    public void Own_resources_are_laid_over_those_of_the_framework()
    {
        var model = ReadProvider(
            "timeout: 5",
            Event,
            "    WorkLambdaFunction: { Properties: { Timeout: 8, ReservedConcurrentExecutions: 2 } }\n"
                + "    WorkEventSourceMappingSQSQ: { Type: AWS::Lambda::EventSourceMapping, Properties: { ScalingConfig: { MaximumConcurrency: 4 } } }\n"
        );
        var function = Assert.Single(model.Functions);
        Assert.Equal((8, 2, "A::B::C"), (function.Timeout.Single(), function.ReservedConcurrency.Single(), function.Handler.Single()));
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal((4, 10), (mapping.MaximumConcurrency.Single(), mapping.BatchSize.Single()));
        Assert.Same(function, model.FunctionOf(mapping));
    }

    [Fact]
    public void Extensions_take_the_place_of_properties()
    {
        var model = ReadProvider(
            "timeout: 5",
            "events: [sqs: { arn: !GetAtt Q.Arn, maximumConcurrency: 3 }]",
            "  extensions:\n    WorkLambdaFunction: { Properties: { Timeout: 9 } }\n    Nowhere: { Properties: { A: 1 } }\n"
                + "    WorkEventSourceMappingSQSQ: { Properties: { ScalingConfig: {}, BatchSize: 2 } }\n"
        );
        Assert.Equal(9, Assert.Single(model.Functions).Timeout.Single());
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal(2, mapping.BatchSize.Single());
        Assert.True(mapping.MaximumConcurrency.IsMissing);
    }

    [Fact]
    public void Resources_may_be_a_list_and_stand_in_other_files()
    {
        var model = Services.Read(
            """
            service: s
            provider: aws
            functions:
              f: { handler: h, events: [sqs: !GetAtt A.Arn, sqs: !GetAtt B.Arn] }
            resources:
              - Resources: { A: { Type: AWS::SQS::Queue, Properties: { DelaySeconds: 1, VisibilityTimeout: 40 } } }
              - ${file(b.yml)}
              - Resources: { A: { Properties: { VisibilityTimeout: 50 } } }
            """
        );
        var queue = Assert.Single(model.Queues);
        Assert.Equal((1, 50), (queue.DelaySeconds.Single(), queue.VisibilityTimeout.Single()));
        Assert.Equal(["A", null], model.Mappings.Select(mapping => mapping.Source.LogicalId));
        Assert.Equal("'B.Arn' is not declared in the template", model.Mappings[1].Source.WhyUnknown);
        Assert.True(Assert.Single(model.Functions).HasUnreadEvents);
        Assert.Equal("'B.Arn' is not declared in the template", Assert.Single(model.Roles).WhyIncomplete);
    }

    [Fact]
    public void A_role_may_name_the_bucket_and_the_logs_of_the_framework()
    {
        var model = ReadProvider(
            "iam: { role: { statements: [{ Effect: Allow, Action: 's3:*', Resource: !GetAtt ServerlessDeploymentBucket.Arn }, { Effect: Allow, Action: 'logs:*', Resource: !GetAtt WorkLogGroup.Arn }] } }"
        );
        Assert.Equal(Grant.Allowed, May(model, Receive, "Q"));
    }
}
