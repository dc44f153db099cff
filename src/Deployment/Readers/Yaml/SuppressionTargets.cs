using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.Yaml;

/// <summary>
/// Says what a comment is about: what is written on its line; of a comment on a line of its own, what begins on the next line that holds more than a comment.
/// </summary>
internal sealed class SuppressionTargets
{
    /// <summary>What may stand before the first character of a text.</summary>
    public const char ByteOrderMark = '\uFEFF';

    private readonly string text;
    private readonly TextMap map;
    private readonly int[] contentLines;
    private readonly Dictionary<int, (int Start, int End)> spanByLine = [];

    /// <summary>Prepares a text's lines.</summary>
    /// <param name="text">The text.</param>
    /// <param name="map">Its places.</param>
    /// <param name="isCommentLine">Whether the line between two offsets holds nothing but a comment.</param>
    /// <param name="spans">What the text is made of, outer things before inner ones: of what begins on a line the first counts.</param>
    public SuppressionTargets(string text, TextMap map, Func<int, int, bool> isCommentLine, IEnumerable<(int Start, int End)> spans)
    {
        (this.text, this.map) = (text, map);

        // Comments may stand on one another above what they are about: of each line, the first after it that is no comment.
        contentLines = new int[map.LineCount];
        for (var line = map.LineCount - 1; line >= 0; line--)
        {
            var next = line + 1;
            contentLines[line] = next < map.LineCount && isCommentLine(map.StartOf(next), map.EndOf(next)) ? contentLines[next] : next;
        }

        foreach (var span in spans)
        {
            var line = map.LineOf(span.Start);
            if (!spanByLine.ContainsKey(line))
                spanByLine.Add(line, span);
        }
    }

    /// <summary>What a comment is about.</summary>
    public Place Of(Place comment)
    {
        if (!IsBlank(map.StartOf(comment.StartLine), comment.Start))
            return LinePlace(comment.StartLine);
        var line = contentLines[comment.EndLine];
        if (line >= map.LineCount)
            return LinePlace(comment.StartLine);
        return spanByLine.TryGetValue(line, out var span) ? map.PlaceOf(span.Start, span.End) : LinePlace(line);
    }

    private Place LinePlace(int number)
    {
        var end = map.EndOf(number);
        while (end > map.StartOf(number) && char.IsWhiteSpace(text[end - 1]))
            end--;
        return map.PlaceOf(map.StartOf(number), end);
    }

    private bool IsBlank(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (!char.IsWhiteSpace(text[i]) && text[i] != ByteOrderMark)
                return false;
        }

        return true;
    }
}
