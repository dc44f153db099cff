using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>What SQS refuses when a queue is made (section 4.3).</summary>
internal static class QueueValidation
{
    /// <summary>The refusals; only what every possible value makes certain.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="deadLetterQueue">The queue its messages are given up to, if it is known.</param>
    public static IReadOnlyList<Refusal> Validate(Queue queue, Queue? deadLetterQueue)
    {
        IEnumerable<Refusal?> refusals =
        [
            OutOfRange("S-20", "VisibilityTimeout", queue.VisibilityTimeout, Limits.VisibilityTimeout),
            OutOfRange("S-21", "MessageRetentionPeriod", queue.MessageRetentionPeriod, Limits.MessageRetentionPeriod),
            OutOfRange("B-21", "DelaySeconds", queue.DelaySeconds, Limits.DelaySeconds),
            OutOfRange("S-29", "ReceiveMessageWaitTimeSeconds", queue.ReceiveMessageWaitTime, Limits.ReceiveMessageWaitTime),
            MaxReceiveCount(queue.RedrivePolicy),
            DeadLetterType(queue, deadLetterQueue),
            .. FifoQueueValidation.Validate(queue),
        ];
        return [.. refusals.OfType<Refusal>()];
    }

    private static Refusal? OutOfRange(string ruleId, string property, Setting<int> setting, Bounds range) =>
        !setting.All(value => !range.Contains(value))
            ? null
            : new(ruleId, ErrorTypes.InvalidAttributeValue, $"Invalid value for the parameter {property}.", property, setting.Place)
            {
                RestsOnParameter = setting.RestsOnParameter,
            };

    // P-48a: the API's page names a default, but SQS wants the count.
    private static Refusal? MaxReceiveCount(Setting<RedrivePolicy> policy)
    {
        const string Property = "RedrivePolicy.maxReceiveCount";
        if (policy.All(known => known.MaxReceiveCount.IsMissing))
        {
            return Redrive("P-48a", policy, "Redrive policy does not contain mandatory attribute: maxReceiveCount.", Property, policy.Place) with
            {
                RestsOnParameter = policy.RestsOnParameter,
            };
        }

        if (policy.Single()?.MaxReceiveCount is not { } count)
            return null;
        return count.All(receives => !Limits.MaxReceiveCount.Contains(receives))
            ? Redrive(
                "S-22",
                policy,
                FormattableString.Invariant($"Invalid value for maxReceiveCount: {count.Values[0].Value}, valid values are from 1 to 1000 both inclusive."),
                Property,
                count.Place
            ) with
            {
                IsRecordedText = false,
                RestsOnParameter = count.RestsOnParameter,
            }
            : null;
    }

    private static Refusal? DeadLetterType(Queue queue, Queue? deadLetterQueue)
    {
        if (queue.RedrivePolicy.Single() is not { } policy || (deadLetterQueue?.IsFifo ?? TypeOf(policy.DeadLetter)) is not { } target)
            return null;
        var source = queue.IsFifo;
        var differ = (source.All(fifo => fifo) && target.All(fifo => !fifo)) || (source.All(fifo => !fifo) && target.All(fifo => fifo));
        return !differ
            ? null
            : Redrive(
                "S-25",
                queue.RedrivePolicy,
                "Dead-letter queue must be same type of queue as the source.",
                "RedrivePolicy.deadLetterTargetArn",
                policy.DeadLetter.Place is { IsNone: false } place ? place : queue.RedrivePolicy.Place
            ) with
            {
                RestsOnParameter = source.RestsOnParameter ?? target.RestsOnParameter,
            };
    }

    // Of a queue of another stack the name at the end of its ARN tells: that of a FIFO queue, and of no other, ends in .fifo (S-40).
    private static Setting<bool>? TypeOf(ResourceLink deadLetter) =>
        deadLetter.Literal is { } arn && arn.Contains(":sqs:") && !arn.EndsWith("}", StringComparison.Ordinal)
            ? Setting.Of(arn.EndsWith(".fifo", StringComparison.Ordinal))
            : null;

    private static Refusal Redrive(string ruleId, Setting<RedrivePolicy> setting, string reason, string property, Place place)
    {
        var policy = setting.Values[0].Value;
        var count = policy.MaxReceiveCount.Single() is { } receives ? FormattableString.Invariant($",\"maxReceiveCount\":{receives}") : "";
        var text = $"Value {{\"deadLetterTargetArn\":\"{policy.DeadLetter}\"{count}}} for parameter RedrivePolicy is invalid. Reason: {reason}";
        return new(ruleId, ErrorTypes.InvalidParameterValue, text, property, place);
    }
}
