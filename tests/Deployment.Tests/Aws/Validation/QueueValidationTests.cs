using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Aws.Validation;

public sealed class QueueValidationTests
{
    private static (string Rule, string Type, string Message) Only(Queue queue, Queue? deadLetter = null)
    {
        var refusal = Assert.Single(QueueValidation.Validate(queue, deadLetter));
        return (refusal.RuleId, refusal.ErrorType, refusal.Message);
    }

    private static Setting<RedrivePolicy> Policy(int? count) =>
        Setting.Of(
            new RedrivePolicy(ResourceLink.ToLiteral("arn:aws:sqs:eu-west-1:123456789012:dlq"), count is { } value ? Setting.Of(value) : Setting<int>.Missing())
        );

    [Fact]
    public void The_defaults_are_accepted() => Assert.Empty(QueueValidation.Validate(new("q"), null));

    [Fact]
    public void S20_the_visibility_timeout_is_up_to_twelve_hours()
    {
        Assert.Equal(
            ("S-20", "InvalidAttributeValue", "Invalid value for the parameter VisibilityTimeout."),
            Only(new("q") { VisibilityTimeout = Setting.Of(43201) })
        );
        Assert.Empty(QueueValidation.Validate(new("q") { VisibilityTimeout = Setting.Of(43200) }, null));
        Assert.Empty(QueueValidation.Validate(new("q") { VisibilityTimeout = Setting.Of(0) }, null));
    }

    [Fact]
    public void S21_messages_are_kept_from_a_minute_to_fourteen_days()
    {
        Assert.Equal(
            ("S-21", "InvalidAttributeValue", "Invalid value for the parameter MessageRetentionPeriod."),
            Only(new("q") { MessageRetentionPeriod = Setting.Of(59) })
        );
        Assert.Equal(
            ("S-21", "InvalidAttributeValue", "Invalid value for the parameter MessageRetentionPeriod."),
            Only(new("q") { MessageRetentionPeriod = Setting.Of(1209601) })
        );
        Assert.Empty(QueueValidation.Validate(new("q") { MessageRetentionPeriod = Setting.Of(1209600) }, null));
    }

    [Fact]
    public void B21_and_S29_delay_and_long_poll_have_their_ranges()
    {
        Assert.Equal(("B-21", "InvalidAttributeValue", "Invalid value for the parameter DelaySeconds."), Only(new("q") { DelaySeconds = Setting.Of(901) }));
        Assert.Equal(
            ("S-29", "InvalidAttributeValue", "Invalid value for the parameter ReceiveMessageWaitTimeSeconds."),
            Only(new("q") { ReceiveMessageWaitTime = Setting.Of(21) })
        );
        Assert.Empty(QueueValidation.Validate(new("q") { DelaySeconds = Setting.Of(900), ReceiveMessageWaitTime = Setting.Of(20) }, null));
    }

    [Fact]
    public void P48a_a_redrive_policy_has_a_count()
    {
        Assert.Equal(
            (
                "P-48a",
                "InvalidParameterValue",
                """Value {"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dlq"} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory attribute: maxReceiveCount."""
            ),
            Only(new("q") { RedrivePolicy = Policy(null) })
        );
        Assert.Empty(QueueValidation.Validate(new("q") { RedrivePolicy = Policy(1) }, null));
        Assert.Empty(QueueValidation.Validate(new("q") { RedrivePolicy = Setting<RedrivePolicy>.Unknown("it hides") }, null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void S22_the_count_is_from_1_to_1000(int count) =>
        Assert.Equal(
            (
                "S-22",
                "InvalidParameterValue",
                $$"""Value {"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dlq","maxReceiveCount":{{count}}} for parameter RedrivePolicy is invalid. Reason: Invalid value for maxReceiveCount: {{count}}, valid values are from 1 to 1000 both inclusive."""
            ),
            Only(new("q") { RedrivePolicy = Policy(count) })
        );

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void S25_a_dead_letter_queue_is_of_the_same_type(bool source, bool target)
    {
        var refusal = Only(new("q") { IsFifo = Setting.Of(source), RedrivePolicy = Policy(3) }, new("d") { IsFifo = Setting.Of(target) });
        Assert.Equal(
            (
                "S-25",
                "InvalidParameterValue",
                """Value {"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dlq","maxReceiveCount":3} for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same type of queue as the source."""
            ),
            refusal
        );
        Assert.Empty(QueueValidation.Validate(new("q") { IsFifo = Setting.Of(source), RedrivePolicy = Policy(3) }, new("d") { IsFifo = Setting.Of(source) }));
        Assert.Empty(
            QueueValidation.Validate(
                new("q") { IsFifo = Setting<bool>.Unknown("it hides"), RedrivePolicy = Policy(3) },
                new("d") { IsFifo = Setting.Of(target) }
            )
        );
    }

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead.fifo", false, true)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead", true, true)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead", false, false)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead.fifo", true, false)]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead-${AWS::StackName}", true, false)]
    [InlineData("dead.fifo", false, false)]
    public void S25_the_name_of_another_stacks_queue_tells_its_type(string arn, bool isFifo, bool isRefused)
    {
        var policy = new RedrivePolicy(ResourceLink.ToLiteral(arn), Setting.Of(3));
        var refusals = QueueValidation.Validate(new("q") { IsFifo = Setting.Of(isFifo), RedrivePolicy = Setting.Of(policy) }, null);
        Assert.Equal(isRefused ? ["S-25"] : [], refusals.Select(refusal => refusal.RuleId));
    }

    [Fact]
    public void P48a_every_possible_policy_must_lack_the_count()
    {
        static SettingValue<RedrivePolicy> Possible(Setting<int> count) =>
            new(new(ResourceLink.ToLiteral("arn:aws:sqs:eu-west-1:123456789012:dead"), count), Place.None, Provenance.Literal, null);
        var without = Possible(Setting<int>.Missing());
        Assert.Equal(
            ["P-48a"],
            QueueValidation.Validate(new("q") { RedrivePolicy = Setting<RedrivePolicy>.Known([without, without]) }, null).Select(refusal => refusal.RuleId)
        );
        Assert.Empty(QueueValidation.Validate(new("q") { RedrivePolicy = Setting<RedrivePolicy>.Known([without, Possible(Setting.Of(5))]) }, null));
        Assert.Empty(QueueValidation.Validate(new("q") { RedrivePolicy = Setting<RedrivePolicy>.Known([without], mayBeMissing: true) }, null));
    }
}
