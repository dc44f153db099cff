using System.Text;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>A change of a text.</summary>
/// <param name="Start">Offset of the first character to replace.</param>
/// <param name="Length">Number of characters to replace.</param>
/// <param name="NewText">What stands there instead.</param>
internal readonly record struct TemplateEdit(int Start, int Length, string NewText)
{
    /// <summary>The file, as its model names it.</summary>
    public string Path { get; init; } = "";

    /// <summary>Edits of one file in the order of its text; insertions at one offset become one, in the order given.</summary>
    public static IReadOnlyList<TemplateEdit> Ordered(IEnumerable<TemplateEdit> edits)
    {
        var result = new List<TemplateEdit>();
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            var last = result.Count - 1;
            if (last >= 0 && result[last] is { Length: 0 } before && edit.Length == 0 && before.Start == edit.Start)
            {
                result[last] = before with { NewText = before.NewText + edit.NewText };
            }
            else
            {
                result.Add(edit);
            }
        }

        return result;
    }

    /// <summary>The text after edits that do not overlap and are in the order of the text.</summary>
    public static string Apply(string text, IReadOnlyList<TemplateEdit> edits)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var edit in edits)
        {
            result.Append(text, position, edit.Start - position).Append(edit.NewText);
            position = edit.Start + edit.Length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
