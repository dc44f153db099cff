using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>A rule about what a handler's code and the mapping that feeds it make of a batch together. Findings sit on the handler's name.</summary>
public abstract class MappedBatchRule : HandlerRule, ISilencedInTemplates
{
    private static readonly ImmutableArray<string> RestsOn = ImmutableArray.Create("FunctionResponseTypes");

    private protected MappedBatchRule() { }

    private protected sealed override bool IsAboutDeployments => true;

    bool ISilencedInTemplates.LooksAtCode => true;

    bool ISilencedInTemplates.CanJudge(DeploymentSubject subject) =>
        subject is not DeployedMapping mapping || mapping.Mapping.FunctionResponseTypes.IsDecided();

    IEnumerable<Place> ISilencedInTemplates.PlacesIn(DeploymentModel template, AnalysisSession session, CancellationToken cancellationToken) =>
        session
            .MappedHandlers(cancellationToken)
            .Where(handler => Applies(handler) && handler.Mappings.Any(link => link.Template == template))
            .SelectMany(handler => Told(handler, session.FlowOf(handler, cancellationToken)))
            .Where(found => found.Subject.Template == template)
            .SelectMany(found => found.Subject.SilencedAt(found.Finding));

    /// <summary>Whether one mapping's finding stands for those of all the handler's mappings.</summary>
    private protected virtual bool IsToldOnce => false;

    /// <summary>What is wrong with the handler and each of its mappings.</summary>
    private protected abstract IEnumerable<(DeployedMapping Subject, DeploymentFinding Finding)> FindingsOf(Handler handler, BatchFlow flow);

    private protected sealed override void Check(Handler handler, AnalysisSession session, Action<Diagnostic> report, CancellationToken cancellationToken)
    {
        var flow = session.FlowOf(handler, cancellationToken);
        foreach (var (subject, finding) in Told(handler, flow))
        {
            if (subject.IsSuppressed(finding))
                continue;
            var told = OtherDescriptions.Compare(finding, subject, RestsOn, session, IsFound, cancellationToken);
            report(told.ToDiagnostic(subject));
        }

        bool IsFound(DeploymentSubject other) => FindingsOf(handler, flow).Any(found => found.Subject.Mapping == (other as DeployedMapping)?.Mapping);
    }

    private IEnumerable<(DeployedMapping Subject, DeploymentFinding Finding)> Told(Handler handler, BatchFlow flow) =>
        IsToldOnce ? FindingsOf(handler, flow).Take(1) : FindingsOf(handler, flow);
}
