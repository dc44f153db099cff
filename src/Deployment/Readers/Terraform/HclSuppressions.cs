using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>Finds the comments that silence rules, in each of the three ways of writing one: <c>#</c>, <c>//</c> and <c>/* */</c>.</summary>
internal static class HclSuppressions
{
    /// <summary>The suppressions of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hcl">What it says.</param>
    /// <param name="offset">What was added to offsets while it was read.</param>
    /// <param name="map">The places of the text itself.</param>
    public static IEnumerable<Suppression> Read(string text, HclText hcl, int offset, TextMap map)
    {
        if (text.IndexOf(SuppressionReader.Marker, StringComparison.Ordinal) < 0)
            yield break;
        var comments = hcl.Comments.Select(comment => (Start: comment.Start - offset, End: comment.End - offset)).ToList();
        var targets = new SuppressionTargets(
            text,
            map,
            (start, end) => IsCommentLine(text, start, end, comments),
            SpansOf(hcl.Body).Select(span => (span.Start - offset, span.End - offset))
        );
        foreach (var (start, end) in comments)
        {
            if (WordsOf(text.Substring(start, end - start)) is not { } words)
                continue;
            var place = map.PlaceOf(start, end);
            foreach (var suppression in SuppressionReader.Parse(words, place, targets.Of(place)))
                yield return suppression;
        }
    }

    // What stands after the marker, which begins the comment.
    private static string? WordsOf(string comment)
    {
        var isBlock = comment.StartsWith("/*", StringComparison.Ordinal);
        var content = isBlock ? comment.Substring(2, comment.Length - 4) : comment.Substring(comment[0] == '#' ? 1 : 2);
        content = content.Trim();
        return
            content.StartsWith(SuppressionReader.Marker, StringComparison.Ordinal)
            && content.Length > SuppressionReader.Marker.Length
            && content[SuppressionReader.Marker.Length] is ' ' or '\t'
            ? content.Substring(SuppressionReader.Marker.Length)
            : null;
    }

    // Comments are in the order of the text.
    private static bool IsCommentLine(string text, int start, int end, List<(int Start, int End)> comments)
    {
        var first = start;
        while (first < end && char.IsWhiteSpace(text[first]))
            first++;
        if (first == end)
            return false;
        var (low, high) = (0, comments.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (comments[middle].Start <= first)
                low = middle + 1;
            else
                high = middle;
        }

        if (low == 0 || comments[low - 1].End <= first)
            return false;
        for (var i = comments[low - 1].End; i < end; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
                return false;
        }

        return true;
    }

    private static IEnumerable<(int Start, int End)> SpansOf(HclBody body) =>
        body
            .Attributes.SelectMany(attribute => SpansOf(attribute.Value).Prepend((attribute.Start, attribute.Value.End)))
            .Concat(body.Blocks.SelectMany(block => SpansOf(block.Body).Prepend((block.Start, block.Body.End))));

    private static IEnumerable<(int Start, int End)> SpansOf(HclExpression value) =>
        value switch
        {
            HclObject made => made.Members.SelectMany(member => SpansOf(member.Value).Prepend((member.Key.Start, member.Value.End))),
            HclTuple list => list.Items.SelectMany(item => SpansOf(item).Prepend((item.Start, item.End))),
            HclCall call => call.Arguments.SelectMany(SpansOf),
            _ => [],
        };
}
