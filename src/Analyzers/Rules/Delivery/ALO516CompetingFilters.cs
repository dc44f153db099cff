using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// Two enabled mappings of one queue with different filters (B-22, S-62): each message goes to one of them at random, and what does not match there is deleted (F-2), though
/// the other wanted it. Two mappings to one function are refused (P-32, ALO510).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Which function is to get which messages, and by which queue, is a decision about the system.")]
public sealed class ALO516CompetingFilters : DeploymentRule
{
    internal const string Id = "ALO516";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "Mappings of one queue with different filters",
        "Mappings '{0}' and '{1}' read queue '{2}' with different filters{3}: each message goes to one of them at random, and when it does not match there, it is deleted although the other wants it. Give each function a queue of its own, behind an SNS topic with filter policies.{4}",
        "Mappings of one queue compete: a message is received by one of them only. What a mapping receives and its filters do not match, it deletes from the queue for good; the other mapping never sees it. Filters do not route."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool CanJudge(DeploymentSubject subject) => base.CanJudge(subject) && DescribedSettings.KnowsFilters(subject);

    private protected override IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options) =>
        Find([.. deployed.Template.MappingsOf(deployed.Queue)]) is var (one, other) ? [Finding(deployed, one, other)] : [];

    // A queue of another stack is spoken about on the first of its mappings.
    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var source = deployed.Mapping.Source;
        return
            deployed.Queue is null
            && source.Literal is not null
            && deployed.Mapping.Kind == EventSourceKind.Sqs
            && Find([.. deployed.Template.Mappings.Where(mapping => mapping.Source.IsSameAs(source))]) is var (one, other)
            && one == deployed.Mapping
            ? [Finding(deployed, one, other)]
            : [];
    }

    private static DeploymentFinding Finding(DeploymentSubject subject, EventSourceMapping one, EventSourceMapping other)
    {
        var place =
            one.Filters.IsExplicit ? one.Filters.Place
            : other.Filters.IsExplicit ? other.Filters.Place
            : one.Declaration;
        return new(Descriptor, place, one.DisplayName, other.DisplayName, one.Source, subject.Where(place))
        {
            RestsOnParameter = RestsOnParameter(one) ?? RestsOnParameter(other),
        };
    }

    private static (EventSourceMapping, EventSourceMapping)? Find(IReadOnlyList<EventSourceMapping> mappings)
    {
        for (var i = 0; i < mappings.Count; i++)
        {
            for (var j = i + 1; j < mappings.Count; j++)
            {
                if (Compete(mappings[i], mappings[j]))
                    return (mappings[i], mappings[j]);
            }
        }

        return null;
    }

    // One deployed under a condition of its own may never meet the other.
    private static bool Compete(EventSourceMapping one, EventSourceMapping other) =>
        IsOn(one)
        && IsOn(other)
        && one.Condition == other.Condition
        && !one.Function.IsUnknown
        && !other.Function.IsUnknown
        && !one.Function.IsSameAs(other.Function)
        && FormsOf(one) is { } forms
        && FormsOf(other) is { } otherForms
        && !forms.Overlaps(otherForms);

    // What the Annotations generator writes may be another text after the build.
    private static bool IsOn(EventSourceMapping mapping) => !mapping.IsGeneratedByAnnotations && mapping.Enabled.All(enabled => enabled);

    // Every form that the filters may have, so written that equal filters are equal; an empty one where there are none. Null where some cannot be told.
    private static HashSet<string>? FormsOf(EventSourceMapping mapping)
    {
        var filters = mapping.Filters;
        if (filters.State == SettingState.Unknown)
            return null;
        var forms = new HashSet<string>(StringComparer.Ordinal);
        if (filters.IsMissing || filters.MayBeMissing)
            forms.Add("");
        foreach (var declared in filters.Values)
        {
            var patterns = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var pattern in declared.Value.Patterns)
            {
                if (pattern.Single() is not { } text || CanonicalPattern.Of(text) is not { } canonical)
                    return null;
                patterns.Add(canonical);
            }

            forms.Add(string.Join("\n", patterns));
        }

        return forms;
    }

    private static string? RestsOnParameter(EventSourceMapping mapping) =>
        mapping.Enabled.RestsOnParameter
        ?? mapping.Filters.RestsOnParameter
        ?? mapping
            .Filters.Values.SelectMany(filters => filters.Value.Patterns)
            .Select(pattern => pattern.RestsOnParameter)
            .FirstOrDefault(name => name is not null);
}
