using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>Where a text goes: an assignment of a member, an argument, or whatever else takes it.</summary>
/// <param name="Node">The assignment or the argument.</param>
/// <param name="IsWhole">Whether nothing is written before or behind the text.</param>
internal readonly record struct ValuePlace(SyntaxNode Node, bool IsWhole)
{
    private const int MostVariables = 5;

    /// <summary>Where the value of an expression goes, also through variables.</summary>
    public static IReadOnlyList<ValuePlace> Of(ExpressionSyntax value, SemanticModel model) => [.. From(value, model, isWhole: true, 0)];

    /// <summary>Whether all of them lie in one statement.</summary>
    public static bool AreInOneStatement(IEnumerable<ValuePlace> places) =>
        places.Select(place => place.Node.FirstAncestorOrSelf<StatementSyntax>()).Distinct().Count() <= 1;

    /// <summary>Whether the text is the value of an HTTP header that is an idempotency key by its name: <c>request.Headers.Add("Idempotency-Key", …)</c>.</summary>
    public bool IsIdempotencyHeader =>
        Node
            is ArgumentSyntax
            {
                Parent: ArgumentListSyntax { Arguments: [{ Expression: LiteralExpressionSyntax header }, ..], Parent: InvocationExpressionSyntax call }
            }
        && header.Token.ValueText.IndexOf("idempotency", StringComparison.OrdinalIgnoreCase) >= 0
        && call.Expression.ToString().IndexOf("DefaultRequestHeaders", StringComparison.Ordinal) < 0;

    /// <summary>Whether the text is all of what a member, a header or a parameter of the call gets.</summary>
    public bool IsAllOf(SyntaxNode call) =>
        IsWhole && (Node is AssignmentExpressionSyntax || Node is ArgumentSyntax { Parent.Parent: { } taker } && (taker == call || IsIdempotencyHeader));

    private static IEnumerable<ValuePlace> From(ExpressionSyntax value, SemanticModel model, bool isWhole, int depth) =>
        value.Parent switch
        {
            ParenthesizedExpressionSyntax parenthesized => From(parenthesized, model, isWhole, depth),
            ConditionalExpressionSyntax choice when choice.Condition != value => From(choice, model, isWhole, depth),
            InterpolationSyntax { Parent: InterpolatedStringExpressionSyntax text } => From(text, model, false, depth),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => From(sum, model, false, depth),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } when model.GetDeclaredSymbol(variable) is ILocalSymbol local => Uses(
                local,
                model,
                isWhole,
                depth
            ),
            AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } when model.GetSymbolInfo(name).Symbol is ILocalSymbol local => Uses(
                local,
                model,
                isWhole,
                depth
            ),
            AssignmentExpressionSyntax assignment => [new(assignment, isWhole)],
            ArgumentSyntax argument => [new(argument, isWhole)],
            { } other => [new(other, false)],
            null => [],
        };

    private static IEnumerable<ValuePlace> Uses(ILocalSymbol local, SemanticModel model, bool isWhole, int depth) =>
        depth < MostVariables && local.DeclaringSyntaxReferences is [var declared] && declared.GetSyntax().FirstAncestorOrSelf<BlockSyntax>() is { } block
            ? block
                .DescendantNodes()
                .OfType<IdentifierNameSyntax>()
                .Where(use =>
                    use.Identifier.ValueText == local.Name
                    && !(use.Parent is AssignmentExpressionSyntax assignment && assignment.Left == use)
                    && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(use).Symbol, local)
                )
                .SelectMany(use => From(use, model, isWhole, depth + 1))
            : [];
}
