using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

public sealed class TriggerTests
{
    private static EventTrigger Read(string entry)
    {
        var model = Services.ReadFunction($"events: [{entry}]");
        var trigger = Assert.Single(model.Triggers);
        Assert.Same(model.Functions[0], model.TargetFunctionOf(trigger));
        Assert.True(trigger.IsFunctionEvent);
        Assert.False(model.Functions[0].HasUnreadEvents);
        return trigger;
    }

    [Theory]
    [InlineData("sns: news-topic", "SNSTopicNewstopic")]
    [InlineData("sns: { topicName: alerts }", "SNSTopicAlerts")]
    [InlineData("sns: { arn: !Ref N, topicName: news }", "N")]
    [InlineData("sns: !Ref N", "N")]
    [InlineData("sns: arn:aws:sns:eu-west-1:123456789012:far", "arn:aws:sns:eu-west-1:123456789012:far")]
    public void A_topic_is_named_or_made(string entry, string source)
    {
        var trigger = Read(entry);
        Assert.Equal((TriggerKind.Sns, "work.sns"), (trigger.Kind, trigger.DisplayName));
        Assert.Equal(source, trigger.Source.Single()!.ToString());
    }

    [Fact]
    public void A_topic_that_is_made_is_in_the_model()
    {
        var model = Services.ReadFunction("events: [sns: alerts]");
        Assert.Equal("alerts", Assert.Single(model.Topics, topic => topic.LogicalId == "SNSTopicAlerts").Name.Single());
    }

    [Theory]
    [InlineData("deadLetterTargetRef: Q", "Q")]
    [InlineData("deadLetterTargetArn: arn:aws:sqs:eu-west-1:123456789012:lost", "arn:aws:sqs:eu-west-1:123456789012:lost")]
    public void A_subscription_has_its_settings(string deadLetter, string target)
    {
        var trigger = Read($"sns: {{ topicName: t, filterPolicy: {{ kind: [order] }}, redrivePolicy: {{ {deadLetter} }} }}");
        Assert.Equal("""{"kind":["order"]}""", trigger.Filter.Single());
        Assert.Equal("MessageAttributes (default)", trigger.FilterScope.ToString());
        Assert.Equal(target, trigger.DeadLetter.Single()!.ToString());
    }

    [Theory]
    [InlineData("s3: photos", "S3BucketPhotos", "s3:ObjectCreated:*")]
    [InlineData("s3: { bucket: photos, event: 's3:ObjectRemoved:*' }", "S3BucketPhotos", "s3:ObjectRemoved:*")]
    [InlineData("s3: { bucket: photos, existing: true }", "photos", "s3:ObjectCreated:*")]
    public void A_bucket_is_made_or_exists(string entry, string source, string type)
    {
        var trigger = Read(entry);
        Assert.Equal(("work.s3", source), (trigger.DisplayName, trigger.Source.Single()!.ToString()));
        Assert.Equal([type], trigger.EventTypes.Single());
    }

    [Fact]
    public void A_bucket_notifies_all_functions_that_want_it_to()
    {
        var model = Services.Read(
            "service: s\nprovider: { name: aws, s3: { photos: { name: my-photos } } }\nfunctions:\n  a: { handler: h, events: [s3: photos] }\n"
                + "  b: { handler: h, events: [s3: { bucket: photos, rules: [{ prefix: in/ }] }] }\n"
        );
        Assert.Equal("my-photos", Assert.Single(model.Buckets, bucket => bucket.LogicalId == "S3BucketPhotos").Name.Single());
        Assert.Equal(["a.s3", "b.s3"], model.Triggers.Select(trigger => trigger.DisplayName));
        Assert.Equal(["ALambdaFunction", "BLambdaFunction"], model.Triggers.Select(trigger => trigger.Target.LogicalId));
        Assert.Equal("""{"prefix":"in/"}""", model.Triggers[1].Filter.Single());
    }

    [Fact]
    public void Schedules_have_a_rule_for_each_rate()
    {
        var model = Services.ReadFunction(
            "events: [schedule: rate(1 day), schedule: { rate: ['rate(1 hour)', 'cron(0 1 * * ? *)'], enabled: false, input: { a: [1, '2'] } }, "
                + "schedule: { rate: rate(5 minutes), method: scheduler, timezone: Europe/Vienna }]"
        );
        Assert.Equal(
            ["rate(1 day) True False", "rate(1 hour) False False", "cron(0 1 * * ? *) False False", "rate(5 minutes) True True"],
            model.Triggers.Select(trigger => $"{trigger.ScheduleExpression} {trigger.Enabled.Single()} {trigger.IsOfScheduler}")
        );
        Assert.Equal("""{"a":[1,"2"]}""", model.Triggers[1].Input.Single());
        Assert.Equal("Europe/Vienna", model.Triggers[3].TimeZone.Single());
        Assert.Equal(
            ["WorkEventsRuleSchedule1.Targets[0]", "WorkEventsRuleSchedule2.Targets[0]", "WorkEventsRuleSchedule3.Targets[0]", "WorkSchedulerSchedule4"],
            model.Triggers.Select(trigger => trigger.LogicalId)
        );
    }

    [Theory]
    [InlineData("eventBridge: { pattern: { source: [shop] } }", null)]
    [InlineData("eventBridge: { eventBus: default, pattern: { source: [shop] } }", null)]
    [InlineData("eventBridge: { eventBus: orders, pattern: { source: [shop] } }", "orders")]
    [InlineData("cloudwatchEvent: { event: { source: [shop] } }", null)]
    public void Rules_are_read(string entry, string? bus)
    {
        var trigger = Read(entry);
        Assert.Equal((TriggerKind.EventBridge, """{"source":["shop"]}"""), (trigger.Kind, trigger.Filter.Single()));
        Assert.Equal(bus, trigger.Source.Single()?.ToString());
        Assert.Equal("185 (default)", trigger.MaximumRetryAttempts.ToString());
    }

    [Theory]
    [InlineData("cloudwatchLog: /aws/lambda/x")]
    [InlineData("iot: { sql: 'SELECT * FROM x' }")]
    public void Other_sources_are_told(string entry) => Assert.Equal(TriggerKind.Other, Read(entry).Kind);
}
