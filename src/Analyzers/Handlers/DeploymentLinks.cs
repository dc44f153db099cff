using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>What a template's <c>Handler</c> string turned out to name.</summary>
internal enum HandlerTarget
{
    /// <summary>A handler of this compilation.</summary>
    Resolved,

    /// <summary>Another assembly, another language, an image, or a value that cannot be known: nothing to say.</summary>
    Elsewhere,

    /// <summary>This assembly, but no such type or method: Lambda fails to start the function.</summary>
    Missing,
}

/// <summary>A function of a template and what its <c>Handler</c> names in this compilation.</summary>
/// <param name="Template">The template.</param>
/// <param name="Function">The function.</param>
/// <param name="Target">What the string names.</param>
/// <param name="Handler">The handler, if it is one of this compilation.</param>
/// <param name="WhyMissing">What does not exist, as the end of a sentence, if <paramref name="Target"/> is <see cref="HandlerTarget.Missing"/>.</param>
internal sealed record FunctionLink(DeploymentModel Template, Function Function, HandlerTarget Target, Handler? Handler, string? WhyMissing = null);

/// <summary>Joins the functions of the templates with the handlers of the source, by the <c>Handler</c> setting and never by similar names.</summary>
internal sealed class DeploymentLinks
{
    private readonly HandlerDiscovery discovery;
    private readonly ImmutableArray<DeploymentModel> templates;
    private readonly ILookup<Handler, FunctionLink> byHandler;
    private readonly ILookup<SyntaxTree, Handler> added;

    private DeploymentLinks(
        HandlerDiscovery discovery,
        ImmutableArray<DeploymentModel> templates,
        ImmutableArray<FunctionLink> functions,
        IEnumerable<Handler> added
    )
    {
        (this.discovery, this.templates, Functions) = (discovery, templates, functions);
        byHandler = functions.Where(link => link.Handler is not null).ToLookup(link => link.Handler!);
        this.added = added.ToLookup(handler => handler.Anchor.SourceTree!);
    }

    /// <summary>Every function of every template, with what its handler string names.</summary>
    public ImmutableArray<FunctionLink> Functions { get; }

    /// <summary>The templates, and what is deployed by code.</summary>
    public ImmutableArray<DeploymentModel> Models => templates;

    /// <summary>The files that hold the name of a handler which some function names.</summary>
    public IEnumerable<SyntaxTree> Trees => byHandler.Select(links => links.Key.Anchor.SourceTree!);

