using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class FunctionEventTests
{
    private static DeploymentModel ReadEvent(string body, string function = "", string more = "") =>
        Templates.Read(
            $"Parameters: {{ Open: {{ Type: String }} }}\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {{ {function}Events: {{ E: {body} }} }}\n"
                + "  T: { Type: AWS::SNS::Topic }\n  Q: { Type: AWS::SQS::Queue }\n  B: { Type: AWS::S3::Bucket }\n"
                + more
        );

    [Fact]
    public void A_topic_may_send_through_a_queue_that_SAM_makes()
    {
        var model = ReadEvent("{ Type: SNS, Properties: { Topic: !Ref T, SqsSubscription: true } }");
        var (mapping, queue, trigger) = (Assert.Single(model.Mappings), model.Queues[0], Assert.Single(model.Triggers));
        Assert.Equal(("FEEventSourceMapping", "FEQueue", "FE"), (mapping.LogicalId, queue.LogicalId, trigger.LogicalId));
        Assert.Same(queue, model.QueueOf(mapping));
        Assert.Same(queue, model.TargetQueueOf(trigger));
        Assert.Same(model.Functions[0], model.FunctionOf(mapping));
        Assert.Equal((10, 30), (mapping.BatchSize.Single(), queue.VisibilityTimeout.Single()));
        Assert.True(queue.RedrivePolicy.IsMissing);
        Assert.Equal("T", trigger.Source.Single()!.LogicalId);
        Assert.False(model.Functions[0].HasUnreadEvents);
        Assert.Equal(model.Mappings[0].Declaration, queue.Declaration);
    }

    [Fact]
    public void A_topic_may_send_through_an_existing_queue()
    {
        var model = ReadEvent("{ Type: SNS, Properties: { Topic: !Ref T, SqsSubscription: { QueueArn: !GetAtt Q.Arn, QueueUrl: !Ref Q, BatchSize: 3 } } }");
        var mapping = Assert.Single(model.Mappings);
        Assert.Same(model.Queues[0], model.QueueOf(mapping));
        Assert.Equal(3, mapping.BatchSize.Single());
        Assert.Same(model.Queues[0], model.TargetQueueOf(Assert.Single(model.Triggers)));
        Assert.Null(model.TargetFunctionOf(model.Triggers[0]));
    }

    [Theory]
    [InlineData("{ Topic: !Ref T }", false, 1)]
    [InlineData("{ Topic: !Ref T, SqsSubscription: false }", false, 1)]
    [InlineData("{ Topic: !Ref T, SqsSubscription: !Ref AWS::NoValue }", false, 1)]
    [InlineData("{ Topic: !Ref T, SqsSubscription: !Ref Open }", true, 0)]
    [InlineData("{ Topic: !Ref T, SqsSubscription: !If [C, true, false] }", true, 0)]
    public void A_topic_sends_to_the_function_unless_a_queue_may_stand_between(string properties, bool hasUnread, int triggers)
    {
        var model = ReadEvent($"{{ Type: SNS, Properties: {properties} }}");
        Assert.Empty(model.Mappings);
        Assert.Equal((hasUnread, triggers), (model.Functions[0].HasUnreadEvents, model.TriggersOf(model.Functions[0]).Count()));
    }

    [Theory]
    [InlineData("s3:ObjectCreated:*", "s3:ObjectCreated:*")]
    [InlineData("[s3:ObjectCreated:Put, s3:ObjectRemoved:*]", "s3:ObjectCreated:Put s3:ObjectRemoved:*")]
    public void A_bucket_names_one_event_or_several(string events, string expected)
    {
        var model = ReadEvent($"{{ Type: S3, Properties: {{ Bucket: !Ref B, Events: {events} }} }}");
        var trigger = Assert.Single(model.Triggers);
        Assert.Equal((TriggerKind.S3, "B", "E"), (trigger.Kind, trigger.Source.Single()!.LogicalId, trigger.DisplayName));
        Assert.Equal(expected, string.Join(" ", trigger.EventTypes.Single()!));
        Assert.True(trigger.Filter.IsMissing);
    }

    [Theory]
    [InlineData("{ Type: Schedule, Properties: { Schedule: rate(1 day), State: DISABLED } }", "rate(1 day)", false)]
    [InlineData("{ Type: Schedule, Properties: { Schedule: rate(1 day), Enabled: false } }", "rate(1 day)", false)]
    [InlineData("{ Type: ScheduleV2, Properties: { ScheduleExpression: cron(0 1 * * ? *) } }", "cron(0 1 * * ? *)", true)]
    public void A_schedule_may_be_off(string body, string expression, bool enabled)
    {
        var trigger = Assert.Single(ReadEvent(body).Triggers);
        Assert.Equal((TriggerKind.Schedule, expression, enabled), (trigger.Kind, trigger.ScheduleExpression.Single(), trigger.Enabled.Single()));
        Assert.Equal((185, 86_400), (trigger.MaximumRetryAttempts.Single(), trigger.MaximumEventAge.Single()));
    }

    [Theory]
    [InlineData("Type: CloudWatchLogs", TriggerKind.Other)]
    [InlineData("Type: IoTRule", TriggerKind.Other)]
    [InlineData("Type: CloudWatchEvent, Properties: { Pattern: { a: [1] } }", TriggerKind.EventBridge)]
    internal void Other_asynchronous_events_are_triggers(string body, TriggerKind kind) =>
        Assert.Equal(kind, Assert.Single(ReadEvent($"{{ {body} }}").Triggers).Kind);

    [Theory]
    [InlineData("Api")]
    [InlineData("HttpApi")]
    [InlineData("Cognito")]
    [InlineData("AlexaSkill")]
    public void Synchronous_events_are_none(string type)
    {
        var model = ReadEvent($"{{ Type: {type} }}");
        Assert.Empty(model.Triggers);
        Assert.False(model.Functions[0].HasUnreadEvents);
    }

    [Fact]
    public void A_dead_letter_queue_that_SAM_makes_is_there_but_unknown()
    {
        var trigger = Assert.Single(ReadEvent("{ Type: EventBridgeRule, Properties: { Pattern: {}, DeadLetterConfig: { Type: SQS } } }").Triggers);
        Assert.Equal("SAM makes the queue", trigger.DeadLetter.WhyUnknown);
        Assert.Equal("{}", trigger.Filter.Single());
    }

    [Theory]
    [InlineData("{ a: [1, 1.50, '1', true, null, x] }", """{"a":[1,1.50,"1",true,null,"x"]}""")]
    [InlineData("""{ a: [ 'q"\' ] }""", """{"a":["q\"\\"]}""")]
    [InlineData("{ a: [!Sub 'x-${AWS::NoValue}'] }", null)]
    [InlineData("{ a: [!Sub 'x'] }", """{"a":["x"]}""")]
    [InlineData("{ a: [!Ref Open] }", null)]
    [InlineData("{ a: !If [C, [1], [2]] }", null)]
    [InlineData("{ a: ['{{resolve:ssm:x}}'] }", null)]
    public void A_pattern_is_written_as_JSON(string pattern, string? expected)
    {
        var filter = Assert.Single(ReadEvent($"{{ Type: EventBridgeRule, Properties: {{ Pattern: {pattern} }} }}").Triggers).Filter;
        Assert.Equal(expected, filter.Single());
        Assert.Equal(expected is null, filter.State == SettingState.Unknown);
    }

    [Fact]
    public void Events_are_of_the_alias_that_SAM_moves_along()
    {
        var model = ReadEvent(
            "{ Type: SQS, Properties: { Queue: !GetAtt Q.Arn } }",
            "AutoPublishAlias: live, ",
            "  M: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref F.Alias } }\n"
        );
        Assert.All(model.Mappings, mapping => Assert.Equal(("F", "FAliaslive"), (mapping.Function.LogicalId, mapping.Function.Qualifier)));
        Assert.Equal("live", Assert.IsType<FunctionAlias>(model.Find("FAliaslive")).Name.Single());
    }

    [Theory]
    [InlineData("Metadata: { Tool: Amazon.Lambda.Annotations }", true)]
    [InlineData("Metadata: { Tool: Amazon.Lambda.Annotations, SyncedEvents: [E] }", true)]
    [InlineData("Metadata: { Tool: Amazon.Lambda.Annotations, SyncedEvents: [Other] }", false)]
    [InlineData("Metadata: { Tool: Another, SyncedEvents: [E] }", false)]
    [InlineData("Description: x", false)]
    public void The_generator_owns_the_events_that_it_lists(string metadata, bool expected)
    {
        var model = Templates.ReadResources(
            $$"""
            F:
              Type: AWS::Serverless::Function
              {{metadata}}
              Properties: { Events: { E: { Type: SQS, Properties: { Queue: a } } } }
            G:
              Type: AWS::Serverless::Function
              {{metadata}}
              Properties: { Events: { E: { Type: S3 } } }
            """
        );
        Assert.Equal((expected, expected), (model.Mappings[0].IsGeneratedByAnnotations, model.Triggers[0].IsGeneratedByAnnotations));
    }
}
