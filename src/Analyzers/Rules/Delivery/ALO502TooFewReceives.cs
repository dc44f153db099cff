using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A redrive policy that gives a message up after too few receives (S-7, S-8, S-22): a throttled invocation and a crash that another message of the batch caused count as well.
/// A single receive, or two where reserved concurrency throttles the poller, is a warning; up to four is advice.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("How often a message may be tried is a decision about the work, not only about Lambda.")]
public sealed class ALO502TooFewReceives : DeploymentRule
{
    internal const string Id = "ALO502";
    private const int Advised = 5;
    private const int FewUnderThrottling = 2;

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "Message given up after too few receives",
        "Queue '{0}' gives a message up after {1}{2}: a throttled invocation, or a crash that another message of its batch caused, uses one up{3}, so a good message can reach the dead-letter queue without ever having been processed. Set {4} to at least 5.{5}",
        "The receive count rises whenever Lambda's poller receives a message, also when the invocation is then throttled and the code never runs, and when a batch fails because of another message. AWS advises a maxReceiveCount of at least 5. A mapping's own MaximumConcurrency keeps the poller from receiving more than the function can take.",
        isGraded: true
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override ImmutableArray<string> RestsOn { get; } =
        ImmutableArray.Create("RedrivePolicy.maxReceiveCount", "ReservedConcurrentExecutions", "ScalingConfig.MaximumConcurrency");

    private protected override IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options)
    {
        var queue = deployed.Queue;
        var polling = deployed.Mappings.Where(link => !link.Mapping.IsOff).ToList();
        if (polling.Count == 0 || FewReceives(queue) is not { } most)
            yield break;
        var throttled = most <= FewUnderThrottling ? polling.FirstOrDefault(IsThrottled) : null;
        var place = queue.RedrivePolicy.Single() is { } single ? single.MaxReceiveCount.Place : queue.RedrivePolicy.Place;
        yield return new(
            Descriptor,
            place,
            queue.LogicalId,
            most == 1 ? "1 receive" : FormattableString.Invariant($"{most} receives"),
            deployed.Where(place),
            throttled is null
                ? ""
                : $" (and function '{throttled.Function!.DisplayName}' is throttled: it has reserved concurrency, and mapping '{throttled.Mapping.DisplayName}' no {deployed.Words.Name("ScalingConfig.MaximumConcurrency")})",
            deployed.Words.Name("RedrivePolicy.maxReceiveCount")
        )
        {
            Grade = most == 1 || throttled is not null ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            RestsOnParameter =
                queue.RedrivePolicy.RestsOnParameter
                ?? queue.RedrivePolicy.Values.Select(policy => policy.Value.MaxReceiveCount.RestsOnParameter).FirstOrDefault(name => name is not null),
        };
    }

    /// <summary>Whether the rule, where it speaks about a queue, also says that throttling uses up the few receives there are.</summary>
    internal static bool CountsThrottling(Queue queue) => FewReceives(queue) <= FewUnderThrottling;

    // The most receives that the queue may allow, where all that it may allow are too few.
    private static int? FewReceives(Queue queue) =>
        queue.RedrivePolicy.All(policy => policy.MaxReceiveCount.All(count => count < Advised && Limits.MaxReceiveCount.Contains(count)))
            ? queue.RedrivePolicy.Values.SelectMany(policy => policy.Value.MaxReceiveCount.Values).Max(count => count.Value)
            : null;

    // Reserved concurrency stops invocations, a mapping's maximum concurrency stops the receives before them (S-10).
    private static bool IsThrottled(HandlerMapping link) =>
        link.Function is { ReservedConcurrency: { State: SettingState.Known, MayBeMissing: false } } && link.Mapping.MaximumConcurrency.IsMissing;
}