    /// <summary>Links every function of the templates.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="discovery">Its handlers.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="isExecutableHere">Whether a function runs an executable that is made of the project, whatever it is called.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static DeploymentLinks Resolve(
        Compilation compilation,
        HandlerDiscovery discovery,
        ImmutableArray<DeploymentModel> templates,
        Func<DeploymentModel, Function, bool> isExecutableHere,
        CancellationToken cancellationToken
    )
    {
        var added = new Dictionary<IMethodSymbol, Handler>(SymbolEqualityComparer.Default);
        var functions = templates
            .SelectMany(template =>
                template.Functions.Select(function => Link(compilation, discovery, added, template, function, isExecutableHere, cancellationToken))
            )
            .ToImmutableArray();
        return new(discovery, templates, functions, added.Values);
    }

    /// <summary>The handlers whose name lies in the file, with the mappings that feed them.</summary>
    public ImmutableArray<Handler> HandlersIn(SyntaxTree tree, CancellationToken cancellationToken) =>
        discovery.In(tree, cancellationToken).Concat(added[tree]).Select(WithMappings).OrderBy(handler => handler.Anchor.SourceSpan.Start).ToImmutableArray();

    private static FunctionLink Link(
        Compilation compilation,
        HandlerDiscovery discovery,
        Dictionary<IMethodSymbol, Handler> added,
        DeploymentModel template,
        Function function,
        Func<DeploymentModel, Function, bool> isExecutableHere,
        CancellationToken cancellationToken
    )
    {
        FunctionLink Elsewhere() => new(template, function, HandlerTarget.Elsewhere, null);
        FunctionLink Missing(string why) => function.IsImage ? Elsewhere() : new(template, function, HandlerTarget.Missing, null, why);
        FunctionLink Resolved(Handler handler) => new(template, function, HandlerTarget.Resolved, handler);
        // One executable can serve many functions (ANNOTATIONS_HANDLER); only a single handler is certain.
        FunctionLink Executable() => discovery.Bootstrapped(cancellationToken).ToList() is [{ } only] ? Resolved(only) : Elsewhere();
        if (isExecutableHere(template, function))
            return Executable();
        if (HandlerOf(function) is not { } handler || handler.Assembly != compilation.AssemblyName)
            return Elsewhere();
        if (handler.IsExecutable)
            return Executable();

        var isGenerated = AnnotationsMappings.OwnerOf(handler) is not null;
        if (compilation.Assembly.GetTypeByMetadataName(AnnotationsMappings.OwnerOf(handler) ?? handler.Type!) is not { } type)
        {
            return isGenerated ? Elsewhere() : Missing($"type '{handler.Type}' does not exist in assembly '{handler.Assembly}'");
        }

        if (HasUnknownBase(type))
            return Elsewhere();
        var methods = MethodsOf(type, handler.Method!).ToList();
        if (methods.Count == 0)
            return isGenerated ? Elsewhere() : Missing($"type '{handler.Type}' has no method '{handler.Method}'");

        // The class's own files first: a handler that it inherits from a generic base class is found there.
        var candidates = type
            .Locations.Concat(methods.SelectMany(method => method.Locations))
            .Select(location => location.SourceTree)
            .OfType<SyntaxTree>()
            .Distinct()
            .SelectMany(tree => discovery.In(tree, cancellationToken))
            .ToList();
        var known =
            candidates.FirstOrDefault(candidate => methods.Any(method => SymbolEqualityComparer.Default.Equals(method, candidate.Method)))
            ?? candidates.FirstOrDefault(candidate =>
                methods.Any(method => SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, candidate.Method.OriginalDefinition))
            );
        if (known is not null)
            return Resolved(known);

        if (!added.TryGetValue(methods[0], out var made))
        {
            var source = template.MappingsOf(function).Select(mapping => mapping.Kind).FirstOrDefault();
            if (discovery.FromTemplate(methods[0], type, source, cancellationToken) is not { } fresh)
                return Elsewhere();
            added.Add(methods[0], made = fresh);
        }

        return Resolved(made);
    }

    private Handler WithMappings(Handler handler)
    {
        // The build rewrites what the generator owns: there the attribute and the return type win over the text.
        var written = AnnotationsMappings.Of(handler, templates);
        var functions = byHandler[handler].ToList();
        var mappings = written.AddRange(
            functions
                .Where(link => written.IsEmpty || !link.Function.IsGeneratedByAnnotations)
                .SelectMany(link =>
                    link.Template.MappingsOf(link.Function)
                        .Select(mapping => new HandlerMapping(mapping, link.Function, link.Template.QueueOf(mapping), link.Template))
                )
        );
        var kinds = mappings.Select(link => link.Mapping.Kind).Where(kind => kind != EventSourceKind.Unknown).Distinct().ToList();
        var source = handler.Source == EventSourceKind.Unknown && kinds.Count == 1 ? kinds[0] : handler.Source;
        return handler
            .With(mappings, source, functions.Count > 0 ? HandlerOrigin.Template : handler.Origin, functions.Any(link => link.Function.HasUnreadEvents))
            .With(handler.Trigger ?? TriggerOf(handler, functions), RetriesOf(functions));
    }

    // What the template sends to a handler of an own type. One that takes the request of a caller may have a schedule that only keeps it warm.
    private static TriggerKind? TriggerOf(Handler handler, IReadOnlyList<FunctionLink> functions) =>
        handler.EventParameter?.Type is { } type && type.IsIn("Amazon.Lambda") && !type.Is("Amazon.Lambda.Core.ILambdaContext")
            ? null
            : functions
                .SelectMany(link => link.Template.TriggersOf(link.Function))
                .Where(trigger => !trigger.Enabled.All(enabled => !enabled))
                .Select(trigger => (TriggerKind?)trigger.Kind)
                .FirstOrDefault();

    private static int? RetriesOf(IReadOnlyList<FunctionLink> functions)
    {
        var retries = functions
            .SelectMany(link => link.Template.InvokeConfigsOf(link.Function))
            .Select(config => config.MaximumRetryAttempts.Single())
            .Distinct()
            .ToList();
        return retries.Count switch
        {
            0 => Defaults.AsynchronousRetries,
            1 => retries[0],
            _ => null,
        };
    }

    private static IEnumerable<IMethodSymbol> MethodsOf(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var method in current.GetMembers(name).OfType<IMethodSymbol>())
            {
                if (method.MethodKind == MethodKind.Ordinary)
                    yield return method;
            }
        }
    }

    private static bool HasUnknownBase(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.TypeKind == TypeKind.Error)
                return true;
        }

        return false;
    }

    // An image starts what its command names; what the image itself names cannot be seen.
    internal static HandlerString? HandlerOf(Function function)
    {
        if (function.IsImage)
            return function.ImageCommand.Single() is [{ } command] ? HandlerString.Parse(command) : null;
        return function.Runtime.All(IsDotnet) && function.Handler.Single() is { } text ? HandlerString.Parse(text) : null;
    }

    // provided.al2023 runs executables only; their Handler is free text, so a type name that is missing proves nothing there.
    private static bool IsDotnet(string runtime) => runtime.StartsWith("dotnet", StringComparison.Ordinal);
}
