using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>A parameter, field or property that code at some place can read by its simple name, and that is not known to be null at times.</summary>
/// <param name="Name">The name, as it is written in code.</param>
/// <param name="Type">Its type.</param>
internal sealed record ValueInReach(string Name, ITypeSymbol Type)
{
    /// <summary>
    /// What new code around a node can read, the nearest first: parameters of the functions around it, members of the type, and parameters of its
    /// primary constructor. What is declared inside the node is out of reach.
    /// </summary>
    /// <param name="model">What names mean.</param>
    /// <param name="node">The node.</param>
    /// <param name="isWanted">Whether values of a type are asked for.</param>
    public static IReadOnlyList<ValueInReach> Around(SemanticModel model, SyntaxNode node, Func<ITypeSymbol, bool> isWanted)
    {
        var functions = FunctionsAround(model, node.SpanStart);
        return
        [
            .. model
                .LookupSymbols(node.SpanStart)
                .Where(symbol =>
                    TypeOf(symbol) is { } type
                    && isWanted(type)
                    && !LocalNames.IsDeclaredIn(symbol, node)
                    && symbol.Name.Trim('_').Length > 0
                    && IsInReach(symbol, functions)
                    && !IsAskedForNull(symbol, model)
                )
                .OrderBy(symbol =>
                    symbol is not IParameterSymbol ? 1
                    : IsOfPrimaryConstructor(symbol, functions) ? 2
                    : 0
                )
                .ThenBy(symbol => symbol.Locations is [{ IsInSource: true } location, ..] ? location.SourceSpan.Start : int.MaxValue)
                .ThenBy(symbol => symbol.Name, StringComparer.Ordinal)
                .Select(symbol => new ValueInReach(Written(symbol.Name), TypeOf(symbol)!)),
        ];
    }

    /// <summary>The type of a symbol that can be read and is not known to be null at times; null for all others.</summary>
    public static ITypeSymbol? TypeOf(ISymbol symbol) =>
        symbol switch
        {
            IParameterSymbol { RefKind: RefKind.None, NullableAnnotation: not NullableAnnotation.Annotated } parameter
                when parameter is not { HasExplicitDefaultValue: true, ExplicitDefaultValue: null } => parameter.Type,
            IFieldSymbol { NullableAnnotation: not NullableAnnotation.Annotated } field => field.Type,
            IPropertySymbol { GetMethod: not null, IsIndexer: false, NullableAnnotation: not NullableAnnotation.Annotated } property => property.Type,
            _ => null,
        };

    // Innermost first; the last one is the member.
    private static List<IMethodSymbol> FunctionsAround(SemanticModel model, int position)
    {
        var functions = new List<IMethodSymbol>();
        for (var symbol = model.GetEnclosingSymbol(position); symbol is IMethodSymbol function; symbol = symbol.ContainingSymbol)
            functions.Add(function);
        return functions;
    }

    // The names of what lies outside of a static function, or of an instance, are found too.
    private static bool IsInReach(ISymbol symbol, List<IMethodSymbol> functions)
    {
        if (functions.Count == 0)
            return false;
        if (symbol is IParameterSymbol && !IsOfPrimaryConstructor(symbol, functions))
            return functions
                .TakeWhile(function => !SymbolEqualityComparer.Default.Equals(function, symbol.ContainingSymbol))
                .All(function => !function.IsStatic);
        if (symbol is not IParameterSymbol && symbol.IsStatic)
            return true;
        var type = functions[functions.Count - 1].ContainingType;
        return functions.All(function => !function.IsStatic)
            && (functions.Count == 1 || !type.IsValueType)
            && Bases(type).Contains(symbol.ContainingType, SymbolEqualityComparer.Default)
            && !(symbol is IParameterSymbol parameter && IsKeptElsewhere(parameter));
    }

    private static bool IsOfPrimaryConstructor(ISymbol symbol, List<IMethodSymbol> functions) =>
        symbol is IParameterSymbol && !functions.Contains(symbol.ContainingSymbol, SymbolEqualityComparer.Default);

    // The compiler warns of a parameter of a primary constructor that is used in a member and kept in a field, or by the base, too.
    private static bool IsKeptElsewhere(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(name =>
                name.Identifier.ValueText == parameter.Name
                && name.Parent
                    is EqualsValueClauseSyntax
                        {
                            Parent: PropertyDeclarationSyntax
                                or VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: FieldDeclarationSyntax } }
                        }
                        or ArgumentSyntax { Parent.Parent: PrimaryConstructorBaseTypeSyntax }
            );

    // Code that asks knows of a case in which it is.
    private static bool IsAskedForNull(ISymbol symbol, SemanticModel model) =>
        model
            .SyntaxTree.GetRoot()
            .DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Any(name =>
                name.Identifier.ValueText == symbol.Name
                && IsAskedForNull(name.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name)
                && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, symbol)
            );

    private static bool IsAskedForNull(ExpressionSyntax value) =>
        value.Parent switch
        {
            ConditionalAccessExpressionSyntax access => access.Expression == value,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalescing => coalescing.Left == value,
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
            IsPatternExpressionSyntax => true,
            _ => false,
        };

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    private static string Written(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;
}
