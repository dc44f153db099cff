using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A template that is no valid YAML or JSON, or is not read as it stands: what it deploys is not judged, and silence must not be taken for a clean bill.
/// A file that only has a template's name, and nothing of CloudFormation in it, is not spoken about. The same holds for an option whose value cannot be read: it sits on the
/// first handler of the file that it is set for.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("What was meant cannot be told from a text that cannot be read.")]
public sealed class ALO500TemplateCannotBeRead : LambdaAnalyzer, ISilencedInTemplates
{
    internal const string Id = "ALO500";
    private static readonly string[] ResourceTypePrefixes = ["AWS::", "\"aws_lambda_", "\"aws_sqs_"];

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Info,
        "Template cannot be read",
        "'{0}' {1}, so the mappings and queues in it {2}. {3}",
        "Findings about mappings and queues come from the template that deploys the function. Where it cannot be read, none of them is reported."
    );

    private static readonly DiagnosticDescriptor OfOption = Rule.Reworded(
        Descriptor,
        "'{0}' is set to '{1}', which is no whole number from {2} to {3}: {4} holds instead"
    );

    private static readonly DiagnosticDescriptor OfQueueType = Rule.Reworded(
        Descriptor,
        "'{0}' is set to '{1}', which is neither 'true' nor 'false': the type of queues that nothing else tells stays unknown"
    );

    private static readonly DeploymentRuleOption[] Options =
    [
        VisibilityTimeouts.Factor,
        TimeBudgetOptions.AssumedSecondsPerCall,
        TimeBudgetOptions.MarginSeconds,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfOption, OfQueueType);

    bool ISilencedInTemplates.LooksAtCode => false;

    bool ISilencedInTemplates.CanJudge(DeploymentSubject subject) => true;

    // Of each file the first problem is told.
    IEnumerable<Place> ISilencedInTemplates.PlacesIn(DeploymentModel template, AnalysisSession session, CancellationToken cancellationToken) =>
        template.Problems.GroupBy(problem => problem.Place.Path, StringComparer.Ordinal).Select(problems => problems.First().Place);

    private protected override void Register(CompilationStartAnalysisContext context, AnalysisSession session)
    {
        if (!session.Types.HasAny)
            return;
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            if (session.HandlersIn(tree, model.CancellationToken).FirstOrDefault() is not { } handler)
                return;
            var options = session.OptionsIn(tree);
            foreach (var option in Options)
            {
                foreach (var (key, text) in options.Unread(option))
                    model.ReportDiagnostic(Diagnostic.Create(OfOption, handler.Anchor, key, text, option.Least, option.Most, option.Default));
            }

            foreach (var text in session.UnreadQueueTypesIn(tree))
                model.ReportDiagnostic(Diagnostic.Create(OfQueueType, handler.Anchor, QueueTypes.Option, text));
        });
        context.RegisterAdditionalFileAction(file =>
        {
            if (TemplateFiles.Read(file.AdditionalFile, file.Options, file.CancellationToken) is not { } model)
                return;
            if (model.Problems.FirstOrDefault(problem => problem.Place.Path == file.AdditionalFile.Path) is not { } problem)
                return;
            if (!model.IsTemplate && file.AdditionalFile.GetText(file.CancellationToken)?.ToString() is { } text && !ResourceTypePrefixes.Any(text.Contains))
                return;
            if (model.SuppressionOf(Id, problem.Place) is not null)
                return;
            file.ReportDiagnostic(
                Diagnostic.Create(
                    Descriptor,
                    problem.Place.ToLocation(),
                    problem.Place.Path.Substring(problem.Place.Path.LastIndexOfAny(['/', '\\']) + 1),
                    model.IsTemplate ? "is not read as it stands" : "cannot be read",
                    model.IsTemplate ? "may be misjudged" : "are not checked",
                    problem.Text
                )
            );
        });
    }
}
