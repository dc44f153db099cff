using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Dialects;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>What to do about each refusal of AWS.</summary>
internal static class RefusalRemedies
{
    /// <summary>The remedy, as a sentence.</summary>
    public static string For(Refusal refusal, DialectWords words) =>
        refusal.RuleId switch
        {
            "P-20" => FormattableString.Invariant(
                $"Set {words.Name("MaximumBatchingWindowInSeconds")} to at least {words.Seconds(1)}, or {words.Name("BatchSize")} to at most {Limits.SqsBatchSizeWithoutWindow}."
            ),
            "P-21" or "P-26" or "P-39" or "P-40" => $"Remove {words.Path(refusal.Property)}.",
            "P-22" => FormattableString.Invariant($"Set {words.Name("BatchSize")} to at most {Limits.SqsBatchSizeWithoutWindow}."),
            "P-46" => "Keep one of the two.",
            "P-8" => $"Write {words.ReportBatchItemFailures}.",
            "P-6" when refusal.IsRaisableQuota => FormattableString.Invariant($"Keep at most {Limits.Filters} filters, unless the account's quota was raised."),
            "P-6" => FormattableString.Invariant($"Keep at most {Limits.Filters} filters, each of at most {Limits.FilterPatternLength} characters."),
            "P-30" => "A pattern is a JSON object whose leaves are non-empty lists of values and operators.",
            "P-2" => "Write a function's name, or its ARN.",
            "P-15" => InRange(words.Path(refusal.Property), Limits.ParallelizationFactor),
            "P-17" => InRange(words.Path(refusal.Property), Limits.MaximumRetryAttempts),
            "P-18" or "P-25" => FormattableString.Invariant($"Set {words.Path(refusal.Property)} to -1, or from 60 to {Limits.MaximumRecordAge.Most}."),
            "P-19" or "R-48" => "Name a standard queue, a standard topic or a bucket.",
            "P-19b" => InRange(words.Path(refusal.Property), Limits.TumblingWindow),
            "P-27" or "P-28" => $"Set {words.Name("StartingPosition")} to LATEST, TRIM_HORIZON or, on Kinesis, AT_TIMESTAMP.",
            "P-29" => $"Set {words.Name("StartingPosition")} to LATEST or TRIM_HORIZON.",
            "P-32" or "P-33" => "Keep one of the two mappings.",
            "P-37" => "Name the queue or stream.",
            "P-41" => "Add SourceAccessConfigurations.",
            "P-43" => $"Give the table a {words.TableStream}, or name the stream that there is.",
            "S-40" => "Let the name of a FIFO queue, and of no other, end in .fifo.",
            "S-45" => $"Remove {words.Name("ContentBasedDeduplication")}, or make the queue a FIFO queue.",
            "S-46" => $"{words.Name("FifoThroughputLimit")} perMessageGroupId needs {words.Name("DeduplicationScope")} messageGroup, on a FIFO queue.",
            "P-4" => InRange(words.Path(refusal.Property), Limits.BatchSize),
            "P-5" => InRange(words.Path(refusal.Property), Limits.BatchingWindow),
            "P-9" => InRange(words.Path(refusal.Property), Limits.MaximumConcurrency),
            "P-10" => InRange(words.Path(refusal.Property), Limits.SqsMinimumPollers),
            "P-11" => InRange(words.Path(refusal.Property), Limits.SqsMaximumPollers),
            "S-20" => InRange(words.Path(refusal.Property), Limits.VisibilityTimeout),
            "S-21" => InRange(words.Path(refusal.Property), Limits.MessageRetentionPeriod),
            "S-22" => InRange(words.Path(refusal.Property), Limits.MaxReceiveCount),
            "S-29" => InRange(words.Path(refusal.Property), Limits.ReceiveMessageWaitTime),
            "B-21" => InRange(words.Path(refusal.Property), Limits.DelaySeconds),
            _ => $"Correct {words.Path(refusal.Property)}.",
        };

    private static string InRange(string setting, Bounds range) => FormattableString.Invariant($"Set {setting} from {range.Least} to {range.Most}.");
}
