using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>
/// One service that is described in several files: a template and a Terraform module that deploy the same handler for the same source. Names that are known and differ tell
/// two deployments of the code apart, which may differ in all else.
/// </summary>
internal static class OtherDescriptions
{
    /// <summary>The finding, with what a description says that differs and in which the rule finds nothing.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="restsOn">The settings on which the rule's findings rest, as <see cref="DescribedSetting.Property"/> names them.</param>
    /// <param name="session">What is known of the compilation.</param>
    /// <param name="isFound">Whether the rule finds the same in another subject.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static DeploymentFinding Compare(
        DeploymentFinding finding,
        DeploymentSubject subject,
        ImmutableArray<string> restsOn,
        AnalysisSession session,
        Func<DeploymentSubject, bool> isFound,
        CancellationToken cancellationToken
    )
    {
        if (restsOn.IsEmpty)
            return finding;
        foreach (var other in Of(subject, session, cancellationToken))
        {
            if (Differences(finding, subject, other, restsOn) is { Count: > 0 } differences && !isFound(other))
                return finding with { Disagreement = new(subject, differences) };
        }

        return finding;
    }

    private static IEnumerable<DeploymentSubject> Of(DeploymentSubject subject, AnalysisSession session, CancellationToken cancellationToken) =>
        subject switch
        {
            { Handler: null } => [],
            DeployedMapping mapping => Of(mapping.Link, mapping.Handler!, session, cancellationToken).Select(link => mapping with { Link = link }),
            DeployedQueue { Mappings: [var only] } queue => Of(only, queue.Handler!, session, cancellationToken)
                .Where(link => link.Queue is not null)
                .Select(link => new DeployedQueue(link.Template, link.Queue!, ImmutableArray.Create(link), queue.Handler)),
            _ => [],
        };

    private static IEnumerable<HandlerMapping> Of(HandlerMapping link, Handler handler, AnalysisSession session, CancellationToken cancellationToken)
    {
        var others = handler
            .Mappings.Where(other => other.Template != link.Template && IsSameFunction(link.Function, other.Function) && IsSameSource(link, other))
            .GroupBy(other => other.Template)
            .Where(mappings => mappings.Count() == 1)
            .Select(mappings => mappings.First());

        // A file may say what the function is like and leave its mappings to others.
        var functions = session
            .Functions(cancellationToken)
            .Where(other =>
                other.Template != link.Template
                && !other.Template.MappingsOf(other.Function).Any()
                && SymbolEqualityComparer.Default.Equals(other.Handler?.Method, handler.Method)
                && IsSameFunction(link.Function, other.Function)
            )
            .Select(other => link with { Function = other.Function });
        return IsOnlyOneOfItsSource(link, handler) ? others.Concat(functions) : [];
    }

    // Of several mappings of one template that could be meant, none is.
    private static bool IsOnlyOneOfItsSource(HandlerMapping link, Handler handler) =>
        handler.Mappings.Count(other => other.Template == link.Template && IsSameSource(link, other)) == 1;

    private static bool IsSameFunction(Function? one, Function? other) => one is not null && other is not null && MayBeSame(one.Name, other.Name);

    private static bool IsSameSource(HandlerMapping one, HandlerMapping other) =>
        one.Mapping.Kind == other.Mapping.Kind && (one.Queue is null || other.Queue is null || MayBeSame(one.Queue.Name, other.Queue.Name));

    // A name that is left out is made up, and one that is computed is not known: only two that are written tell.
    private static bool MayBeSame(Setting<string> one, Setting<string> other) =>
        one.Single() is not { } name || other.Single() is not { } second || name == second;

    // The setting at which the finding points, if it differs; else all on which it rests.
    private static List<(DescribedSetting First, DescribedSetting Other)> Differences(
        DeploymentFinding finding,
        DeploymentSubject subject,
        DeploymentSubject other,
        ImmutableArray<string> restsOn
    )
    {
        var differing = Settings(subject, restsOn)
            .Join(
                Settings(other, restsOn),
                settings => settings.Key,
                settings => settings.Key,
                (first, second) => first.Zip(second, (one, two) => (First: one, Other: two))
            )
            .SelectMany(pairs => pairs)
            .Where(pair => pair.First.Value is { } value && pair.Other.Value is { } second && value != second)
            .Where(pair => !pair.First.Place.IsNone && !pair.Other.Place.IsNone)
            .ToList();
        var pointedAt = differing.Where(pair => pair.First.Place == finding.Place).ToList();
        return pointedAt.Count > 0 ? pointedAt : differing;
    }

    private static IEnumerable<IGrouping<string, DescribedSetting>> Settings(DeploymentSubject subject, ImmutableArray<string> restsOn) =>
        DescribedSettings.Of(subject).Where(setting => restsOn.Contains(setting.Property)).GroupBy(setting => setting.Property, StringComparer.Ordinal);
}
