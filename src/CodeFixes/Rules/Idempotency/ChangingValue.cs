using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Idempotency;

/// <summary>A text that another delivery makes anew, and that means nothing but "another one".</summary>
/// <param name="Expression">What makes it, with the calls that turn it into text.</param>
/// <param name="Span">What the record's id takes the place of.</param>
/// <param name="Length">How many characters it has; 0 when that is not known.</param>
/// <param name="IsForTokensOnly">Whether it may mean something to who reads it: an order in time, a chance.</param>
internal sealed record ChangingValue(ExpressionSyntax Expression, TextSpan Span, int Length, bool IsForTokensOnly)
{
    private static readonly string[] Clocks = ["System.DateTime", "System.DateTimeOffset", "System.TimeProvider"];

    /// <summary>Reads the value around its source; null where it may mean more, or is no text.</summary>
    public static ChangingValue? Of(IOperation source, SemanticModel model)
    {
        if (source.Syntax is not ExpressionSyntax expression || SortOf(source) is not { } sort)
            return null;
        var whole = expression;
        string? format = null;
        while (Enclosing(whole, ref format) is { } enclosing)
            whole = enclosing;
        var hole = whole.Parent as InterpolationSyntax;
        if (hole is { AlignmentClause: not null })
            return null;
        format ??= hole?.FormatClause?.FormatStringToken.ValueText;
        if (hole is null && !IsOperandOfText(whole, model) && !IsText(whole, model))
            return null;
        if (sort == Sort.Clock && !IsPrecise(whole, format))
            return null;
        var span = hole is null ? whole.Span : TextSpan.FromBounds(hole.OpenBraceToken.Span.End, hole.CloseBraceToken.SpanStart);
        return new(whole, span, LengthOf(sort, format), sort is Sort.Clock or Sort.Ordered);
    }

    private enum Sort
    {
        Guid,
        Ordered,
        Clock,
        Receipt,
    }

    // What counts invocations or receives, or is drawn from a range, is chosen for what it says.
    private static Sort? SortOf(IOperation source)
    {
        var (member, arguments) = source switch
        {
            IInvocationOperation invocation => ((ISymbol)invocation.TargetMethod, invocation.Arguments.Length),
            IPropertyReferenceOperation property => (property.Property, property.Arguments.Length),
            _ => (null, 0),
        };
        if (member?.ContainingType is not { } type || arguments > 0)
            return null;
        if (member.Name == "ReceiptHandle")
            return Sort.Receipt;
        if (type.Is("System.Guid"))
            return member.Name == "NewGuid" ? Sort.Guid : Sort.Ordered;
        if (type.Name is "Ulid" or "NewId" || type.Is("System.Random") && member.Name is "Next" or "NextInt64")
            return Sort.Ordered;
        return Clocks.Any(name => type.Is(name)) && member.Name != "Today" || type.Is("System.Diagnostics.Stopwatch") || type.Is("System.Environment")
            ? Sort.Clock
            : null;
    }

    // Guid.NewGuid().ToString("N"), DateTime.UtcNow.Ticks
    private static ExpressionSyntax? Enclosing(ExpressionSyntax value, ref string? format)
    {
        switch (value.Parent)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return parenthesized;
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Ticks" } member when member.Expression == value:
                return member;
            case MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "ToString" or "ToUnixTimeMilliseconds",
                Parent: InvocationExpressionSyntax call
            } member when member.Expression == value:
                if (call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax literal }, ..])
                    format = literal.Token.ValueText;
                return call;
            default:
                return null;
        }
    }

    // A text that is cut or changed first has a length or a shape that is wanted.
    private static bool IsText(ExpressionSyntax value, SemanticModel model) =>
        model.GetTypeInfo(value) is { Type.SpecialType: SpecialType.System_String, ConvertedType.SpecialType: SpecialType.System_String }
        && value.Parent is not (MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax);

    private static bool IsOperandOfText(ExpressionSyntax value, SemanticModel model) =>
        value.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum
        && model.GetTypeInfo(sum).Type?.SpecialType == SpecialType.System_String;

    // A day or an hour is a bucket: what is written twice in it is meant to be one.
    private static bool IsPrecise(ExpressionSyntax value, string? format) =>
        format is "O" or "o"
        || format?.Contains("fff") == true
        || value.DescendantTokens().Any(token => token.ValueText is "Ticks" or "ToUnixTimeMilliseconds" or "GetTimestamp" or "TickCount" or "TickCount64");

    private static int LengthOf(Sort sort, string? format) =>
        (sort, format) switch
        {
            (Sort.Guid, null or "D" or "d") => 36,
            (Sort.Guid, "N" or "n") => 32,
            (Sort.Guid, "B" or "b" or "P" or "p") => 38,
            (Sort.Receipt, _) => 100,
            _ => 0,
        };
}
