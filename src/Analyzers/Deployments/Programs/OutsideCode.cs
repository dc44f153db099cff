using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>Where a program starts to deploy: what is made outside of any construct, and the calls of helper methods there.</summary>
/// <param name="library">The library.</param>
/// <param name="compilation">The compilation.</param>
/// <param name="models">Its semantic models.</param>
/// <param name="cancellationToken">Stops the reading.</param>
internal sealed class OutsideCode(ProgramLibrary library, Compilation compilation, SemanticModels models, CancellationToken cancellationToken)
{
    private readonly List<(IOperation Operation, IMethodSymbol? Method)> found = [];
    private readonly HashSet<IMethodSymbol> called = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> made = new(SymbolEqualityComparer.Default);
    private readonly List<INamedTypeSymbol> constructs = [];

    /// <summary>The types of the source that are constructs.</summary>
    public IReadOnlyList<INamedTypeSymbol> Constructs => constructs;

    /// <summary>The creations of constructs and the calls, in code that no other code calls.</summary>
    public IEnumerable<IOperation> Operations => found.Where(one => one.Method is null || !called.Contains(one.Method)).Select(one => one.Operation);

    /// <summary>The methods outside of constructs that make some, and are called.</summary>
    public IEnumerable<IMethodSymbol> Helpers =>
        found
            .Where(one => one.Operation is IObjectCreationOperation && one.Method is not null && called.Contains(one.Method))
            .Select(one => one.Method!)
            .Distinct<IMethodSymbol>(SymbolEqualityComparer.Default);

    /// <summary>Whether the source makes objects of a type.</summary>
    public bool IsMade(INamedTypeSymbol type) => made.Contains(type);

    /// <summary>Looks through a file.</summary>
    public void Add(SyntaxTree tree)
    {
        var model = models.Of(tree);
        foreach (var node in tree.GetRoot(cancellationToken).DescendantNodes())
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (node)
            {
                case TypeDeclarationSyntax declaration:
                    if (model.GetDeclaredSymbol(declaration, cancellationToken) is INamedTypeSymbol type && IsConstruct(type))
                        constructs.Add(type);
                    break;
                case BaseObjectCreationExpressionSyntax:
                    if (
                        model.GetOperation(node, cancellationToken) is IObjectCreationOperation { Type: INamedTypeSymbol created } creation
                        && IsConstruct(created)
                    )
                    {
                        made.Add(created.OriginalDefinition);
                        Add(creation, model);
                    }

                    break;
                case InvocationExpressionSyntax:
                    if (
                        model.GetSymbolInfo(node, cancellationToken).Symbol is IMethodSymbol method
                        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly)
                        && model.GetOperation(node, cancellationToken) is IInvocationOperation call
                    )
                    {
                        called.Add(method.OriginalDefinition);
                        Add(call, model);
                    }

                    break;
            }
        }
    }

    private void Add(IOperation operation, SemanticModel model)
    {
        var node = operation.Syntax;
        var isInside = node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } around && IsConstruct(model.GetDeclaredSymbol(around, cancellationToken));
        if (isInside)
            return;
        var symbol = model.GetEnclosingSymbol(node.SpanStart, cancellationToken);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
            symbol = symbol.ContainingSymbol;
        found.Add((operation, (symbol as IMethodSymbol)?.OriginalDefinition));
    }

    private bool IsConstruct(ISymbol? symbol) => (symbol as INamedTypeSymbol).IsOrDerivesFrom(library.Construct);
}
