using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Facts.Suppressions;

/// <summary>Why a suppression silences nothing.</summary>
internal enum IdleReason
{
    /// <summary>No rule has that id.</summary>
    NoSuchRule,

    /// <summary>The rule speaks about code and does not look at templates' comments.</summary>
    OfCode,

    /// <summary>The rule finds nothing there.</summary>
    NothingFound,
}

/// <summary>A suppression in a template that silences nothing.</summary>
/// <param name="Suppression">The suppression.</param>
/// <param name="Reason">Why it does not.</param>
internal sealed record IdleSuppression(Suppression Suppression, IdleReason Reason);

/// <summary>
/// Finds what a template silences to no purpose. Each rule is asked what it would find, so that the answer does not hang on which rules run, and in what order; a rule that is
/// switched off, or whose function belongs to another project, is not judged.
/// </summary>
internal static class IdleSuppressions
{
    /// <summary>The suppressions of a file, in the order of the text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ownId">The rule that tells them; what silences it is not judged.</param>
    /// <param name="session">What is known of the compilation.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static IEnumerable<IdleSuppression> In(string path, string ownId, AnalysisSession session, CancellationToken cancellationToken)
    {
        foreach (var template in session.Deployments(cancellationToken))
        {
            var own = template.Suppressions.Where(suppression => suppression.RuleId == ownId).ToList();
            var written = template
                .Suppressions.Where(suppression => suppression.Place.Path == path && suppression.RuleId != ownId)
                .Where(suppression => !own.Any(silencing => silencing.Covers(suppression.Place)))
                .ToList();
            if (written.Count == 0)
                continue;
            var share = TemplateShare.Of(template, session, cancellationToken);
            var places = new Dictionary<string, IReadOnlyList<Place>>(StringComparer.Ordinal);
            foreach (var suppression in written.Where(share.IsConcernedBy))
            {
                if (RuleOf(suppression.RuleId) is not { } rule)
                {
                    yield return new(suppression, IdleReason.NoSuchRule);
                }
                else if (rule is not ISilencedInTemplates silenced)
                {
                    yield return new(suppression, IdleReason.OfCode);
                }
                else if (share.Knows(suppression, silenced.LooksAtCode) && !IsOff(suppression.RuleId, template, session, cancellationToken))
                {
                    if (!places.TryGetValue(suppression.RuleId, out var found))
                        places.Add(suppression.RuleId, found = [.. silenced.PlacesIn(template, session, cancellationToken)]);
                    if (!found.Any(suppression.Covers) && JudgedAt(suppression, template, session, cancellationToken).All(silenced.CanJudge))
                        yield return new(suppression, IdleReason.NothingFound);
                }
            }
        }
    }

    // What is at the place; where nothing is that is spoken about by itself, as at a dead-letter queue, all that the template declares.
    private static List<DeploymentSubject> JudgedAt(
        Suppression suppression,
        DeploymentModel template,
        AnalysisSession session,
        CancellationToken cancellationToken
    )
    {
        var subjects = DeploymentSites.Of(session, cancellationToken).Of(template).ToList();
        var there = subjects.Where(subject => PartsOf(subject).Any(part => TemplateShare.IsAbout(suppression, part))).ToList();
        return there.Count > 0 ? there : subjects;
    }

    private static IEnumerable<Resource> PartsOf(DeploymentSubject subject) =>
        subject switch
        {
            DeployedMapping mapping => new Resource?[] { mapping.Mapping, mapping.Function, mapping.Queue }.OfType<Resource>(),
            DeployedQueue queue => [queue.Queue],
            DeployedFunction function => [function.Link.Function],
            _ => [],
        };

    private static LambdaAnalyzer? RuleOf(string id) => KnownRules.All.FirstOrDefault(rule => rule.SupportedDiagnostics.Any(descriptor => descriptor.Id == id));

    // For the project, or for a file in which findings about the template sit.
    private static bool IsOff(string id, DeploymentModel template, AnalysisSession session, CancellationToken cancellationToken)
    {
        var options = session.Compilation.Options;
        if (options.SpecificDiagnosticOptions.TryGetValue(id, out var set) && set == ReportDiagnostic.Suppress)
            return true;
        return options.SyntaxTreeOptionsProvider is { } provider
            && (
                provider.TryGetGlobalDiagnosticValue(id, cancellationToken, out set) && set == ReportDiagnostic.Suppress
                || DeploymentSites
                    .Of(session, cancellationToken)
                    .Of(template)
                    .Select(subject => subject.Tree)
                    .OfType<SyntaxTree>()
                    .Distinct()
                    .Any(tree => provider.TryGetDiagnosticValue(tree, id, cancellationToken, out var local) && local == ReportDiagnostic.Suppress)
            );
    }
}
