using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Facts.Suppressions;

/// <summary>
/// Which part of a template the project at hand speaks about. Of several projects under one template each sees only its own functions: what a comment elsewhere silences is
/// known to another one.
/// </summary>
internal sealed class TemplateShare
{
    private readonly DeploymentModel template;
    private readonly HashSet<Function> own;
    private readonly HashSet<Function> seen;
    private readonly bool hasOthers;

    private TemplateShare(DeploymentModel template, HashSet<Function> own, HashSet<Function> seen, bool hasOthers) =>
        (this.template, this.own, this.seen, this.hasOthers) = (template, own, seen, hasOthers);

    /// <summary>The share of a session's project.</summary>
    public static TemplateShare Of(DeploymentModel template, AnalysisSession session, CancellationToken cancellationToken)
    {
        var links = session.Functions(cancellationToken).Where(link => link.Template == template).ToList();
        var seen = new HashSet<Function>(links.Where(link => link.Handler is not null).Select(link => link.Function));
        var own = new HashSet<Function>(
            links.Select(link => link.Function).Where(function => seen.Contains(function) || ProjectOwnership.Includes(session, template, function))
        );
        var hasOthers =
            links.Any(link => !own.Contains(link.Function) && !IsOfAnotherLanguage(link.Function))
            || template.Mappings.Any(mapping => template.FunctionOf(mapping) is null);
        return new(template, own, seen, hasOthers);
    }

    /// <summary>Whether the project has a part in what a comment is about. What is about nothing that is deployed concerns every project that deploys by the template.</summary>
    public bool IsConcernedBy(Suppression suppression)
    {
        if (own.Count == 0)
            return false;
        var concerned = ConcernedBy(suppression).ToList();
        return concerned.Count == 0 || !hasOthers || concerned.Any(resource => FunctionsOf(resource).Any(IsOwn));
    }

    /// <summary>Whether all that a rule may find at what a comment is about, is found in this project.</summary>
    /// <param name="suppression">The comment.</param>
    /// <param name="looksAtCode">Whether the rule finds nothing for a function whose handler cannot be seen.</param>
    public bool Knows(Suppression suppression, bool looksAtCode)
    {
        if (own.Count == 0)
            return false;
        if (!hasOthers && !(looksAtCode && own.Count > seen.Count))
            return true;
        var concerned = ConcernedBy(suppression).ToList();
        return concerned.Count > 0
            && concerned.All(resource =>
                FunctionsOf(resource).ToList() is { Count: > 0 } functions && functions.All(function => looksAtCode ? IsSeen(function) : IsOwn(function))
            );
    }

    private bool IsOwn(Function? function) => function is not null && own.Contains(function);

    private bool IsSeen(Function? function) => function is not null && seen.Contains(function);

    /// <summary>Whether a comment is about a resource or a part of it.</summary>
    public static bool IsAbout(Suppression suppression, Resource resource) =>
        resource.Whole.Path == suppression.AppliesTo.Path
        && resource.Whole.Start <= suppression.AppliesTo.End
        && suppression.AppliesTo.Start <= resource.Whole.End;

    private IEnumerable<Resource> ConcernedBy(Suppression suppression) =>
        template.Functions.Concat<Resource>(template.Queues).Concat(template.Mappings).Where(resource => IsAbout(suppression, resource));

    private IEnumerable<Function?> FunctionsOf(Resource resource) =>
        resource switch
        {
            Function function => [function],
            EventSourceMapping mapping => [template.FunctionOf(mapping)],
            Queue queue => template.MappingsOf(queue).Select(template.FunctionOf),
            _ => [],
        };

    // Rules look at .NET alone; an image and a provided runtime may hold anything.
    private static bool IsOfAnotherLanguage(Function function) =>
        !function.IsImage
        && function.Runtime.All(runtime =>
            !runtime.StartsWith("dotnet", StringComparison.Ordinal) && !runtime.StartsWith("provided", StringComparison.Ordinal)
        );
}
