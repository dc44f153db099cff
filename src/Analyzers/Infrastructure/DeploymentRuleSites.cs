using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Where findings about each mapping, queue and function of a compilation sit; computed once for a compilation.</summary>
internal sealed class DeploymentSites
{
    private static readonly ConditionalWeakTable<AnalysisSession, DeploymentSites> Known = new();
    private readonly ILookup<SyntaxTree, DeploymentSubject> byTree;
    private readonly ILookup<string, DeploymentSubject> byTemplate;

    private readonly ILookup<DeploymentModel, DeploymentSubject> byModel;

    private DeploymentSites(IReadOnlyCollection<DeploymentSubject> subjects)
    {
        byModel = subjects.ToLookup(subject => subject.Template);
        byTree = subjects.Where(subject => subject.Tree is not null).ToLookup(subject => subject.Tree!);
        byTemplate = subjects.Where(subject => subject.Tree is null).ToLookup(subject => subject.File, StringComparer.Ordinal);
    }

    /// <summary>The sites of a session's compilation.</summary>
    public static DeploymentSites Of(AnalysisSession session, CancellationToken cancellationToken)
    {
        if (Known.TryGetValue(session, out var known))
            return known;
        var subjects = Mappings(session, cancellationToken).Concat(Functions(session, cancellationToken));
        if (session.Deployments(cancellationToken).Any(template => template.IsWrittenInCode))
        {
            var trees = session
                .Compilation.SyntaxTrees.GroupBy(tree => tree.FilePath, StringComparer.Ordinal)
                .ToDictionary(files => files.Key, files => files.First(), StringComparer.Ordinal);
            subjects = subjects.Select(subject => subject.In(trees));
        }

        var sites = new DeploymentSites([.. subjects]);
        return Known.GetValue(session, _ => sites);
    }

    /// <summary>What is spoken about in a C# file: on its handlers, and where it deploys what no handler of the compilation works on.</summary>
    public IEnumerable<DeploymentSubject> In(SyntaxTree tree) => byTree[tree];

    /// <summary>What is spoken about in a template.</summary>
    public IEnumerable<DeploymentSubject> In(string template) => byTemplate[template];

    /// <summary>What a template declares that is spoken about, wherever findings sit.</summary>
    public IEnumerable<DeploymentSubject> Of(DeploymentModel template) => byModel[template];

    private static IEnumerable<DeploymentSubject> Mappings(AnalysisSession session, CancellationToken cancellationToken)
    {
        var handled = session
            .MappedHandlers(cancellationToken)
            .SelectMany(handler =>
                handler.Mappings.Select(link => new DeployedMapping(link, handler) { EventKind = session.Types.EventKind(handler.EventParameter?.Type) })
            );
        var unhandled = session
            .Functions(cancellationToken)
            .Where(link => link.Handler is null && ProjectOwnership.Includes(session, link.Template, link.Function))
            .SelectMany(link =>
                link.Template.MappingsOf(link.Function)
                    .Select(mapping => new DeployedMapping(new(mapping, link.Function, link.Template.QueueOf(mapping), link.Template), null))
            );
        var unlinked = session
            .Deployments(cancellationToken)
            .Where(template => template.IsWrittenInCode)
            .SelectMany(template =>
                template
                    .Mappings.Where(mapping => template.FunctionOf(mapping) is null)
                    .Select(mapping => new DeployedMapping(new(mapping, null, template.QueueOf(mapping), template), null))
            );
        var mappings = handled.Concat(unhandled).Concat(unlinked).ToList();
        return mappings.Concat<DeploymentSubject>(mappings.Where(mapping => mapping.Queue is not null).GroupBy(mapping => mapping.Queue!).Select(ToQueue));
    }

    // A queue that feeds several handlers is spoken about on one of them, whatever the order of files.
    private static DeployedQueue ToQueue(IGrouping<Queue, DeployedMapping> mappings)
    {
        var handler = mappings
            .Select(mapping => mapping.Handler)
            .OfType<Handler>()
            .OrderBy(handler => handler.Name, StringComparer.Ordinal)
            .ThenBy(handler => handler.Type?.ToDisplayString(), StringComparer.Ordinal)
            .ThenBy(handler => handler.Anchor.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(handler => handler.Anchor.SourceSpan.Start)
            .FirstOrDefault();
        return new(mappings.First().Template, mappings.Key, mappings.Select(mapping => mapping.Link).ToImmutableArray(), handler);
    }

    private static IEnumerable<DeploymentSubject> Functions(AnalysisSession session, CancellationToken cancellationToken) =>
        session.Functions(cancellationToken).Where(link => link.Handler is null).Select(link => new DeployedFunction(link));
}
