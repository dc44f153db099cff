using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A retention period that is over before a failing message was received often enough for its dead-letter queue (S-21, S-23, S-63): after each failed receive it stays hidden
/// for the visibility timeout, so the receive that would move it comes after maxReceiveCount times that.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Which of the three numbers was not meant cannot be known.")]
public sealed class ALO506ExpiresBeforeGivenUp : DeploymentRule
{
    internal const string Id = "ALO506";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Message expires before it reaches the dead-letter queue",
        "Queue '{0}' deletes a message after {1} s{2}, but a failing one reaches the dead-letter queue only after {3} receives × visibility timeout {4} s = {5} s: it is lost before. {6}{7}",
        "A message that failed becomes visible again after the queue's visibility timeout, and is moved to the dead-letter queue by the receive after the last that maxReceiveCount allows. A message whose retention period is over by then is deleted silently, with a dead-letter queue or without."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } =
        ImmutableArray.Create("VisibilityTimeout", "MessageRetentionPeriod", "RedrivePolicy.maxReceiveCount");

    private protected override IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options)
    {
        var queue = deployed.Queue;
        var (retention, visibility) = (queue.MessageRetentionPeriod, queue.VisibilityTimeout);
        if (
            !deployed.IsPolled
            || !retention.All(Limits.MessageRetentionPeriod.Contains)
            || !visibility.All(Limits.VisibilityTimeout.Contains)
            || !queue.RedrivePolicy.All(policy => policy.MaxReceiveCount.All(Limits.MaxReceiveCount.Contains))
        )
            yield break;

        // The longest life against the fewest and shortest tries: the mildest of all possible deployments.
        var counts = queue.RedrivePolicy.Values.SelectMany(policy => policy.Value.MaxReceiveCount.Values).ToList();
        var (kept, hidden, receives) = (
            retention.Values.Max(value => value.Value),
            visibility.Values.Min(value => value.Value),
            counts.Min(value => value.Value)
        );
        var needed = hidden * receives;
        if (kept > needed)
            yield break;
        var place = retention.IsExplicit ? retention.Place : queue.Declaration;
        yield return new(
            Descriptor,
            place,
            queue.LogicalId,
            kept,
            deployed.Where(place),
            receives,
            hidden,
            needed,
            needed < Limits.MessageRetentionPeriod.Most
                ? $"Set {deployed.Words.Name("MessageRetentionPeriod")} above {deployed.Words.Seconds(needed)}."
                : $"Lower {deployed.Words.Name("RedrivePolicy.maxReceiveCount")} or {deployed.Words.Name("VisibilityTimeout")}: SQS keeps no message for longer than 14 days."
        )
        {
            RestsOnParameter =
                retention.RestsOnParameter
                ?? visibility.RestsOnParameter
                ?? queue.RedrivePolicy.RestsOnParameter
                ?? counts.FirstOrDefault(count => count.Provenance == Deployment.Model.Provenance.ParameterDefault).Parameter,
        };
    }
}
