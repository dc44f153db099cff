using AtLeastOnce.Analyzers.Facts.TimeBudget;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Rules.Time;

/// <summary>Gives Powertools' batch processor a token that is cancelled while there is time. Where the code has a clock of its own, the token counts by it.</summary>
internal static class PowertoolsToken
{
    private const string Source = "System.Threading.CancellationTokenSource";
    private const string Clock = "System.TimeProvider";

    /// <summary>The changes for a batch; null where an attribute hands it over, or where it is not awaited in place.</summary>
    public static TextEdits? Pass(FixTarget target, Handler handler, TimedPass pass, int margin)
    {
        if (
            pass.Call is not { Syntax: InvocationExpressionSyntax invocation } call
            || Waiting.Of(invocation) is not AwaitExpressionSyntax
            || FunctionSyntax.Around(invocation) is not { } function
        )
            return null;
        var edits = new TextEdits();
        var names = new TypeNames(target.Model, invocation.SpanStart, edits);
        var name = LocalNames.Free(target.Model, "deadline", function.Node);
        if (
            !Give(target, call, invocation, pass.Batch!.Token?.Syntax, $"{name}.Token", edits)
            || ContextParameter.At(target, handler, invocation, names, edits) is not { } context
            || names.Of(Source) is not { } source
        )
            return null;
        var span = names.Of("System.TimeSpan") ?? "System.TimeSpan";
        var clock = ClockAt(target, invocation) is { } known ? ", " + known : "";
        var declaration = FormattableString.Invariant($"using var {name} = new {source}({context}.RemainingTime - {span}.FromSeconds({margin}){clock});");
        return Declare(target, function, invocation, declaration, edits) ? edits : null;
    }

    private static bool Give(
        FixTarget target,
        IInvocationOperation call,
        InvocationExpressionSyntax invocation,
        SyntaxNode? none,
        string token,
        TextEdits edits
    )
    {
        var arguments = invocation.ArgumentList.Arguments;
        if (none is not null)
        {
            if (!invocation.ArgumentList.Span.Contains(none.Span))
                return false;
            edits.Replace(none.Span, token);
            return true;
        }

        if (call.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.Name == "ProcessingOptions") is { } options)
        {
            if (
                options.Value.WithoutConversions().Syntax is not BaseObjectCreationExpressionSyntax creation
                || !invocation.ArgumentList.Span.Contains(creation.Span)
            )
                return false;
            edits.Add(Initializers.Add(target.Text, creation, [new("CancellationToken", new(token))]));
            return true;
        }

        if (arguments.Count != 2 || arguments.Any(argument => argument.NameColon is not null))
            return false;
        edits.Insert(arguments[1].Span.End, $", {token}");
        return true;
    }

    private static string? ClockAt(FixTarget target, SyntaxNode place) =>
        target
            .Model.Compilation.GetTypesByMetadataName(Source)
            .Any(type => type.InstanceConstructors.Any(constructor => constructor.Parameters is [_, { Type: var second }] && second.Is(Clock)))
        && ValueInReach.Around(target.Model, place, type => type.Is(Clock)) is [var clock]
            ? clock.Name
            : null;

    private static bool Declare(FixTarget target, FunctionSyntax function, InvocationExpressionSyntax invocation, string declaration, TextEdits edits)
    {
        if (function.Expression is { } expression)
            return DeclareBefore(target, function, expression, declaration, edits);
        if (
            invocation.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement
            || !CodeStyle.IsFirstOnLine(target.Text, statement.SpanStart)
        )
            return false;
        var indent = CodeStyle.IndentOf(target.Text, statement.SpanStart);
        edits.Insert(statement.SpanStart, declaration + CodeStyle.Of(target.Text, statement).Line(indent));
        return true;
    }

    // => (await processor.ProcessAsync(batch, handler)).BatchItemFailuresResponse;
    private static bool DeclareBefore(FixTarget target, FunctionSyntax function, ExpressionSyntax expression, string declaration, TextEdits edits)
    {
        var head = function.Arrow.GetPreviousToken();
        var (start, end) = (head.Span.End, function.Semicolon.Span.End);
        if (function.IsLambda || !IsBlank(head.TrailingTrivia) || !IsBlank(function.Arrow.TrailingTrivia) || !IsBlank(expression.GetLeadingTrivia()))
            return false;
        var style = CodeStyle.Of(target.Text, function.Node);
        var indent = CodeStyle.IndentOf(target.Text, function.Node.SpanStart);
        var inner = style.Line(indent + style.Unit);
        edits.Replace(TextSpan.FromBounds(start, expression.SpanStart), $"{style.Open(indent)}{inner}{declaration}{inner}return ");
        if (!CodeStyle.IsFirstOnLine(target.Text, expression.SpanStart))
            edits.Indent(target.Text, target.Root, expression.Span, style.Unit);
        edits.Insert(end, $"{style.Line(indent)}}}");
        return true;
    }

    private static bool IsBlank(SyntaxTriviaList trivia) =>
        trivia.All(one => one.IsKind(SyntaxKind.WhitespaceTrivia) || one.IsKind(SyntaxKind.EndOfLineTrivia));
}
