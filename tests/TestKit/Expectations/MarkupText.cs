using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit;

/// <summary>A marked span: its name is an id, <c>#n</c> for a numbered place, or empty for <c>[|…|]</c>.</summary>
internal sealed record MarkedSpan(string Name, TextSpan Span)
{
    internal int? Key => Name.StartsWith('#') ? int.Parse(Name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture) : null;
}

/// <summary>
/// A text without its marks, and the marks. <c>[|</c> always opens a mark. <c>{|</c> opens one only if an id or <c>#n</c> and a colon follow.
/// <c>|]</c> and <c>|}</c> close the innermost open mark of their kind and are plain text when none is open. A text that needs these pairs
/// for itself is added with <see cref="TestFileCollection.AddVerbatim(string, string)"/>.
/// </summary>
internal sealed record MarkupText(string Text, ImmutableArray<MarkedSpan> Spans)
{
    /// <exception cref="VerificationException">A mark is not closed.</exception>
    internal static MarkupText Parse(string path, string marked)
    {
        var text = new StringBuilder(marked.Length);
        var spans = ImmutableArray.CreateBuilder<MarkedSpan>();
        var anonymous = new Stack<(string Name, int Start)>();
        var named = new Stack<(string Name, int Start)>();

        for (var at = 0; at < marked.Length; )
        {
            if (Pair(marked, at, '[', '|'))
            {
                anonymous.Push(("", text.Length));
                at += 2;
            }
            else if (Pair(marked, at, '{', '|') && NameAfter(marked, at + 2) is { } name)
            {
                named.Push((name, text.Length));
                at += 2 + name.Length + 1;
            }
            else if (Pair(marked, at, '|', ']') && anonymous.Count > 0)
            {
                Close(anonymous);
                at += 2;
            }
            else if (Pair(marked, at, '|', '}') && named.Count > 0)
            {
                Close(named);
                at += 2;
            }
            else
            {
                text.Append(marked[at++]);
            }
        }

        if (anonymous.Count > 0)
            throw NotClosed("a mark '[|' is not closed by '|]'");
        if (named.Count > 0)
            throw NotClosed($"the mark '{{|{named.Peek().Name}:' is not closed by '|}}'");

        return new MarkupText(text.ToString(), spans.ToImmutable());

        VerificationException NotClosed(string what) =>
            new($"{TestPaths.Short(path)}: {what}. Text that holds this pair for itself is added with AddVerbatim.");

        void Close(Stack<(string Name, int Start)> open)
        {
            var (openName, start) = open.Pop();
            spans.Add(new MarkedSpan(openName, TextSpan.FromBounds(start, text.Length)));
        }
    }

    private static bool Pair(string text, int at, char first, char second) => at + 1 < text.Length && text[at] == first && text[at + 1] == second;

    private static string? NameAfter(string text, int at)
    {
        var colon = text.IndexOf(':', at);
        if (colon <= at)
            return null;
        var name = text[at..colon];
        return name[0] == '#'
            ? name.Length > 1 && name.Skip(1).All(char.IsAsciiDigit)
                ? name
                : null
            : name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
                ? name
                : null;
    }
}
