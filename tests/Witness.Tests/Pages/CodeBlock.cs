using System.Text;

namespace AtLeastOnce.Witness.Tests.Pages;

/// <summary>A fenced block of code of a page.</summary>
/// <param name="Section">The heading, of the second level, under which it stands.</param>
/// <param name="Language">The language that it names.</param>
/// <param name="Text">The code, each line ended by a line feed.</param>
internal sealed record CodeBlock(string Section, string Language, string Text)
{
    private const string Fence = "```";

    /// <summary>The blocks of a page.</summary>
    /// <param name="file">The page, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="FormatException">A block is not closed.</exception>
    public static IReadOnlyList<CodeBlock> In(string file, string text)
    {
        List<CodeBlock> blocks = [];
        var section = "";
        string? language = null;
        var code = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (language is null)
            {
                if (line.StartsWith(Fence, StringComparison.Ordinal))
                    language = line[Fence.Length..];
                else if (line.StartsWith("## ", StringComparison.Ordinal))
                    section = line[3..];
            }
            else if (line == Fence)
            {
                blocks.Add(new(section, language, code.ToString()));
                language = null;
                code.Clear();
            }
            else
            {
                code.Append(line).Append('\n');
            }
        }

        return language is null ? blocks : throw new FormatException($"{file}: a code block is not closed.");
    }
}
