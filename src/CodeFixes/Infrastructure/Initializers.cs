using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>Adds to what a new object is given in braces.</summary>
internal static class Initializers
{
    /// <summary>Sets one more member: <c>Name = value</c>.</summary>
    public static void Add(BaseObjectCreationExpressionSyntax creation, string assignment, TextEdits edits)
    {
        switch (creation)
        {
            case { Initializer: { Expressions: [.., var last] } }:
                edits.Insert(last.Span.End, ", " + assignment);
                break;
            case { Initializer: { } empty }:
                edits.Replace(empty.Span, $"{{ {assignment} }}");
                break;
            default:
                edits.Replace(
                    TextSpan.FromBounds((creation.ArgumentList?.GetFirstToken() ?? creation.GetLastToken()).GetPreviousToken().Span.End, creation.Span.End),
                    $"{(creation is ImplicitObjectCreationExpressionSyntax ? "()" : "")} {{ {assignment} }}"
                );
                break;
        }
    }
}
