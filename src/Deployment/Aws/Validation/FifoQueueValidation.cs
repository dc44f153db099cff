using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>What SQS refuses of the settings that only FIFO queues have (section 4.4). None of the texts is recorded.</summary>
internal static class FifoQueueValidation
{
    private const string Suffix = ".fifo";
    private const string PerGroup = "perMessageGroupId";
    private const string MessageGroup = "messageGroup";

    /// <summary>The refusals.</summary>
    public static IEnumerable<Refusal> Validate(Queue queue)
    {
        IEnumerable<Refusal?> refusals =
        [
            Name(queue),
            ContentBasedDeduplication(queue),
            Choice("S-46", "DeduplicationScope", queue.DeduplicationScope, Defaults.DeduplicationScope, MessageGroup),
            Choice("S-46", "FifoThroughputLimit", queue.FifoThroughputLimit, Defaults.FifoThroughputLimit, PerGroup),
            Throughput(queue),
        ];
        return refusals.OfType<Refusal>();
    }

    private static Refusal? Name(Queue queue)
    {
        var (name, fifo) = (queue.Name, queue.IsFifo);
        var isPlainFifo = fifo.All(isFifo => isFifo) && name.All(text => !text.EndsWith(Suffix, StringComparison.Ordinal));
        var isDottedStandard = fifo.All(isFifo => !isFifo) && name.All(text => text.EndsWith(Suffix, StringComparison.Ordinal));
        var limit = FormattableString.Invariant($"1 to {Limits.QueueNameLength}");
        return isPlainFifo
                ? Refused(
                    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, "
                        + $"must end with .fifo suffix and be {limit} in length."
                )
            : isDottedStandard ? Refused($"Can only include alphanumeric characters, hyphens, or underscores. {limit} in length")
            : null;

        Refusal Refused(string text) =>
            new("S-40", ErrorTypes.InvalidParameterValue, text, "QueueName", name.Place)
            {
                IsRecordedText = false,
                RestsOnParameter = name.RestsOnParameter ?? fifo.RestsOnParameter,
            };
    }

    private static Refusal? ContentBasedDeduplication(Queue queue)
    {
        var (setting, fifo) = (queue.ContentBasedDeduplication, queue.IsFifo);
        return setting.All(isOn => isOn) && fifo.All(isFifo => !isFifo)
            ? new("S-45", ErrorTypes.InvalidAttributeName, "Unknown Attribute ContentBasedDeduplication.", "ContentBasedDeduplication", setting.Place)
            {
                IsRecordedText = false,
                RestsOnParameter = setting.RestsOnParameter ?? fifo.RestsOnParameter,
            }
            : null;
    }

    private static Refusal? Choice(string ruleId, string property, Setting<string> setting, string one, string other) =>
        setting.All(text => text != one && text != other)
            ? new(ruleId, ErrorTypes.InvalidAttributeValue, $"Invalid value for the parameter {property}.", property, setting.Place)
            {
                IsRecordedText = false,
                RestsOnParameter = setting.RestsOnParameter,
            }
            : null;

    // The limit applies to message groups only where these are also the scope of deduplication.
    private static Refusal? Throughput(Queue queue)
    {
        var (limit, scope) = (queue.FifoThroughputLimit, queue.DeduplicationScope);
        return limit.All(text => text == PerGroup) && scope.All(text => text == Defaults.DeduplicationScope)
            ? new(
                "S-46",
                ErrorTypes.InvalidAttributeValue,
                $"FifoThroughputLimit {PerGroup} is allowed only when DeduplicationScope is {MessageGroup}.",
                "FifoThroughputLimit",
                limit.Place
            )
            {
                IsRecordedText = false,
                RestsOnParameter = limit.RestsOnParameter ?? scope.RestsOnParameter,
            }
            : null;
    }
}
