using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Validation;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>What to do about each refusal of AWS.</summary>
internal static class RefusalRemedies
{
    /// <summary>The remedy, as a sentence.</summary>
    public static string For(Refusal refusal) =>
        refusal.RuleId switch
        {
            "P-20" => FormattableString.Invariant(
                $"Set MaximumBatchingWindowInSeconds to at least 1, or BatchSize to at most {Limits.SqsBatchSizeWithoutWindow}."
            ),
            "P-21" or "P-26" or "P-39" or "P-40" => $"Remove {refusal.Property}.",
            "P-22" => FormattableString.Invariant($"Set BatchSize to at most {Limits.SqsBatchSizeWithoutWindow}."),
            "P-46" => "Keep one of the two.",
            "P-8" => "Write FunctionResponseTypes: [ReportBatchItemFailures].",
            "P-6" when refusal.IsRaisableQuota => FormattableString.Invariant($"Keep at most {Limits.Filters} filters, unless the account's quota was raised."),
            "P-6" => FormattableString.Invariant($"Keep at most {Limits.Filters} filters, each of at most {Limits.FilterPatternLength} characters."),
            "P-30" => "A pattern is a JSON object whose leaves are non-empty lists of values and operators.",
            "P-2" => "Write a function's name, or its ARN.",
            "P-15" => InRange(refusal, Limits.ParallelizationFactor),
            "P-17" => InRange(refusal, Limits.MaximumRetryAttempts),
            "P-18" or "P-25" => FormattableString.Invariant($"Set {refusal.Property} to -1, or from 60 to {Limits.MaximumRecordAge.Most}."),
            "P-19" or "R-48" => "Name a standard queue, a standard topic or a bucket.",
            "P-19b" => InRange(refusal, Limits.TumblingWindow),
            "P-27" or "P-28" => "Set StartingPosition to LATEST, TRIM_HORIZON or, on Kinesis, AT_TIMESTAMP.",
            "P-29" => "Set StartingPosition to LATEST or TRIM_HORIZON.",
            "P-32" or "P-33" => "Keep one of the two mappings.",
            "P-37" => "Name the queue or stream.",
            "P-41" => "Add SourceAccessConfigurations.",
            "P-43" => "Give the table a StreamSpecification, or name the stream that there is.",
            "S-40" => "Let the name of a FIFO queue, and of no other, end in .fifo.",
            "S-45" => "Remove ContentBasedDeduplication, or make the queue a FIFO queue.",
            "S-46" => "FifoThroughputLimit perMessageGroupId needs DeduplicationScope messageGroup, on a FIFO queue.",
            "P-4" => InRange(refusal, Limits.BatchSize),
            "P-5" => InRange(refusal, Limits.BatchingWindow),
            "P-9" => InRange(refusal, Limits.MaximumConcurrency),
            "P-10" => InRange(refusal, Limits.SqsMinimumPollers),
            "P-11" => InRange(refusal, Limits.SqsMaximumPollers),
            "S-20" => InRange(refusal, Limits.VisibilityTimeout),
            "S-21" => InRange(refusal, Limits.MessageRetentionPeriod),
            "S-22" => InRange(refusal, Limits.MaxReceiveCount),
            "S-29" => InRange(refusal, Limits.ReceiveMessageWaitTime),
            "B-21" => InRange(refusal, Limits.DelaySeconds),
            _ => $"Correct {refusal.Property}.",
        };

    private static string InRange(Refusal refusal, Bounds range) => FormattableString.Invariant($"Set {refusal.Property} from {range.Least} to {range.Most}.");
}
