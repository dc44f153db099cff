using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>Adds using directives where the file keeps its own, in their order: <c>System</c> first, then by name.</summary>
internal static class UsingDirectives
{
    /// <summary>Adds the imports that the edits have asked for.</summary>
    public static void Add(TextEdits edits, FixTarget target, int position)
    {
        var names = edits.Imports.OrderBy(name => name, Order).ToList();
        if (names.Count == 0 || target.Root is not CompilationUnitSyntax unit)
            return;
        var newLine = CodeStyle.Of(target.Text, unit).NewLine;
        var lists = unit.FindToken(position)
            .Parent!.AncestorsAndSelf()
            .OfType<BaseNamespaceDeclarationSyntax>()
            .Select(space => space.Usings)
            .Append(unit.Usings);
        var list = lists.FirstOrDefault(usings => usings.Any(IsPlain));
        if (list.Count == 0)
        {
            AddFirst(edits, unit, names, newLine);
            return;
        }

        foreach (var name in names)
        {
            var next = list.FirstOrDefault(directive =>
                IsPlain(directive) && Order.Compare(name, directive.Name!.ToString()) < 0 && !directive.GetLeadingTrivia().Any(trivia => trivia.IsDirective)
            );
            var last = list.Last(IsPlain);
            if (next is not null)
                edits.Insert(next.SpanStart, $"using {name};{newLine}{CodeStyle.IndentOf(target.Text, next.SpanStart)}");
            else
                edits.Insert(last.Span.End, $"{newLine}{CodeStyle.IndentOf(target.Text, last.SpanStart)}using {name};");
        }
    }

    // A header (comments that a blank line ends) stays above the first using directive.
    private static void AddFirst(TextEdits edits, CompilationUnitSyntax unit, List<string> names, string newLine)
    {
        var trivia = unit.GetFirstToken(includeZeroWidth: true).LeadingTrivia;
        var position = 0;
        if (unit.Externs.LastOrDefault() is { } last)
            position = last.FullSpan.End;
        else if (!trivia.Any(one => one.IsDirective))
        {
            for (var index = 1; index < trivia.Count; index++)
            {
                if (trivia[index].IsKind(SyntaxKind.EndOfLineTrivia) && trivia[index - 1].IsKind(SyntaxKind.EndOfLineTrivia))
                    position = trivia[index].Span.End;
            }
        }

        edits.Insert(position, string.Concat(names.Select(name => $"using {name};{newLine}")) + newLine);
    }

    private static bool IsPlain(UsingDirectiveSyntax directive) =>
        directive is { Alias: null, Name: not null } && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.GlobalKeyword.IsKind(SyntaxKind.None);

    private static readonly Comparer<string> Order = Comparer<string>.Create(
        (left, right) =>
        {
            var (isLeftSystem, isRightSystem) = (IsSystem(left), IsSystem(right));
            return isLeftSystem != isRightSystem ? (isLeftSystem ? -1 : 1) : string.CompareOrdinal(left, right);
        }
    );

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
