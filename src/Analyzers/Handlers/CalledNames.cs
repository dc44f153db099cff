using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>
/// The names that a file may call something by, read from its text: what stands before a parenthesis. That costs a fraction of making a node of every expression of a
/// project, and finds a name too many rather than one too few; the nodes are looked at where a name has been found.
/// </summary>
internal sealed class CalledNames
{
    private const int LongestTypeArguments = 500;

    private readonly int[] hashes;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="declared">The names of the methods that are declared in it, each as often as it is: there, they stand before a parenthesis as well.</param>
    public CalledNames(string text, IEnumerable<string> declared)
    {
        var declarations = declared.GroupBy(HashOf).ToDictionary(group => group.Key, group => group.Count());
        var found = new HashSet<int>();
        for (var parenthesis = text.IndexOf('('); parenthesis >= 0; parenthesis = text.IndexOf('(', parenthesis + 1))
        {
            var end = BeforeTypeArguments(text, BeforeSpace(text, parenthesis));
            var start = end;
            while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[start - 1]))
                start--;
            if (start == end)
                continue;
            var hash = HashOf(text, start, end);
            if (declarations.TryGetValue(hash, out var left) && left > 0)
                declarations[hash] = left - 1;
            else
                found.Add(hash);
        }

        hashes = found.ToArray();
    }

    /// <summary>Numbers of the names: two names may have one number.</summary>
    public IReadOnlyList<int> Hashes => hashes;

    /// <summary>Whether what stands before some parenthesis is hidden behind a comment, so that any name may be called there.</summary>
    public bool IsUnclear { get; private set; }

    /// <summary>The number of a name.</summary>
    public static int HashOf(string name) => HashOf(name, 0, name.Length);

    /// <summary>The calls in a file by one of these names.</summary>
    public static IEnumerable<InvocationExpressionSyntax> Calls(SyntaxTree tree, ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        var called = TreeCandidates.Of(tree, cancellationToken).Called;
        return called.IsUnclear || names.Any(name => Array.IndexOf(called.hashes, HashOf(name)) >= 0)
            ? tree.GetRoot(cancellationToken)
                .DescendantNodes()
                .OfType<InvocationExpressionSyntax>()
                .Where(call => NameOf(call.Expression) is { } name && names.Contains(name))
            : [];
    }

    /// <summary>The simple name that an expression ends with; null where it ends otherwise.</summary>
    public static string? NameOf(ExpressionSyntax expression) =>
        expression switch
        {
            SimpleNameSyntax name => name.Identifier.ValueText,
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
            _ => null,
        };

    private static int HashOf(string text, int start, int end)
    {
        unchecked
        {
            var hash = (int)2166136261;
            for (var index = start; index < end; index++)
                hash = (hash ^ text[index]) * 16777619;
            return hash;
        }
    }

    private int BeforeSpace(string text, int end)
    {
        var isOtherLine = false;
        for (; end > 0 && char.IsWhiteSpace(text[end - 1]); end--)
            isOtherLine |= text[end - 1] == '\n';
        var isComment = end > 1 && text[end - 1] == '/' && text[end - 2] == '*';
        IsUnclear |= isComment || isOtherLine && end > 0 && EndsInComment(text, end);
        return end;
    }

    private static bool EndsInComment(string text, int end)
    {
        var line = text.LastIndexOf('\n', end - 1) + 1;
        return text.IndexOf("//", line, end - line, StringComparison.Ordinal) >= 0;
    }

    // GetRequiredService<IDictionary<string, int>>(): the name stands before what is opened last.
    private int BeforeTypeArguments(string text, int end)
    {
        if (end == 0 || text[end - 1] != '>' || end > 1 && text[end - 2] == '=')
            return end;
        var depth = 0;
        for (var index = end - 1; index >= 0; index--)
        {
            if (end - index > LongestTypeArguments)
            {
                IsUnclear = true;
                return end;
            }

            switch (text[index])
            {
                case '>':
                    depth++;
                    break;
                case '<' when --depth == 0:
                    return BeforeSpace(text, index);
                case ';' or '{' or '}' or '"':
                    return end;
            }
        }

        return end;
    }
}
