using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>
/// A rule about what is deployed. A finding sits on the name of the handler that the mapping feeds; only where no handler of the compilation is fed, and the function
/// is this project's, it sits in the template. Either way it is reported while its own document is analysed.
/// </summary>
public abstract class DeploymentRule : LambdaAnalyzer
{
    private protected DeploymentRule() { }

    private protected sealed override void Register(CompilationStartAnalysisContext context, AnalysisSession session)
    {
        context.RegisterSemanticModelAction(model =>
        {
            var tree = model.SemanticModel.SyntaxTree;
            var subjects = DeploymentSites.Of(session, model.CancellationToken).In(tree);
            Report(subjects, new(model.Options.AnalyzerConfigOptionsProvider, tree), model.ReportDiagnostic);
        });
        context.RegisterAdditionalFileAction(file =>
        {
            var subjects = DeploymentSites.Of(session, file.CancellationToken).In(file.AdditionalFile.Path);
            Report(subjects, new(file.Options.AnalyzerConfigOptionsProvider, file.AdditionalFile), file.ReportDiagnostic);
        });
    }

    /// <summary>What is wrong with a mapping.</summary>
    private protected virtual IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options) => [];

    /// <summary>What is wrong with a queue that at least one mapping reads.</summary>
    private protected virtual IEnumerable<DeploymentFinding> Check(DeployedQueue deployed, DeploymentRuleOptions options) => [];

    /// <summary>What is wrong with a function whose handler is none of this compilation's.</summary>
    private protected virtual IEnumerable<DeploymentFinding> Check(DeployedFunction deployed, DeploymentRuleOptions options) => [];

    private void Report(IEnumerable<DeploymentSubject> subjects, DeploymentRuleOptions options, Action<Diagnostic> report)
    {
        foreach (var subject in subjects)
        {
            var findings = subject switch
            {
                DeployedMapping mapping => Check(mapping, options),
                DeployedQueue queue => Check(queue, options),
                DeployedFunction function => Check(function, options),
                _ => [],
            };
            foreach (var finding in findings)
            {
                if (!subject.IsSuppressed(finding))
                    report(finding.ToDiagnostic(subject, options));
            }
        }
    }
}
