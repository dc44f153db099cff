using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A dead-letter queue that keeps messages no longer than its source (S-26, S-64): a standard queue's message keeps the time of its sending when it is moved, so its clock is
/// already running. Shorter is a warning, equal is advice. Silent on FIFO queues, where the clock starts anew, and where the dead-letter queue keeps messages as long as SQS can.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO505DeadLettersExpireEarly : DeploymentRule
{
    internal const string Id = "ALO505";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Dead letters expire early",
        "Dead-letter queue '{0}' keeps messages for {1}{2}, {3} its source '{4}': a message keeps the time of its first sending when it is moved, so {5}. Set {6} of '{0}' to {7} (14 days).{8}",
        "The retention period of a standard queue counts from the time at which a message was first sent, also in the dead-letter queue that it was moved to. The dead-letter queue must therefore keep messages for longer than its source; AWS advises the longest period, 14 days. On FIFO queues the time starts anew with the move.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } = ImmutableArray.Create("MessageRetentionPeriod", "FifoQueue");

    private protected override bool CanJudge(DeploymentSubject subject) => base.CanJudge(subject) && DescribedSettings.KnowsDeadLetterQueue(subject);

    private protected override IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options)
    {
        var source = deployed.Queue;
        if (
            !deployed.IsPolled
            || deployed.Template.DeadLetterQueueOf(source) is not { } target
            || !IsStandard(source)
            || !IsStandard(target)
            || !IsAccepted(source)
            || !IsAccepted(target)
        )
            yield break;

        // The shortest life in the source against the longest in the dead-letter queue: the mildest of all possible deployments.
        var (kept, left) = (source.MessageRetentionPeriod.Values.Min(value => value.Value), target.MessageRetentionPeriod.Values.Max(value => value.Value));
        if (left > kept || left == Limits.MessageRetentionPeriod.Most)
            yield break;
        var place = target.MessageRetentionPeriod.IsExplicit ? target.MessageRetentionPeriod.Place : target.Declaration;
        var isShorter = left < kept;
        yield return new(
            Descriptor,
            place,
            target.LogicalId,
            Periods.Of(left),
            deployed.Where(place),
            isShorter ? $"less than the {Periods.Of(kept)} of" : "no longer than",
            source.LogicalId,
            isShorter
                ? $"one that is older than {Periods.Of(left)} when it is given up is deleted at once, before anybody has seen it"
                : $"there it has only what its tries have left of the {Periods.Of(left)}",
            deployed.Words.Name("MessageRetentionPeriod"),
            deployed.Words.Seconds(Limits.MessageRetentionPeriod.Most)
        )
        {
            Grade = isShorter ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            RestsOnParameter =
                source.MessageRetentionPeriod.RestsOnParameter
                ?? target.MessageRetentionPeriod.RestsOnParameter
                ?? source.IsFifo.RestsOnParameter
                ?? target.IsFifo.RestsOnParameter,
            Value = Limits.MessageRetentionPeriod.Most,
        };
    }

    private static bool IsStandard(Queue queue) => queue.IsFifo.All(fifo => !fifo);

    private static bool IsAccepted(Queue queue) => queue.MessageRetentionPeriod.All(Limits.MessageRetentionPeriod.Contains);
}
