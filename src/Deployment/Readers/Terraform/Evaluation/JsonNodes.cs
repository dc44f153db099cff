using System.Text;
using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>Makes values of JSON texts, in which references may stand.</summary>
internal static class JsonNodes
{
    // Characters of Unicode's private use stand around the number of a symbol while its text is read as JSON.
    private const char Open = '\uF8F0';
    private const char Close = '\uF8F1';

    /// <summary>The value that a JSON text says, or null if it is no JSON.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Offset of where it is written.</param>
    /// <param name="end">Offset after it.</param>
    public static YamlNode? Read(SymbolicText text, int start, int end)
    {
        var symbols = new List<Segment>();
        var written = new StringBuilder();
        foreach (var segment in text.Segments)
        {
            if (segment.Kind == SegmentKind.Literal)
            {
                if (segment.Text.IndexOf(Open) >= 0)
                    return null;
                written.Append(segment.Text);
            }
            else
            {
                written.Append(Open).Append(FormattableString.Invariant($"{symbols.Count}")).Append(Close);
                symbols.Add(segment);
            }
        }

        return JsonReader.ReadOrNull(written.ToString()) is { } json ? Of(json, symbols, start, end) : null;
    }

    /// <summary>The value that JSON says.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="symbols">The references that stand in its texts.</param>
    /// <param name="start">Offset of where it is written.</param>
    /// <param name="end">Offset after it.</param>
    public static YamlNode Of(JsonValue json, IReadOnlyList<Segment> symbols, int start, int end) =>
        json.Kind switch
        {
            JsonKind.Object => new YamlMapping(
                start,
                end,
                null,
                [.. json.Members.Select(member => new YamlEntry(new(start, end, null, member.Name, false), Of(member.Value, symbols, start, end)))],
                true
            ),
            JsonKind.Array => new YamlSequence(start, end, null, [.. json.Items.Select(item => Of(item, symbols, start, end))], true),
            JsonKind.String when json.Text.IndexOf(Open) >= 0 => new ComputedNode(start, end, Values.Text(WithSymbols(json.Text, symbols), start, end)),
            _ => new YamlScalar(start, end, null, json.Text, json.Kind != JsonKind.String),
        };

    private static SymbolicText WithSymbols(string text, IReadOnlyList<Segment> symbols)
    {
        var segments = new List<Segment>();
        var from = 0;
        for (var open = text.IndexOf(Open); open >= 0; open = text.IndexOf(Open, from))
        {
            var close = text.IndexOf(Close, open);
            segments.Add(new(SegmentKind.Literal, text.Substring(from, open - from)));
            if (close > open && int.TryParse(text.Substring(open + 1, close - open - 1), out var number) && number < symbols.Count)
                segments.Add(symbols[number]);
            from = close > open ? close + 1 : open + 1;
        }

        segments.Add(new(SegmentKind.Literal, text.Substring(from)));
        return new(segments);
    }
}
