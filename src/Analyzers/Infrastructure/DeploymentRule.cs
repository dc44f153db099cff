using System.Collections.Immutable;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>
/// A rule about what is deployed. A finding sits on the name of the handler that the mapping feeds; only where no handler of the compilation is fed, and the function
/// is this project's, it sits in the template. Either way it is reported while its own document is analysed.
/// </summary>
public abstract class DeploymentRule : LambdaAnalyzer, ISilencedInTemplates
{
    private protected DeploymentRule() { }

    private protected sealed override bool IsAboutDeployments => true;

    bool ISilencedInTemplates.LooksAtCode => false;

    IEnumerable<Place> ISilencedInTemplates.PlacesIn(DeploymentModel template, AnalysisSession session, CancellationToken cancellationToken) =>
        DeploymentSites
            .Of(session, cancellationToken)
            .Of(template)
            .SelectMany(subject => Findings(subject, session.OptionsFor(subject)).SelectMany(subject.SilencedAt));

    private protected sealed override void Register(CompilationStartAnalysisContext context, AnalysisSession session)
    {
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            var subjects = DeploymentSites.Of(session, model.CancellationToken).In(tree);
            Report(session, subjects, new(model.Options.AnalyzerConfigOptionsProvider, tree), model.ReportDiagnostic, model.CancellationToken);
        });
        context.RegisterAdditionalFileAction(file =>
        {
            var subjects = DeploymentSites.Of(session, file.CancellationToken).In(file.AdditionalFile.Path);
            Report(session, subjects, new(file.Options.AnalyzerConfigOptionsProvider, file.AdditionalFile), file.ReportDiagnostic, file.CancellationToken);
        });
    }

    bool ISilencedInTemplates.CanJudge(DeploymentSubject subject) => CanJudge(subject);

    /// <summary>Whether all is known by which the rule judges. A rule that looks at more than settings of the function, the mapping and the queue says so.</summary>
    private protected virtual bool CanJudge(DeploymentSubject subject) => DescribedSettings.AreKnown(subject);

    /// <summary>
    /// The settings on which the rule's findings rest, as <see cref="DescribedSetting.Property"/> names them: where another description of the service has them otherwise, and is
    /// sound, findings say so.
    /// </summary>
    private protected virtual ImmutableArray<string> RestsOn => ImmutableArray<string>.Empty;

    /// <summary>What is wrong with a mapping.</summary>
    private protected virtual IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options) => [];

    /// <summary>What is wrong with a queue that at least one mapping reads.</summary>
    private protected virtual IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options) => [];

    /// <summary>What is wrong with a function whose handler is none of this compilation's.</summary>
    private protected virtual IEnumerable<DeploymentFinding> Check(DeployedFunction deployed, DeploymentRuleOptions options) => [];

    private IEnumerable<DeploymentFinding> Findings(DeploymentSubject subject, DeploymentRuleOptions options) =>
        subject switch
        {
            DeployedMapping mapping => Check(mapping, options),
            DeployedQueue queue => Check(queue, options),
            DeployedFunction function => Check(function, options),
            _ => [],
        };

    private void Report(
        AnalysisSession session,
        IEnumerable<DeploymentSubject> subjects,
        DeploymentRuleOptions options,
        Action<Diagnostic> report,
        CancellationToken cancellationToken
    )
    {
        // A construct of a program that is used twice makes two resources, of one text.
        var texts = new HashSet<(Location, Place, int)>();
        foreach (var subject in subjects)
        {
            var number = 0;
            foreach (var finding in Findings(subject, options))
            {
                number++;
                if (subject.IsSuppressed(finding))
                    continue;
                var told = OtherDescriptions.Compare(
                    finding,
                    subject,
                    RestsOn,
                    session,
                    other => Findings(other, options).Any(found => found.Descriptor.Id == finding.Descriptor.Id),
                    cancellationToken
                );
                var diagnostic = told.ToDiagnostic(subject, options);
                if (subject.Handler is not null || texts.Add((diagnostic.Location, subject.Declaration, number)))
                    report(diagnostic);
            }
        }
    }
}
