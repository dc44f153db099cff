using System.Collections.Immutable;
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
internal static class DeploymentLinks
{
    /// <summary>Links every function, and gives each handler the mappings that feed it.</summary>
    public static (ImmutableArray<Handler> Handlers, ImmutableArray<FunctionLink> Functions) Resolve(
        Compilation compilation, HandlerDiscovery discovery, ImmutableArray<Handler> found, ImmutableArray<DeploymentModel> templates)
    {
        var handlers = found.ToList();
        var links = ImmutableArray.CreateBuilder<FunctionLink>();
        foreach (var template in templates)
        {
            foreach (var function in template.Functions) links.Add(Link(compilation, discovery, handlers, template, function));
        }

        var linked = links.ToImmutable();
        var byMethod = linked.Where(link => link.Handler is not null).ToLookup(link => link.Handler!);
        var resolved = handlers.ToDictionary(handler => handler, handler => WithMappings(handler, byMethod[handler], templates));
        return (
            handlers.Select(handler => resolved[handler]).OrderBy(handler => handler.Anchor.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(handler => handler.Anchor.SourceSpan.Start).ToImmutableArray(),
            linked.Select(link => link.Handler is { } handler ? link with { Handler = resolved[handler] } : link).ToImmutableArray());
    }

    private static FunctionLink Link(Compilation compilation, HandlerDiscovery discovery, List<Handler> handlers, DeploymentModel template, Function function)
    {
        FunctionLink Elsewhere() => new(template, function, HandlerTarget.Elsewhere, null);
        FunctionLink Missing(string why) => function.IsImage ? Elsewhere() : new(template, function, HandlerTarget.Missing, null, why);
        if (HandlerOf(function) is not { } handler || handler.Assembly != compilation.AssemblyName) return Elsewhere();
        if (handler.IsExecutable)
        {
            // One executable can serve many functions (ANNOTATIONS_HANDLER); only a single handler is certain.
            var starts = handlers.Where(candidate => candidate.Origin == HandlerOrigin.Bootstrap).ToList();
            return starts.Count == 1 ? new(template, function, HandlerTarget.Resolved, starts[0]) : Elsewhere();
        }

        if (handlers.FirstOrDefault(candidate => AnnotationsMappings.Names(handler, candidate.Method)) is { } generated) return new(template, function, HandlerTarget.Resolved, generated);
        if (handler.Type!.EndsWith("_Generated", StringComparison.Ordinal)) return Elsewhere();
        if (compilation.Assembly.GetTypeByMetadataName(handler.Type) is not { } type)
        {
            return Missing($"type '{handler.Type}' does not exist in assembly '{handler.Assembly}'");
        }

        if (HasUnknownBase(type)) return Elsewhere();
        var methods = MethodsOf(type, handler.Method!).ToList();
        if (methods.Count == 0) return Missing($"type '{handler.Type}' has no method '{handler.Method}'");

        var known = handlers.FirstOrDefault(candidate => methods.Any(method => SymbolEqualityComparer.Default.Equals(method, candidate.Method)));
        known ??= handlers.FirstOrDefault(candidate => methods.Any(method => SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, candidate.Method.OriginalDefinition)));
        if (known is not null) return new(template, function, HandlerTarget.Resolved, known);

        var source = template.MappingsOf(function).Select(mapping => mapping.Kind).FirstOrDefault();
        if (discovery.FromTemplate(methods[0], type, source) is not { } added) return Elsewhere();
        handlers.Add(added);
        return new(template, function, HandlerTarget.Resolved, added);
    }

    private static Handler WithMappings(Handler handler, IEnumerable<FunctionLink> links, ImmutableArray<DeploymentModel> templates)
    {
        // The build rewrites what the generator owns: there the attribute and the return type win over the text.
        var written = AnnotationsMappings.Of(handler, templates);
        var functions = links.ToList();
        var mappings = written.AddRange(functions
            .Where(link => written.IsEmpty || !link.Function.IsGeneratedByAnnotations)
            .SelectMany(link => link.Template.MappingsOf(link.Function).Select(mapping => new HandlerMapping(mapping, link.Function, link.Template.QueueOf(mapping), link.Template))));
        var kinds = mappings.Select(link => link.Mapping.Kind).Where(kind => kind != EventSourceKind.Unknown).Distinct().ToList();
        var source = handler.Source == EventSourceKind.Unknown && kinds.Count == 1 ? kinds[0] : handler.Source;
        return handler.With(mappings, source, functions.Count > 0 ? HandlerOrigin.Template : handler.Origin, functions.Any(link => link.Function.HasUnreadEvents));
    }

    private static IEnumerable<IMethodSymbol> MethodsOf(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var method in current.GetMembers(name).OfType<IMethodSymbol>())
            {
                if (method.MethodKind == MethodKind.Ordinary) yield return method;
            }
        }
    }

    private static bool HasUnknownBase(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.TypeKind == TypeKind.Error) return true;
        }

        return false;
    }

    // An image starts what its command names; what the image itself names cannot be seen.
    internal static HandlerString? HandlerOf(Function function)
    {
        if (function.IsImage) return function.ImageCommand.Single() is [{ } command] ? HandlerString.Parse(command) : null;
        return function.Runtime.All(IsDotnet) && function.Handler.Single() is { } text ? HandlerString.Parse(text) : null;
    }

    // provided.al2023 runs executables only; their Handler is free text, so a type name that is missing proves nothing there.
    private static bool IsDotnet(string runtime) => runtime.StartsWith("dotnet", StringComparison.Ordinal);
}
