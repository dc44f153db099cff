using System.Text.RegularExpressions;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Readers.Yaml;

/// <summary>Finds the comments that silence rules: <c># alo:disable ALO302, ALO501 the reason</c>.</summary>
internal static class SuppressionReader
{
    /// <summary>What begins a comment that silences rules; the key that does as much in JSON, which has no comments.</summary>
    public const string Marker = "alo:disable";

    // Letters and digits: an id that is mistyped, or another tool's, is read as well, so that it can be told.
    private const string Words = @"(?<ids>[A-Za-z]+[0-9]+(?:[ \t]*,[ \t]*[A-Za-z]+[0-9]+)*)(?![0-9A-Za-z])[ \t]*(?<reason>[^\r\n]*)";

    private static readonly Regex Content = new(@"^[ \t]*" + Words, RegexOptions.CultureInvariant);

    private static readonly Regex Comment = new(@"#[ \t]*alo:disable[ \t]+" + Words, RegexOptions.CultureInvariant);

    /// <summary>The comments of a text.</summary>
    public static IReadOnlyList<Suppression> Read(string text, YamlText yaml, TextMap map)
    {
        if (text.IndexOf(Marker, StringComparison.Ordinal) < 0)
            return [];
        var targets = new SuppressionTargets(text, map, (start, end) => IsCommentLine(text, start, end), SpansOf(yaml.Root));
        var result = new List<Suppression>();
        foreach (Match match in Comment.Matches(text))
        {
            if (!IsComment(text, match.Index, yaml.Scalars))
                continue;
            var place = map.PlaceOf(match.Index, match.Index + match.Value.TrimEnd().Length);
            result.AddRange(Of(match, place, targets.Of(place)));
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
        match.Groups["ids"].Value.Split(',').Select(id => new Suppression(id.Trim().ToUpperInvariant(), match.Groups["reason"].Value.Trim(), place, target));

    // Scalars are in the order of the text, and none lies in another.
    private static bool IsComment(string text, int start, IReadOnlyList<YamlScalar> scalars)
    {
        if (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] != SuppressionTargets.ByteOrderMark)
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

    private static bool IsCommentLine(string text, int start, int end)
    {
        var i = start;
        while (i < end && text[i] is ' ' or '\t')
            i++;
        return i < end && text[i] == '#';
    }

    // Every property, resource and item, outer ones first.
    private static List<(int Start, int End)> SpansOf(YamlNode? root)
    {
        var result = new List<(int Start, int End)>();
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
                    result.Add((entry.Key.Start, Math.Max(entry.Key.End, entry.Value.End)));
                    Visit(entry.Value);
                }
            }
            else if (node is YamlSequence sequence)
            {
                foreach (var item in sequence.Items)
                {
                    result.Add((item.Start, item.End));
                    Visit(item);
                }
            }
        }
    }
}
