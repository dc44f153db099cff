using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Analyzers.Facts.Suppressions;

/// <summary>Comments of templates, and metadata in their place, that silence rules without a word why.</summary>
internal static class UnexplainedTemplateComments
{
    /// <summary>The comments of a template, in the order of the text. One that silences no rule of ours is not told: it has no reason to give.</summary>
    public static IEnumerable<(Place Place, UnexplainedSuppression Found)> In(
        DeploymentModel template,
        AnalysisSession session,
        CancellationToken cancellationToken
    )
    {
        if (template.Suppressions.Count == 0)
            yield break;
        var share = TemplateShare.Of(template, session, cancellationToken);
        foreach (var comment in template.Suppressions.GroupBy(suppression => suppression.Place))
        {
            var ids = comment.Select(suppression => suppression.RuleId).Where(id => RuleTitles.Of(id) is not null).ToList();
            var written = comment.First();
            if (ids.Count > 0 && share.IsConcernedBy(written) && !SuppressionReasons.IsReason(written.Reason, ids))
                yield return (comment.Key, new($"'{SuppressionReader.Marker}'", string.Join(", ", ids), comment.Key.ToLocation(), "in words behind the ids"));
        }
    }
}
