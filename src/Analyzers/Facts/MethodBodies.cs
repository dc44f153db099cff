using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>The body of a method of the source: its operations as written and its control flow. What is asked for first is computed then.</summary>
/// <param name="method">The method, local function or lambda.</param>
/// <param name="root">The operations as written.</param>
/// <param name="createGraph">Makes the control flow.</param>
internal sealed class MethodBody(IMethodSymbol method, IOperation root, Func<ControlFlowGraph> createGraph)
{
    private ControlFlowGraph? graph;
    private IReadOnlyList<IOperation>? operations;
    private IReadOnlyDictionary<SyntaxNode, IArgumentOperation>? arguments;

    /// <summary>The method, local function or lambda.</summary>
    public IMethodSymbol Method { get; } = method;

    /// <summary>The operations as written.</summary>
    public IOperation Root { get; } = root;

    /// <summary>The control flow.</summary>
    public ControlFlowGraph Graph => Volatile.Read(ref graph) ?? Interlocked.CompareExchange(ref graph, createGraph(), null) ?? graph;

    /// <summary>What <see cref="Root"/> is made of, parents before their children.</summary>
    public IReadOnlyList<IOperation> Operations =>
        Volatile.Read(ref operations) ?? Interlocked.CompareExchange(ref operations, Root.Descendants().ToArray(), null) ?? operations;

    /// <summary>The argument as written, where the flow has captured a part of it, as it does with an object that gets its properties in an initializer; null elsewhere.</summary>
    public IArgumentOperation? WrittenOf(IArgumentOperation argument) =>
        argument.Value.HasPart(part => part is IFlowCaptureReferenceOperation) && Arguments.TryGetValue(argument.Syntax, out var written) ? written : null;

    private IReadOnlyDictionary<SyntaxNode, IArgumentOperation> Arguments =>
        Volatile.Read(ref arguments) ?? Interlocked.CompareExchange(ref arguments, ArgumentsBySyntax(), null) ?? arguments;

    private Dictionary<SyntaxNode, IArgumentOperation> ArgumentsBySyntax()
    {
        var bySyntax = new Dictionary<SyntaxNode, IArgumentOperation>();
        foreach (var argument in Operations.OfType<IArgumentOperation>())
        {
            if (!bySyntax.ContainsKey(argument.Syntax))
                bySyntax.Add(argument.Syntax, argument);
        }

        return bySyntax;
    }
}

/// <summary>Bodies of methods, local functions, lambdas and top-level statements, each bound once while it is looked at.</summary>
internal sealed class MethodBodies(SemanticModels models)
{
    // More than one handler's flow goes into, as it goes there several times.
    private const int MostKept = 256;

    private readonly RecentlyUsed<IMethodSymbol, MethodBody?> bodies = new(MostKept, SymbolEqualityComparer.Default);

    /// <summary>The body of <paramref name="method"/>; null when it has none in source or its flow cannot be built.</summary>
    public MethodBody? Of(IMethodSymbol method, CancellationToken cancellationToken) =>
        bodies.Of(method.PartialImplementationPart ?? method.OriginalDefinition, definition => Build(definition, cancellationToken));

    /// <summary>The operation of an expression of the source.</summary>
    public IOperation? OperationOf(SyntaxNode syntax, CancellationToken cancellationToken) =>
        models.Of(syntax.SyntaxTree).GetOperation(syntax, cancellationToken);

    private MethodBody? Build(IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } syntax)
            return null;
        return method.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction
            ? BuildNested(method, syntax, cancellationToken)
            : BuildMember(method, syntax, cancellationToken);
    }

    private MethodBody? BuildMember(IMethodSymbol method, SyntaxNode syntax, CancellationToken cancellationToken)
    {
        var operation = models.Of(syntax.SyntaxTree).GetOperation(syntax, cancellationToken);
        return operation switch
        {
            IMethodBodyOperation body => new(method, body, () => ControlFlowGraph.Create(body)),
            IConstructorBodyOperation body => new(method, body, () => ControlFlowGraph.Create(body)),
            IBlockOperation { Parent: null } body => new(method, body, () => ControlFlowGraph.Create(body)),
            _ => null,
        };
    }

    // The flow of a lambda or local function hangs in the flow of what encloses it.
    private MethodBody? BuildNested(IMethodSymbol method, SyntaxNode syntax, CancellationToken cancellationToken)
    {
        if (
            models.Of(syntax.SyntaxTree).GetOperation(syntax, cancellationToken) is not { } operation
            || EnclosingOf(syntax, cancellationToken) is not { } enclosing
            || Of(enclosing, cancellationToken) is not { } outer
        )
        {
            return null;
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            var local = outer.Graph.LocalFunctions.FirstOrDefault(candidate => SymbolEqualityComparer.Default.Equals(candidate, method));
            return local is null ? null : new(method, operation, () => outer.Graph.GetLocalFunctionControlFlowGraph(local));
        }

        var lambda = outer.Graph.Operations().OfType<IFlowAnonymousFunctionOperation>().FirstOrDefault(candidate => candidate.Syntax == syntax);
        return lambda is null ? null : new(method, operation, () => outer.Graph.GetAnonymousFunctionControlFlowGraph(lambda));
    }

    private IMethodSymbol? EnclosingOf(SyntaxNode syntax, CancellationToken cancellationToken)
    {
        var model = models.Of(syntax.SyntaxTree);
        for (var node = syntax.Parent; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case AnonymousFunctionExpressionSyntax:
                    return model.GetSymbolInfo(node, cancellationToken).Symbol as IMethodSymbol;
                case LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                    return model.GetDeclaredSymbol(node, cancellationToken) as IMethodSymbol;
                case CompilationUnitSyntax:
                    return model.GetDeclaredSymbol(node, cancellationToken) as IMethodSymbol;
                case PropertyDeclarationSyntax or FieldDeclarationSyntax or BaseTypeDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }
}

/// <summary>Walking a control flow graph.</summary>
internal static class ControlFlowGraphExtensions
{
    /// <summary>Every operation of the graph, in the order of its blocks, children after their parents.</summary>
    public static IEnumerable<IOperation> Operations(this ControlFlowGraph graph)
    {
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations.Concat(block.BranchValue is null ? [] : [block.BranchValue]))
            {
                yield return operation;
                foreach (var descendant in operation.Descendants())
                    yield return descendant;
            }
        }
    }

    /// <summary>The regions around a block, inside out; those of an enclosing method are none of a lambda's.</summary>
    public static IEnumerable<ControlFlowRegion> Regions(this BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is { Kind: not ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
            yield return region;
    }
}
