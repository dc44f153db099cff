using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Bodies of methods, local functions, lambdas and top-level statements, each bound once while it is looked at.</summary>
internal sealed class MethodBodies(SemanticModels models)
{
    // More than one handler's flow goes into, as it goes there several times.
    private const int MostKept = 128;

    private readonly RecentlyUsed<IMethodSymbol, MethodBody?> bodies = new(MostKept, SymbolEqualityComparer.Default);

    /// <summary>The body of <paramref name="method"/>; null when it has none in source or its flow cannot be built.</summary>
    public MethodBody? Of(IMethodSymbol method, CancellationToken cancellationToken)
    {
        var definition = method.PartialImplementationPart ?? method.OriginalDefinition;
        return bodies.TryGet(definition, out var known) ? known : Compute(definition, cancellationToken);
    }

    /// <summary>The operation of an expression of the source.</summary>
    public IOperation? OperationOf(SyntaxNode syntax, CancellationToken cancellationToken) =>
        models.Of(syntax.SyntaxTree).GetOperation(syntax, cancellationToken);

    private MethodBody? Compute(IMethodSymbol method, CancellationToken cancellationToken) =>
        bodies.Of(method, definition => Build(definition, cancellationToken));

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
