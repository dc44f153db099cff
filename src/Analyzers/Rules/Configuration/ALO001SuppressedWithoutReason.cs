using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.Suppressions;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Configuration;

/// <summary>
/// A rule of the product that is silenced without a word why. It hangs on no handler: what is silenced may be of another file. Silent about a pragma without ids, which is
/// not about our rules alone, and about severities in configuration files. In a template it speaks about comments, and about metadata where the format has none.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Only who has silenced the rule knows the reason.")]
public sealed class ALO001SuppressedWithoutReason : LambdaAnalyzer, ISilencedInTemplates
{
    internal const string Id = "ALO001";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Info,
        "A suppression without a reason",
        "{0} silences {1} and does not say why: nobody can tell whether it is harmless here or was never looked at, and what is silenced goes on happening in production. Say why {2}.",
        "The rules speak of records that get lost, are handled twice or hold others up. What is silenced goes on; the reason says that somebody has weighed it, and when it no longer holds."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    bool ISilencedInTemplates.LooksAtCode => false;

    bool ISilencedInTemplates.CanJudge(DeploymentSubject subject) => true;

    IEnumerable<Place> ISilencedInTemplates.PlacesIn(DeploymentModel template, AnalysisSession session, CancellationToken cancellationToken) =>
        UnexplainedTemplateComments.In(template, session, cancellationToken).Select(comment => comment.Place);

    private protected override void Register(CompilationStartAnalysisContext context, AnalysisSession session)
    {
        context.RegisterSemanticModelAction(model =>
        {
            if (model.SemanticModel.SyntaxTree.GetRoot(model.CancellationToken) is not CompilationUnitSyntax root)
                return;
            foreach (var found in UnexplainedPragmas.In(root).Concat(UnexplainedAttributes.In(root, model.SemanticModel, model.CancellationToken)))
                model.ReportDiagnostic(Finding(found));
        });
        context.RegisterAdditionalFileAction(file =>
        {
            foreach (var template in session.Deployments(file.CancellationToken))
            {
                foreach (var (place, found) in UnexplainedTemplateComments.In(template, session, file.CancellationToken))
                {
                    if (place.Path == file.AdditionalFile.Path && template.SuppressionOf(Id, place) is null)
                        file.ReportDiagnostic(Finding(found));
                }
            }
        });
    }

    private static Diagnostic Finding(UnexplainedSuppression found) =>
        Diagnostic.Create(Descriptor, found.Place, found.Written, found.Silenced, found.ReasonBelongs);
}
