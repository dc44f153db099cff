using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>How the code of one pass over the records names its record, and those that come after it.</summary>
/// <param name="Message">An expression for the record, valid in the whole pass.</param>
/// <param name="FromHereOn">An expression for the record and those after it; null where the pass has no order that can be named.</param>
internal sealed record RecordAccess(string Message, string? FromHereOn)
{
    /// <summary>An expression for the records after it; null where the pass has no order that can be named.</summary>
    public string? BehindIt { get; private init; }

    /// <summary>The access of a loop; null when its element is no record or cannot be named with certainty.</summary>
    public static RecordAccess? Of(RecordIteration iteration, SemanticModel model, KnownTypes types) =>
        iteration.Operation.Syntax switch
        {
            ForEachStatementSyntax loop when model.GetDeclaredSymbol(loop) is { } variable && types.IsRecord(variable.Type) => Of(loop, variable, model),
            ForStatementSyntax loop => Of(loop, model, types),
            _ => null,
        };

    private static RecordAccess Of(ForEachStatementSyntax loop, ILocalSymbol variable, SemanticModel model)
    {
        var name = loop.Identifier.Text;
        var collection = IsPath(loop.Expression) && !variable.IsRef && IsStored(model.GetTypeInfo(loop.Expression).Type) ? loop.Expression.ToString() : null;
        var rest = collection is null ? null : $"{collection}.SkipWhile(remaining => remaining != {name})";
        return new(name, rest) { BehindIt = rest is null ? null : rest + ".Skip(1)" };
    }

    // for (var i = 0; i < batch.Records.Count; i++): the record is batch.Records[i] as long as nothing else writes i.
    private static RecordAccess? Of(ForStatementSyntax loop, SemanticModel model, KnownTypes types)
    {
        if (
            loop
                is not {
                    Declaration.Variables: [{ Initializer.Value: LiteralExpressionSyntax { Token.Value: 0 } } index],
                    Condition: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Left: IdentifierNameSyntax bounded },
                    Incrementors: [
                        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression }
                        or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression },
                    ],
                }
            || bounded.Identifier.ValueText != index.Identifier.ValueText
            || model.GetDeclaredSymbol(index) is not ILocalSymbol symbol
        )
        {
            return null;
        }

        var uses = loop
            .Statement.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, symbol))
            .ToList();
        var reads = loop
            .Statement.DescendantNodes()
            .OfType<ElementAccessExpressionSyntax>()
            .Where(element =>
                element.ArgumentList.Arguments is [{ Expression: IdentifierNameSyntax used }]
                && uses.Contains(used)
                && IsPath(element.Expression)
                && types.IsRecord(model.GetTypeInfo(element).Type)
            )
            .ToList();
        if (reads.Count == 0 || reads.Select(read => read.ToString()).Distinct().Count() > 1 || uses.Any(IsWritten))
            return null;
        return new(reads[0].ToString(), $"{reads[0].Expression}.Skip({index.Identifier.Text})")
        {
            BehindIt = $"{reads[0].Expression}.Skip({index.Identifier.Text} + 1)",
        };
    }

    private static bool IsWritten(IdentifierNameSyntax name) =>
        name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == name,
            PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => true,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
            _ => false,
        };

    // A sequence may make its elements anew when it is read again; a list gives the same ones.
    private static bool IsStored(ITypeSymbol? type) =>
        type
            is IArrayTypeSymbol
                or INamedTypeSymbol { Name: "List" or "IList" or "IReadOnlyList" or "ICollection" or "IReadOnlyCollection" or "ImmutableArray" or "IGrouping" };

    // batch.Records: reading it twice gives the same list.
    private static bool IsPath(ExpressionSyntax expression) =>
        expression switch
        {
            IdentifierNameSyntax or ThisExpressionSyntax => true,
            MemberAccessExpressionSyntax member => IsPath(member.Expression),
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => IsPath(sure.Operand),
            _ => false,
        };
}
