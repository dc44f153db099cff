using System.Collections.Concurrent;
using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>
/// Finds the handlers of a compilation in its source, file by file, so that an edit costs one file; what templates say is added by <see cref="DeploymentLinks"/>.
/// </summary>
internal sealed class HandlerDiscovery(Compilation compilation, KnownTypes types, SemanticModels models)
{
    private const string LambdaFunctionAttribute = "Amazon.Lambda.Annotations.LambdaFunctionAttribute";
    private const string FromServicesAttribute = "Amazon.Lambda.Annotations.FromServicesAttribute";

    private readonly Collaborators collaborators = new(compilation, models);
    private readonly ConcurrentDictionary<SyntaxTree, ImmutableArray<Handler>> byTree = new();
    private IReadOnlyDictionary<IMethodSymbol, Handler>? bootstraps;

    /// <summary>The handlers whose name lies in the file, in the order of their places.</summary>
    public ImmutableArray<Handler> In(SyntaxTree tree, CancellationToken cancellationToken) =>
        byTree.TryGetValue(tree, out var known) ? known : byTree.GetOrAdd(tree, Find(tree, cancellationToken));

    /// <summary>The handlers that are given to <c>LambdaBootstrapBuilder</c>, wherever they stand.</summary>
    public IEnumerable<Handler> Bootstrapped(CancellationToken cancellationToken) => Bootstraps(cancellationToken).Values;

    private ImmutableArray<Handler> Find(SyntaxTree tree, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var candidates = TreeCandidates.Of(tree, cancellationToken);
        var found = new Dictionary<IMethodSymbol, Handler>(SymbolEqualityComparer.Default);
        foreach (var method in candidates.Methods)
            Add(found, FromMethod(method, cancellationToken));
        foreach (var type in candidates.Types)
        {
            foreach (var handler in Inherited(type, cancellationToken))
                Add(found, handler);
        }

        foreach (var handler in Bootstraps(cancellationToken).Values)
        {
            if (handler.Anchor.SourceTree == tree)
                Add(found, handler);
        }

        return found
            .Values.Where(handler =>
                handler.Origin != HandlerOrigin.Signature
                || !collaborators.Includes(handler, cancellationToken) && !IsHandedToBase(handler, found.Values, cancellationToken)
            )
            .OrderBy(handler => handler.Anchor.SourceSpan.Start)
            .ToImmutableArray();
    }

