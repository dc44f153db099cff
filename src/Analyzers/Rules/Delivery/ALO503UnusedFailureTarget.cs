using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A dead-letter queue or a destination on a function that only event source mappings invoke, while its sources have none: it serves asynchronous invocations, and nothing
/// ever gets there (B-9).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Whether the target is to move to the source, with a policy and rights of its own, or to go, cannot be known.")]
public sealed class ALO503UnusedFailureTarget : DeploymentRule
{
    internal const string Id = "ALO503";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "A function's dead-letter queue or destination is never used",
        "Nothing invokes function '{0}' asynchronously, so its {1} '{2}'{3} is never used: {4}{5}",
        "A function's dead-letter queue and the destinations of its EventInvokeConfig serve asynchronous invocations only. Event source mappings invoke the function synchronously: what fails goes back to the queue or stream, and is given up to the queue's own dead-letter queue, or to the mapping's own OnFailure destination."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    // What else invokes the function cannot be known then.
    private protected override bool CanJudge(DeploymentSubject subject) =>
        base.CanJudge(subject) && subject is not DeployedMapping { Function: { HasUnreadEvents: true } or { MayBeInvokedByOthers: true } };

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var (template, mapping) = (deployed.Template, deployed.Mapping);
        if (deployed.Link.IsOfAttribute || deployed.Function is not { } function || UnusedFailureTargets.SpokesmanOf(template, function) != mapping)
            yield break;
        foreach (var unused in UnusedFailureTargets.Of(template, function))
        {
            var place = unused.Target.Place;
            yield return new(
                Descriptor,
                place,
                function.LogicalId,
                unused.What,
                unused.Target.Values[0].Value,
                deployed.Where(place),
                Instead(unused, deployed)
            )
            {
                RestsOnParameter = unused.Target.RestsOnParameter,
            };
        }
    }

    private static string Instead(UnusedTarget unused, DeployedMapping deployed)
    {
        if (!unused.IsForFailures)
            return "event source mappings report no success. Let the handler itself send what is to follow.";
        return deployed.Queue is { } queue
            ? $"what keeps failing in queue '{queue.LogicalId}' goes back to the queue, and is lost when it expires. Give the queue a {deployed.Words.DeadLetterQueue} instead."
            : $"what mapping '{deployed.Mapping.DisplayName}' gives up is lost. Give the mapping an {deployed.Words.OnFailure} destination instead.";
    }
}
