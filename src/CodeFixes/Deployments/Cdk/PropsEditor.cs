using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Deployments.Cdk;

/// <summary>A value in C#: an expression, and what its initializer sets, if it has one.</summary>
/// <param name="Text">The expression, without an initializer.</param>
/// <param name="Members">What the initializer sets.</param>
internal sealed record PropsValue(string Text, params string[] Members);

/// <summary>A property to set.</summary>
/// <param name="Name">The property.</param>
/// <param name="Value">Its value.</param>
internal sealed record PropsAssignment(string Name, PropsValue Value);

/// <summary>Sets properties in the props that a construct is given, and makes the props where there are none. Null where they are not written in one piece.</summary>
/// <param name="semantics">The meaning of the file.</param>
/// <param name="argument">The argument; one of a default value where it is left out.</param>
/// <param name="type">The type of the props.</param>
internal sealed class PropsEditor(SemanticModel semantics, IArgumentOperation argument, INamedTypeSymbol type)
{
    private readonly SourceText text = semantics.SyntaxTree.GetText();

    /// <summary>The changes.</summary>
    public IReadOnlyList<TemplateEdit>? Set(IReadOnlyList<PropsAssignment> assignments) =>
        argument is { ArgumentKind: ArgumentKind.Explicit, Syntax: ArgumentSyntax { Expression: BaseObjectCreationExpressionSyntax creation } }
            ? InProps(creation, assignments)
            : AsArgument(assignments);

    private List<TemplateEdit>? AsArgument(IReadOnlyList<PropsAssignment> assignments)
    {
        var list = argument.Parent?.Syntax switch
        {
            BaseObjectCreationExpressionSyntax creation => creation.ArgumentList,
            InvocationExpressionSyntax call => call.ArgumentList,
            _ => null,
        };
        if (list is not { Arguments: [.., var last] } || list.CloseParenToken.IsMissing)
            return null;
        var name = last.NameColon is null ? "" : argument.Parameter!.Name + ": ";
        return [new(last.Span.End, 0, $", {name}new {type.ToMinimalDisplayString(semantics, last.SpanStart)} {{ {OnOneLine(assignments)} }}")];
    }

    private List<TemplateEdit>? InProps(BaseObjectCreationExpressionSyntax creation, IReadOnlyList<PropsAssignment> assignments)
    {
        var edits = new List<TemplateEdit>();
        var added = new List<PropsAssignment>();
        foreach (var assignment in assignments)
        {
            if (WrittenIn(creation, assignment.Name) is not { } written)
                added.Add(assignment);
            else if (IsLiteral(written.Right))
                edits.Add(new(written.Right.SpanStart, written.Right.Span.Length, OnOneLine(assignment.Value)));
            else
                return null;
        }

        if (added.Count > 0)
            edits.AddRange(Added(creation, added));
        return edits;
    }

    private IEnumerable<TemplateEdit> Added(BaseObjectCreationExpressionSyntax creation, List<PropsAssignment> added)
    {
        switch (creation)
        {
            case { Initializer: { Expressions: [.., var last] expressions } initializer }:
                return CodeStyle.IsFirstOnLine(text, last.SpanStart) && !initializer.CloseBraceToken.IsMissing && IsFirstOnLine(initializer.CloseBraceToken)
                    ? OnLines(last, expressions.SeparatorCount == expressions.Count ? expressions.GetSeparator(expressions.Count - 1) : null, added)
                    : [new(last.Span.End, 0, ", " + OnOneLine(added))];
            case { Initializer: { } empty }:
                return [new(empty.SpanStart, empty.Span.Length, $"{{ {OnOneLine(added)} }}")];
            case ObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 0 } none, Type: var name }:
                return [new(name.Span.End, none.Span.End - name.Span.End, $" {{ {OnOneLine(added)} }}")];
            default:
                return [new(creation.Span.End, 0, $" {{ {OnOneLine(added)} }}")];
        }
    }

    // A comment behind the last property stays with it.
    private IEnumerable<TemplateEdit> OnLines(ExpressionSyntax last, SyntaxToken? comma, List<PropsAssignment> added)
    {
        var style = CodeStyle.Of(text, semantics.SyntaxTree.GetRoot());
        var indent = CodeStyle.IndentOf(text, last.SpanStart);
        if (comma is null)
            yield return new(last.Span.End, 0, ",");
        var lines = string.Join(",", added.Select(assignment => style.Line(indent) + OnLines(assignment, style, indent)));
        yield return new(text.Lines.GetLineFromPosition(comma?.Span.End ?? last.Span.End).End, 0, lines + (comma is null ? "" : ","));
    }

    private static string OnLines(PropsAssignment assignment, CodeStyle style, string indent)
    {
        var (name, value) = (assignment.Name, assignment.Value);
        if (value.Members.Length == 0)
            return $"{name} = {value.Text}";
        var members = value.Members.Select(member => style.Line(indent + style.Unit) + member + ",");
        return $"{name} = {value.Text}{style.Open(indent)}{string.Concat(members)}{style.Line(indent)}}}";
    }

    private static string OnOneLine(IEnumerable<PropsAssignment> assignments) =>
        string.Join(", ", assignments.Select(assignment => $"{assignment.Name} = {OnOneLine(assignment.Value)}"));

    private static string OnOneLine(PropsValue value) => value.Members.Length == 0 ? value.Text : $"{value.Text} {{ {string.Join(", ", value.Members)} }}";

    private bool IsFirstOnLine(SyntaxToken token) => CodeStyle.IsFirstOnLine(text, token.SpanStart);

    private static AssignmentExpressionSyntax? WrittenIn(BaseObjectCreationExpressionSyntax creation, string name) =>
        creation
            .Initializer?.Expressions.OfType<AssignmentExpressionSyntax>()
            .FirstOrDefault(assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: var left } && left == name);

    // What is computed, or given by a caller, may be another value elsewhere.
    private bool IsLiteral(ExpressionSyntax value) =>
        semantics.GetConstantValue(value).HasValue
        || (
            value is InvocationExpressionSyntax call
            && call.ArgumentList.Arguments.All(amount => semantics.GetConstantValue(amount.Expression).HasValue)
            && semantics.GetSymbolInfo(call).Symbol?.ContainingType.Is("Amazon.CDK.Duration") == true
            && call.Expression is MemberAccessExpressionSyntax { Expression: var of }
            && semantics.GetSymbolInfo(of).Symbol is INamedTypeSymbol
        );
}
