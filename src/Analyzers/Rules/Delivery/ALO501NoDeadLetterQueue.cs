using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A queue that feeds a function and has no dead-letter queue: what keeps failing is tried again until it expires (S-21, S-22). Silent on a queue that takes dead letters
/// itself, on queues of other stacks, where a redrive may exist, and where the dead-letter queue was put on the function instead (ALO503); advice on FIFO, where setting a message aside breaks the order that was asked for.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO501NoDeadLetterQueue : DeploymentRule
{
    internal const string Id = "ALO501";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Source queue without a dead-letter queue",
        "Queue '{0}'{1} has no dead-letter queue: a message that keeps failing is received again and again until it expires{2}, and then it is lost{3}. Add a {4} that keeps messages for 14 days.{5}",
        "A message that is not deleted becomes visible again after its visibility timeout, without end, until the queue's retention period is over; SQS then deletes it silently. With a redrive policy it is moved to another queue after maxReceiveCount receives, where it can be looked at and sent again.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } = ImmutableArray.Create("RedrivePolicy");

    private protected override IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options)
    {
        var queue = deployed.Queue;
        if (!queue.RedrivePolicy.IsMissing || DeadLetterQueues.MayBeOne(deployed.Template, queue))
            yield break;
        if (!deployed.IsPolled || deployed.Mappings.Any(link => UnusedFailureTargets.Mislead(deployed.Template, link)))
            yield break;
        var isStandard = queue.IsFifo.All(fifo => !fifo);
        yield return new(
            Descriptor,
            queue.Declaration,
            queue.LogicalId,
            deployed.Where(queue.Declaration),
            Periods.After(queue.MessageRetentionPeriod),
            queue.IsFifo.All(fifo => fifo) ? "; until then its message group waits behind it" : "",
            deployed.Words.DeadLetterQueue
        )
        {
            Grade = isStandard ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
        };
    }
}
