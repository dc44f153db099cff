using System.Text.RegularExpressions;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.Yaml;

/// <summary>Finds the comments that silence rules: <c># alo:disable ALO302, ALO501 the reason</c>.</summary>
internal static class SuppressionReader
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>What begins a comment that silences rules; the key that does as much in JSON, which has no comments.</summary>
    public const string Marker = "alo:disable";

    private static readonly Regex Content = new(
        @"^[ \t]*(?<ids>ALO[0-9]{3}(?:[ \t]*,[ \t]*ALO[0-9]{3})*)(?![0-9A-Za-z])[ \t]*(?<reason>[^\r\n]*)",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex Comment = new(
        @"#[ \t]*alo:disable[ \t]+(?<ids>ALO[0-9]{3}(?:[ \t]*,[ \t]*ALO[0-9]{3})*)(?![0-9A-Za-z])[ \t]*(?<reason>[^\r\n]*)",
        RegexOptions.CultureInvariant
    );

    /// <summary>The comments of a text.</summary>
    public static IReadOnlyList<Suppression> Read(string text, YamlText yaml, TextMap map)
    {
        if (text.IndexOf(Marker, StringComparison.Ordinal) < 0)
            return [];
        var nodesByLine = NodesByLine(yaml.Root, map);
        var contentLines = ContentLines(text, map);
        var result = new List<Suppression>();
        foreach (Match match in Comment.Matches(text))
        {
            if (!IsComment(text, match.Index, yaml.Scalars))
                continue;
            var place = map.PlaceOf(match.Index, match.Index + match.Value.TrimEnd().Length);
            var target = TargetOf(text, place, map, contentLines, nodesByLine);
            result.AddRange(Of(match, place, target));
        }

        return result;
    }

    /// <summary>What a text says that stands where a comment's words would: <c>ALO302, ALO501 the reason</c>.</summary>
    /// <param name="words">The text.</param>
    /// <param name="place">Where it is written.</param>
    /// <param name="target">What it silences.</param>
    public static IEnumerable<Suppression> Parse(string words, Place place, Place target) =>
        Content.Match(words) is { Success: true } match ? Of(match, place, target) : [];

    private static IEnumerable<Suppression> Of(Match match, Place place, Place target) =>
        match.Groups["ids"].Value.Split(',').Select(id => new Suppression(id.Trim(), match.Groups["reason"].Value.Trim(), place, target));

    // Scalars are in the order of the text, and none lies in another.
    private static bool IsComment(string text, int start, IReadOnlyList<YamlScalar> scalars)
    {
        if (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] != ByteOrderMark)
            return false;
        var (low, high) = (0, scalars.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (scalars[middle].Start <= start)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 || scalars[low - 1].End <= start;
    }

    private static Place TargetOf(string text, Place comment, TextMap map, int[] contentLines, Dictionary<int, YamlSpan> nodesByLine)
    {
        if (!IsBlank(text, map.StartOf(comment.StartLine), comment.Start))
            return LinePlace(comment.StartLine);
        var line = contentLines[comment.StartLine];
        if (line >= map.LineCount)
            return LinePlace(comment.StartLine);
        return nodesByLine.TryGetValue(line, out var node) ? map.PlaceOf(node.Start, node.End) : LinePlace(line);

        Place LinePlace(int number)
        {
            var end = map.EndOf(number);
            while (end > map.StartOf(number) && char.IsWhiteSpace(text[end - 1]))
                end--;
            return map.PlaceOf(map.StartOf(number), end);
        }
    }

    // Comments may stand on one another above what they are about: of each line, the first after it that is no comment.
    private static int[] ContentLines(string text, TextMap map)
    {
        var result = new int[map.LineCount];
        for (var line = map.LineCount - 1; line >= 0; line--)
        {
            var next = line + 1;
            result[line] = next < map.LineCount && IsCommentLine(text, map.StartOf(next), map.EndOf(next)) ? result[next] : next;
        }

        return result;
    }

    private static bool IsBlank(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (!char.IsWhiteSpace(text[i]) && text[i] != ByteOrderMark)
                return false;
        }

        return true;
    }

    private static bool IsCommentLine(string text, int start, int end)
    {
        var i = start;
        while (i < end && text[i] is ' ' or '\t')
            i++;
        return i < end && text[i] == '#';
    }

    // The outermost property, resource or item that begins a line.
    private static Dictionary<int, YamlSpan> NodesByLine(YamlNode? root, TextMap map)
    {
        var result = new Dictionary<int, YamlSpan>();
        Visit(root);
        return result;

        void Visit(YamlNode? node)
        {
            if (node is null or { IsAlias: true })
                return;
            if (node is YamlMapping mapping)
            {
                foreach (var entry in mapping.Entries)
                {
                    Add(entry.Key.Start, Math.Max(entry.Key.End, entry.Value.End));
                    Visit(entry.Value);
                }
            }
            else if (node is YamlSequence sequence)
            {
                foreach (var item in sequence.Items)
                {
                    Add(item.Start, item.End);
                    Visit(item);
                }
            }
        }

        void Add(int start, int end)
        {
            var line = map.LineOf(start);
            if (!result.ContainsKey(line))
                result.Add(line, new(start, end));
        }
    }

    private readonly record struct YamlSpan(int Start, int End);
}
