using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Something deployed that rules speak about, and the handler on whose name they do.</summary>
/// <param name="Template">The template that declares it; a model without a path for what is written in code only.</param>
/// <param name="Handler">The handler of this compilation that it feeds; null when findings sit in the template.</param>
internal abstract record DeploymentSubject(DeploymentModel Template, Handler? Handler)
{
    /// <summary>The C# file in which findings about it sit; null when they sit in the template.</summary>
    public SyntaxTree? Tree { get; init; } = Handler?.Anchor.SourceTree;

    /// <summary>The file that declares it; of a template of several files that one of them.</summary>
    public string File => Declaration.IsNone ? Template.Path : Declaration.Path;

    /// <summary>How settings are called where it is written.</summary>
    public virtual DialectWords Words => new(Template.Dialect);

    /// <summary>By what fixes find the subject again.</summary>
    public abstract ImmutableDictionary<string, string?> Properties { get; }

    /// <summary>What the subject itself is declared by.</summary>
    public abstract Place Declaration { get; }

    /// <summary>The same subject, with the file in which it is written if that is one of the compilation.</summary>
    public DeploymentSubject In(IReadOnlyDictionary<string, SyntaxTree> trees) =>
        Tree is null && Template.IsWrittenInCode && trees.TryGetValue(Declaration.Path ?? "", out var tree) ? this with { Tree = tree } : this;

    /// <summary>The place in brackets, for messages; empty where the finding sits at that place itself, and where there is none.</summary>
    public string Where(Place place) => Handler is null || place.IsNone ? "" : $" ({place})";

    /// <summary>Where a comment of the template silences the finding: at its place, and at the subject.</summary>
    public IEnumerable<Place> SilencedAt(DeploymentFinding finding) => [finding.Place, Declaration];

    /// <summary>Whether a comment of the template silences the finding.</summary>
    public bool IsSuppressed(DeploymentFinding finding) => SilencedAt(finding).Any(place => Template.SuppressionOf(finding.Descriptor.Id, place) is not null);

    /// <summary>The path of the template, or of the C# file that deploys it, and the logical ids of what is declared there.</summary>
    protected ImmutableDictionary<string, string?> PropertiesOf(params (string Key, Resource? Resource)[] resources)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        foreach (var (key, resource) in resources)
        {
            if (resource is not null)
                properties = properties.Add(key, resource.LogicalId);
        }

        var path = Template.IsWrittenInCode ? Declaration.Path ?? "" : Template.Path;
        return path.Length == 0 ? properties : properties.Add(FindingProperties.Template, path);
    }
}

/// <summary>A mapping.</summary>
/// <param name="Link">The mapping with what it joins.</param>
/// <param name="Handler">The handler it feeds.</param>
internal sealed record DeployedMapping(HandlerMapping Link, Handler? Handler) : DeploymentSubject(Link.Template, Handler)
{
    /// <summary>The mapping.</summary>
    public EventSourceMapping Mapping => Link.Mapping;

    /// <summary>The function it invokes, if the template declares it.</summary>
    public Function? Function => Link.Function;

    /// <summary>The queue it reads, if the template declares it.</summary>
    public Queue? Queue => Link.Queue;

    /// <inheritdoc/>
    public override DialectWords Words => Link.Words;

    /// <summary>The source whose batch the handler's parameter is; unknown for a parameter of any other type.</summary>
    public EventSourceKind EventKind { get; init; }

    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> Properties =>
        PropertiesOf(
            (FindingProperties.Mapping, Link.IsOfAttribute ? null : Mapping),
            (FindingProperties.Queue, Queue),
            (FindingProperties.Function, Function)
        );

    /// <inheritdoc/>
    public override Place Declaration => Mapping.Declaration;
}

/// <summary>A queue that at least one mapping reads.</summary>
/// <param name="Template">The template that declares it.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Mappings">The mappings that read it.</param>
/// <param name="Handler">The first by name of the handlers it feeds.</param>
internal sealed record DeployedQueue(DeploymentModel Template, Queue Queue, ImmutableArray<HandlerMapping> Mappings, Handler? Handler)
    : DeploymentSubject(Template, Handler)
{
    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> Properties => PropertiesOf((FindingProperties.Queue, Queue));

    /// <summary>Whether some mapping of it may be enabled.</summary>
    public bool IsPolled => Mappings.Any(link => !link.Mapping.IsOff);

    /// <inheritdoc/>
    public override Place Declaration => Queue.Declaration;
}

/// <summary>A function whose handler is none of this compilation's.</summary>
/// <param name="Link">The function, and what its <c>Handler</c> names.</param>
internal sealed record DeployedFunction(FunctionLink Link) : DeploymentSubject(Link.Template, null)
{
    /// <inheritdoc/>
    public override ImmutableDictionary<string, string?> Properties => PropertiesOf((FindingProperties.Function, Link.Function));

    /// <inheritdoc/>
    public override Place Declaration => Link.Function.Declaration;
}
