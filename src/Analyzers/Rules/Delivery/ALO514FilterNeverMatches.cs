using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A filter that no record of its source can pass (F-1c, F-2 to F-4, F-15): what it was written for is deleted, or passed over, without the function or a dead-letter queue
/// ever seeing it. A pattern that AWS refuses is ALO510's.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Which records were meant cannot be told from a pattern that matches none.")]
public sealed class ALO514FilterNeverMatches : DeploymentRule
{
    internal const string Id = "ALO514";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The filter can never match",
        "{0} of mapping '{1}'{2} can never match: {3}. {4}. {5}.{6}",
        "A record that matches none of a mapping's filters never reaches the function. A message is deleted from its queue, and goes to no dead-letter queue; a record of a stream is passed over. No error is reported."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool CanJudge(DeploymentSubject subject) => base.CanJudge(subject) && DescribedSettings.KnowsFilters(subject);

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var mapping = deployed.Mapping;
        if (mapping.IsOff || mapping.Filters.Single() is not { Patterns: { Count: > 0 } patterns })
            yield break;
        var table = deployed.Template.TableOf(mapping);
        var records = RecordForms.Of(mapping, table);
        var obstacles = patterns.Select(pattern => ObstacleOf(pattern, records)).ToList();
        for (var i = 0; i < patterns.Count; i++)
        {
            if (obstacles[i] is not { } obstacle)
                continue;
            var place = patterns[i].Place.IsNone ? mapping.Declaration : patterns[i].Place;
            yield return new(
                Descriptor,
                place,
                patterns.Count == 1 ? "The filter" : FormattableString.Invariant($"Filter {i + 1}"),
                mapping.DisplayName,
                deployed.Where(place),
                ObstacleWords.Why(obstacle, mapping.Kind, table),
                Consequence(mapping.Kind, isAll: obstacles.All(other => other is not null)),
                ObstacleWords.Remedy(obstacle, mapping.Kind)
            )
            {
                RestsOnParameter = patterns[i].RestsOnParameter ?? mapping.Filters.RestsOnParameter,
            };
        }
    }

    // Every pattern that may be deployed must be one that AWS takes and that never matches.
    private static PatternObstacle? ObstacleOf(Setting<string> pattern, IReadOnlyList<RecordForm> records)
    {
        PatternObstacle? first = null;
        foreach (var value in pattern.Values)
        {
            if (!FilterPattern.TryParse(value.Value, out var parsed, out _) || parsed.ObstacleIn(records) is not { } obstacle)
                return null;
            first ??= obstacle;
        }

        return pattern.MayBeMissing ? null : first;
    }

    private static string Consequence(EventSourceKind kind, bool isAll) =>
        (kind, isAll) switch
        {
            (EventSourceKind.Sqs, true) => "Every message is deleted from the queue unseen, and goes to no dead-letter queue",
            (EventSourceKind.Sqs, false) => "The messages it is meant for are deleted from the queue unseen, unless another filter matches them",
            (_, true) => "Every record is passed over unseen, and the function never runs",
            (_, false) => "The records it is meant for are passed over unseen, unless another filter matches them",
        };
}
