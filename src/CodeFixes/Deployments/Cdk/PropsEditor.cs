using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Deployments.Cdk;

/// <summary>Sets properties in the props that a construct is given, and makes the props where there are none. Null where they are not written in one piece.</summary>
/// <param name="semantics">The meaning of the file.</param>
/// <param name="argument">The argument; one of a default value where it is left out.</param>
/// <param name="type">The type of the props.</param>
internal sealed class PropsEditor(SemanticModel semantics, IArgumentOperation argument, INamedTypeSymbol type)
{
    private readonly SourceText text = semantics.SyntaxTree.GetText();

    /// <summary>The changes.</summary>
    public IReadOnlyList<TemplateEdit>? Set(IReadOnlyList<MemberAssignment> assignments) =>
        argument is { ArgumentKind: ArgumentKind.Explicit, Syntax: ArgumentSyntax { Expression: BaseObjectCreationExpressionSyntax creation } }
            ? InProps(creation, assignments)
            : AsArgument(assignments);

    private List<TemplateEdit>? AsArgument(IReadOnlyList<MemberAssignment> assignments)
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
        return [new(last.Span.End, 0, $", {name}new {type.ToMinimalDisplayString(semantics, last.SpanStart)} {Initializers.OnOneLine(assignments)}")];
    }

    private List<TemplateEdit>? InProps(BaseObjectCreationExpressionSyntax creation, IReadOnlyList<MemberAssignment> assignments)
    {
        var edits = new List<TemplateEdit>();
        var added = new List<MemberAssignment>();
        foreach (var assignment in assignments)
        {
            if (WrittenIn(creation, assignment.Name) is not { } written)
                added.Add(assignment);
            else if (IsLiteral(written.Right))
                edits.Add(new(written.Right.SpanStart, written.Right.Span.Length, assignment.Value.OnOneLine));
            else
                return null;
        }

        if (added.Count > 0)
            edits.AddRange(Initializers.Add(text, creation, added).Select(change => new TemplateEdit(change.Span.Start, change.Span.Length, change.NewText!)));
        return edits;
    }

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