    private IReadOnlyDictionary<IMethodSymbol, Handler> Bootstraps(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref bootstraps) is { } known)
            return known;
        var found = new Dictionary<IMethodSymbol, Handler>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var call in TreeCandidates.Of(tree, cancellationToken).Bootstraps)
            {
                foreach (var handler in FromBootstrap(call, cancellationToken))
                    Add(found, handler);
            }
        }

        return Interlocked.CompareExchange(ref bootstraps, found, null) ?? found;
    }

    /// <summary>Makes the handler for a method that a template names, whatever its parameters are.</summary>
    /// <param name="method">The method.</param>
    /// <param name="type">The class the template names.</param>
    /// <param name="source">What feeds it, by the template.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public Handler? FromTemplate(IMethodSymbol method, INamedTypeSymbol type, EventSourceKind source, CancellationToken cancellationToken)
    {
        var anchor = NameOf(method) ?? NameOf(type);
        if (anchor is null)
            return null;
        var parameter = EventParameterOf(method);
        var kind = parameter is null ? EventSourceKind.Unknown : types.EventKind(parameter.Type);
        return Make(method, type, kind == EventSourceKind.Unknown ? source : kind, parameter, anchor, HandlerOrigin.Template, cancellationToken);
    }

    private Handler? FromMethod(MethodDeclarationSyntax syntax, CancellationToken cancellationToken)
    {
        if (
            models.Of(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellationToken) is not { IsAbstract: false } method
            || method.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type
            || EventParameterOf(method) is not { } parameter
        )
        {
            return null;
        }

        if (!IsEvent(parameter.Type))
            return ReadingByHand(method, type, parameter, syntax, cancellationToken);
        var origin =
            method.HasAttribute(LambdaFunctionAttribute) || method.HasAttribute(PowertoolsBatch.Attribute) ? HandlerOrigin.Attribute : HandlerOrigin.Signature;
        return Make(method, type, types.EventKind(parameter.Type), parameter, syntax.Identifier.GetLocation(), origin, cancellationToken);
    }

    private Handler? ReadingByHand(
        IMethodSymbol method,
        INamedTypeSymbol type,
        IParameterSymbol parameter,
        MethodDeclarationSyntax syntax,
        CancellationToken cancellationToken
    )
    {
        if (!EventsReadByHand.IsRaw(parameter.Type))
            return null;
        var source = EventsReadByHand.SourceOf(syntax, models.Of(syntax.SyntaxTree), types, cancellationToken);
        return source == EventSourceKind.Unknown
            ? null
            : Make(method, type, source, parameter, syntax.Identifier.GetLocation(), HandlerOrigin.Signature, cancellationToken);
    }

    // class OrdersFunction : BatchFunction<SQSEvent>: the handler is the base class's method with the event type filled in.
    private IEnumerable<Handler> Inherited(TypeDeclarationSyntax syntax, CancellationToken cancellationToken)
    {
        if (models.Of(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellationToken) is not { IsAbstract: false, TypeKind: TypeKind.Class } type)
            yield break;
        for (var current = type.BaseType; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            if (!current.IsGenericType || !current.TypeArguments.Any(IsEvent))
                continue;
            foreach (var method in current.GetMembers().OfType<IMethodSymbol>())
            {
                if (
                    method is { MethodKind: MethodKind.Ordinary, IsAbstract: false, DeclaredAccessibility: Accessibility.Public }
                    && !IsOverridden(method, type)
                    && method.OriginalDefinition.Parameters.Any(parameter => parameter.Type is ITypeParameterSymbol)
                    && EventParameterOf(method) is { } parameter
                    && IsEvent(parameter.Type)
                )
                {
                    yield return Make(
                        method,
                        type,
                        types.EventKind(parameter.Type),
                        parameter,
                        syntax.Identifier.GetLocation(),
                        HandlerOrigin.BaseClass,
                        cancellationToken
                    );
                }
            }
        }
    }

    private IEnumerable<Handler> FromBootstrap(InvocationExpressionSyntax syntax, CancellationToken cancellationToken)
    {
        if (
            models.Of(syntax.SyntaxTree).GetOperation(syntax, cancellationToken) is not IInvocationOperation invocation
            || !invocation.TargetMethod.ContainingType.IsIn("Amazon.Lambda.RuntimeSupport")
        )
        {
            yield break;
        }

        foreach (var argument in invocation.Arguments)
        {
            if (DelegateTarget(argument.Value) is var (method, anchor) && EventParameterOf(method) is { } parameter && IsEvent(parameter.Type))
            {
                var type = method.MethodKind == MethodKind.Ordinary ? method.ContainingType : null;
                yield return Make(
                    method,
                    type,
                    types.EventKind(parameter.Type),
                    parameter,
                    anchor,
                    HandlerOrigin.Bootstrap,
                    cancellationToken,
                    ResponseSerializer.Of(invocation)
                );
            }
        }
    }

    private static (IMethodSymbol Method, Location Anchor)? DelegateTarget(IOperation? value) =>
        value switch
        {
            IConversionOperation conversion => DelegateTarget(conversion.Operand),
            IDelegateCreationOperation creation => DelegateTarget(creation.Target),
            IMethodReferenceOperation reference when NameOf(reference.Method) is { } name => (reference.Method, name),
            IAnonymousFunctionOperation { Syntax: AnonymousFunctionExpressionSyntax syntax } lambda => (lambda.Symbol, ParametersOf(syntax).GetLocation()),
            ILocalReferenceOperation local => DelegateTarget(InitializerOf(local)),
            _ => null,
        };

    private static SyntaxNode ParametersOf(AnonymousFunctionExpressionSyntax syntax) =>
        syntax switch
        {
            ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList,
            SimpleLambdaExpressionSyntax lambda => lambda.Parameter,
            AnonymousMethodExpressionSyntax { ParameterList: { } parameters } => parameters,
            _ => syntax,
        };

    private static IOperation? InitializerOf(ILocalReferenceOperation local)
    {
        var declaration = local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return declaration is VariableDeclaratorSyntax { Initializer.Value: { } initializer } && declaration.SyntaxTree == local.Syntax.SyntaxTree
            ? local.SemanticModel?.GetOperation(initializer)
            : null;
    }

    // Of several ways to recognise a method the surest counts.
    private static void Add(Dictionary<IMethodSymbol, Handler> found, Handler? handler)
    {
        if (handler is not null && (!found.TryGetValue(handler.Method, out var known) || known.Origin < handler.Origin))
            found[handler.Method] = handler;
    }

    private bool IsEvent(ITypeSymbol type) => types.EventKind(type) != EventSourceKind.Unknown || types.TriggerOf(type) is not null;

    private Handler Make(
        IMethodSymbol method,
        INamedTypeSymbol? type,
        EventSourceKind source,
        IParameterSymbol? parameter,
        Location anchor,
        HandlerOrigin origin,
        CancellationToken cancellationToken,
        ResponseSerializer? serializer = null
    ) =>
        new(method, type, source, parameter, anchor, origin)
        {
            Trigger = types.TriggerOf(parameter?.Type),
            Serializer = serializer ?? ResponseSerializer.Of(method, compilation.Assembly),
            ReturnsPlainObjects = ReturnedObjects.CannotCarryFailures(method, models, cancellationToken),
        };

    // [FromServices] parameters may stand before the event; Lambda's context and a token after it. Anything else is a collaborator of a handler.
    private IParameterSymbol? EventParameterOf(IMethodSymbol method)
    {
        var rest = method.Parameters.SkipWhile(parameter => parameter.HasAttribute(FromServicesAttribute)).ToList();
        if (rest.Count == 0)
            return null;
        return rest.Skip(1)
            .All(parameter =>
                types.IsLambdaContext(parameter.Type)
                || parameter.Type.Is("System.Threading.CancellationToken")
                || parameter.HasAttribute(FromServicesAttribute)
            )
            ? rest[0]
            : null;
    }

    private static bool IsOverridden(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (var current = type; current is not null && !SymbolEqualityComparer.Default.Equals(current, method.ContainingType); current = current.BaseType)
        {
            if (current.GetMembers(method.Name).OfType<IMethodSymbol>().Any(member => SymbolEqualityComparer.Default.Equals(member.OverriddenMethod, method)))
                return true;
        }

        return false;
    }

    // override Func<SQSEvent, Task> Handler => HandleAsync: Lambda calls the method of the base class, which calls this one.
    private static bool IsHandedToBase(Handler handler, IEnumerable<Handler> others, CancellationToken cancellationToken) =>
        handler.Type is { } type
        && others.Any(other => other.Origin == HandlerOrigin.BaseClass && SymbolEqualityComparer.Default.Equals(other.Type, type))
        && type.GetMembers()
            .OfType<IPropertySymbol>()
            .Any(property =>
                property is { OverriddenProperty.DeclaringSyntaxReferences.Length: > 0, Type.TypeKind: TypeKind.Delegate }
                && property.DeclaringSyntaxReferences.Any(part =>
                    part.GetSyntax(cancellationToken)
                        .DescendantNodes()
                        .OfType<IdentifierNameSyntax>()
                        .Any(name => name.Identifier.ValueText == handler.Method.Name)
                )
            );

    private static Location? NameOf(ISymbol symbol) => symbol.Locations.FirstOrDefault(location => location.IsInSource);
}
