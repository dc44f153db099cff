using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>What a handler that returns a response makes it from.</summary>
/// <param name="List">An expression for the list that reaches the response; null when all responses are empty.</param>
/// <param name="Variable">The variable in <paramref name="List"/>.</param>
/// <param name="Empty">The expressions that make an empty response.</param>
internal sealed record ResponseSource(string? List, ISymbol? Variable, ImmutableArray<ExpressionSyntax> Empty)
{
    /// <summary>Reads the returns of a function; null when they do not all have a form that is known, or do not share one list.</summary>
    public static ResponseSource? In(FunctionSyntax function, SemanticModel model, ResponseShape shape)
    {
        ResponseSource? found = null;
        var empty = ImmutableArray.CreateBuilder<ExpressionSyntax>();
        foreach (var statement in function.Returns)
        {
            if (statement.Expression is not { } returned || Of(returned, model, shape) is not { } one)
                return null;
            if (one.List is null)
                empty.AddRange(one.Empty);
            else if (found is null)
                found = one;
            else if (found.List != one.List)
                return null;
        }

        if (found is null)
            return empty.Count == 0 ? null : new(null, null, empty.ToImmutable());
        return found with { Empty = empty.ToImmutable() };
    }

    /// <summary>Whether the list can be used at a node, and no response after that node is empty.</summary>
    public bool IsInScopeAt(SyntaxNode node) =>
        Variable?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } declaration
        && (
            Variable is IParameterSymbol
            || declaration.SpanStart < node.SpanStart
                && declaration.Ancestors().FirstOrDefault(ancestor => ancestor is BlockSyntax or CompilationUnitSyntax)?.Span.Contains(node.Span) == true
        )
        && Empty.All(one => one.SpanStart < node.SpanStart);

    /// <summary>Reads one returned expression.</summary>
    public static ResponseSource? Of(ExpressionSyntax returned, SemanticModel model, ResponseShape shape)
    {
        switch (Unwrap(returned))
        {
            case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression }:
                return Nothing(Unwrap(returned));
            case IdentifierNameSyntax name
                when model.GetSymbolInfo(name).Symbol is ILocalSymbol local && ListProperty(local.Type) is { } property && MakesAList(local, model):
                return new($"{name.Identifier.Text}.{property}", local, ImmutableArray<ExpressionSyntax>.Empty);
            case BaseObjectCreationExpressionSyntax creation:
                var arguments = creation.ArgumentList?.Arguments.Select(argument => argument.Expression) ?? [];
                var assigned = creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().Select(assignment => assignment.Right) ?? [];
                var values = arguments.Concat(assigned).ToList();
                if (values.Count == 0 || values is [BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } }])
                    return ResponseTypes.IsResponse(model.GetTypeInfo(creation).Type) ? Nothing(creation) : null;
                return
                    values is [IdentifierNameSyntax list]
                    && model.GetSymbolInfo(list).Symbol is ILocalSymbol or IParameterSymbol
                    && IsListOf(model.GetTypeInfo(list).Type, shape.ItemType)
                    ? new(list.Identifier.Text, model.GetSymbolInfo(list).Symbol, ImmutableArray<ExpressionSyntax>.Empty)
                    : null;
            default:
                return null;
        }
    }

    /// <summary>Whether entries can be added to the type.</summary>
    public static bool IsListOf(ITypeSymbol? type, ITypeSymbol? item) =>
        type is INamedTypeSymbol { Name: "List" or "IList" or "ICollection", TypeArguments: [var element] }
        && type.IsIn("System.Collections.Generic")
        && SymbolEqualityComparer.Default.Equals(element, item);

    private static string? ListProperty(ITypeSymbol type) => ResponseTypes.IsResponse(type) ? "BatchItemFailures" : null;

    private static bool MakesAList(ILocalSymbol local, SemanticModel model) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
            is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax creation }
        && model.GetTypeInfo(creation).Type is { } type
        && ResponseTypes.IsResponse(type)
        && (type.Is("Amazon.Lambda.SQSEvents.SQSBatchResponse") || SetsAList(creation, ListProperty(type)!));

    // The response of a queue starts with a list; that of a stream has none until it is given one.
    private static bool SetsAList(BaseObjectCreationExpressionSyntax creation, string property) =>
        creation.Initializer?.Expressions.Any(expression =>
            expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax set, Right: not LiteralExpressionSyntax }
            && set.Identifier.ValueText == property
        ) == true;

    private static ResponseSource Nothing(ExpressionSyntax returned) => new(null, null, ImmutableArray.Create(returned));

    // Task.FromResult(response)
    private static ExpressionSyntax Unwrap(ExpressionSyntax returned) =>
        returned switch
        {
            ParenthesizedExpressionSyntax parenthesized => Unwrap(parenthesized.Expression),
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" },
                ArgumentList.Arguments: [var only]
            } => Unwrap(only.Expression),
            ObjectCreationExpressionSyntax { Type: SimpleNameSyntax { Identifier.ValueText: "ValueTask" }, ArgumentList.Arguments: [var only] } => Unwrap(
                only.Expression
            ),
            _ => returned,
        };
}
