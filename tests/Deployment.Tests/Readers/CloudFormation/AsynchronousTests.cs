using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class AsynchronousTests
{
    [Fact]
    public void Shared_settings_are_laid_over_mapping_by_mapping()
    {
        const string Text = """
            Globals:
              Function:
                EventInvokeConfig: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 90 }
                DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Q.Arn }
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { EventInvokeConfig: { MaximumEventAgeInSeconds: 300 }, DeadLetterQueue: { Type: SQS } } }
              Q: { Type: AWS::SQS::Queue }
            """;
        var model = Templates.Read(Text);
        var config = Assert.Single(model.InvokeConfigsOf(model.Functions[0]));
        Assert.Equal("FEventInvokeConfig", config.LogicalId);
        Assert.Equal(
            (0, true, "0"),
            (config.MaximumRetryAttempts.Single(), config.MaximumRetryAttempts.IsInherited, config.MaximumRetryAttempts.Place.In(Text))
        );
        Assert.Equal((300, false, "300"), (config.MaximumEventAge.Single(), config.MaximumEventAge.IsInherited, config.MaximumEventAge.Place.In(Text)));
        Assert.Equal("$LATEST", config.Qualifier.Single());
        Assert.Equal("Q", model.Functions[0].DeadLetter.Single()!.LogicalId);
        Assert.True(model.Functions[0].DeadLetter.IsInherited);
    }

    [Fact]
    public void A_function_without_settings_of_its_own_has_no_config() =>
        Assert.Empty(Templates.ReadResources("F: { Type: AWS::Serverless::Function }").InvokeConfigs);

    [Theory]
    [InlineData("{ Type: SQS }", "unknown: SAM makes the destination")]
    [InlineData("{ Type: SQS, Destination: !GetAtt Q.Arn }", "Q")]
    [InlineData("{ Destination: !GetAtt Q.Arn }", "Q")]
    public void A_destination_may_be_made_by_SAM(string destination, string expected)
    {
        var model = Templates.ReadResources(
            $"F: {{ Type: AWS::Serverless::Function, Properties: {{ EventInvokeConfig: {{ DestinationConfig: {{ OnFailure: {destination} }} }} }} }}\nQ: {{ Type: AWS::SQS::Queue }}"
        );
        Assert.Equal(expected, Assert.Single(model.InvokeConfigs).OnFailure.ToString());
        Assert.Equal("2 (default)", model.InvokeConfigs[0].MaximumRetryAttempts.ToString());
        Assert.Equal("21600 (default)", model.InvokeConfigs[0].MaximumEventAge.ToString());
    }

    [Fact]
    public void A_subscription_of_people_is_no_trigger()
    {
        var model = Templates.ReadResources(
            """
            T:
              Type: AWS::SNS::Topic
              Properties:
                Subscription:
                  - { Protocol: lambda, Endpoint: !GetAtt F.Arn }
                  - { Protocol: email, Endpoint: a@b.c }
                  - { Protocol: sqs, Endpoint: !GetAtt Q.Arn }
            S: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref T, Protocol: https, Endpoint: "https://x" } }
            F: { Type: AWS::Lambda::Function }
            Q: { Type: AWS::SQS::Queue }
            """
        );
        Assert.Equal(
            [("T.Subscription[0]", "F"), ("T.Subscription[2]", "Q")],
            model.Triggers.Select(trigger => (trigger.LogicalId, trigger.Target.LogicalId!))
        );
    }

    [Fact]
    public void A_rule_and_a_bucket_have_a_trigger_for_each_target()
    {
        var model = Templates.ReadResources(
            """
            R:
              Type: AWS::Events::Rule
              Properties:
                EventPattern: { source: [a] }
                Targets:
                  - { Id: f, Arn: !GetAtt F.Arn }
                  - !If [C, { Id: q, Arn: !GetAtt Q.Arn }, !Ref AWS::NoValue]
            B:
              Type: AWS::S3::Bucket
              Properties:
                NotificationConfiguration:
                  EventBridgeConfiguration: {}
                  LambdaConfigurations: [{ Event: "s3:ObjectCreated:*", Function: !GetAtt F.Arn }]
                  QueueConfigurations: [{ Event: "s3:ObjectRemoved:*", Queue: !GetAtt Q.Arn }]
            S: { Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: rate(1 hour), Target: { Arn: !GetAtt F.Arn, RetryPolicy: { MaximumRetryAttempts: 0 } } } }
            F: { Type: AWS::Lambda::Function }
            Q: { Type: AWS::SQS::Queue }
            """
        );
        Assert.Equal(
            [
                ("R.Targets[0]", TriggerKind.EventBridge, "F"),
                ("R.Targets[1]", TriggerKind.EventBridge, "Q"),
                ("B.NotificationConfiguration.LambdaConfigurations[0]", TriggerKind.S3, "F"),
                ("B.NotificationConfiguration.QueueConfigurations[0]", TriggerKind.S3, "Q"),
                ("S", TriggerKind.Schedule, "F"),
            ],
            model.Triggers.Select(trigger => (trigger.LogicalId, trigger.Kind, trigger.Target.LogicalId!))
        );
        Assert.True(Assert.Single(model.Buckets).NotifiesEventBridge.Single());
        Assert.Equal(0, model.Triggers[4].MaximumRetryAttempts.Single());
        Assert.Equal(
            ["R.Targets[0]", "B.NotificationConfiguration.LambdaConfigurations[0]", "S"],
            model.TriggersOf(model.Functions[0]).Select(t => t.LogicalId)
        );
    }

    [Fact]
    public void A_macro_leaves_nothing_of_them_known()
    {
        var model = Templates.Read("Transform: MyMacro\n" + Golden.Read("orders.cloudformation.yaml"));
        Assert.Equal("the macro 'MyMacro' may rewrite the template", Assert.Single(model.Streams).ShardCount.WhyUnknown);
        Assert.Equal("the macro 'MyMacro' may rewrite the template", Assert.Single(model.Tables).StreamViewType.WhyUnknown);
        Assert.Equal("the macro 'MyMacro' may rewrite the template", Assert.Single(model.InvokeConfigs).MaximumEventAge.WhyUnknown);
        Assert.Equal("the macro 'MyMacro' may rewrite the template", Assert.Single(model.Roles).WhyIncomplete);
        Assert.All(model.Mappings, mapping => Assert.True(mapping.Source.IsUnknown && !mapping.Source.IsMissing));
    }
}
