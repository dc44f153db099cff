using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>Writes values as JSON text in which references stay symbols.</summary>
/// <param name="trySpend">Counts a step of work.</param>
internal sealed class JsonEncoder(Func<int, bool> trySpend)
{
    private readonly List<Segment> segments = [];
    private string? whyUnknown;
    private int length;

    /// <summary>The JSON, or null and the reason.</summary>
    public SymbolicText? Write(Alternative value, out string? why)
    {
        Append(value);
        why = whyUnknown;
        return why is null ? new(segments) : null;
    }

    private void Append(YamlNode node)
    {
        var value = Values.Of(node);
        if (value.Alternatives is [{ } only])
            Append(only);
        else
            whyUnknown ??= value.WhyUnknown ?? "a part of it hangs on a condition";
    }

    private void Append(Alternative value)
    {
        if (whyUnknown is not null)
            return;
        if (!trySpend(1))
            whyUnknown = Values.TooInvolved.WhyUnknown;
        else if (value.IsNothing)
            Append("null");
        else if (value is { Text: null, Node: YamlMapping mapping })
            AppendAll("{", "}", mapping.Members, AppendMember);
        else if (value is { Text: null, Node: YamlSequence list })
            AppendAll("[", "]", list.Items, Append);
        else if (value.Node is YamlScalar { IsPlain: true } plain)
            Append(plain.Value);
        else if (value.Text is { } text)
            AppendText(text);
        else
            whyUnknown = "a part of it is no value";
    }

    private void AppendMember(YamlEntry entry)
    {
        Append(JsonText.Quoted(entry.Key.Value));
        Append(":");
        Append(entry.Value);
    }

    private void AppendAll<T>(string open, string close, IEnumerable<T> items, Action<T> append)
    {
        Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                Append(",");
            isFirst = false;
            append(item);
        }

        Append(close);
    }

    private void AppendText(SymbolicText text)
    {
        Append("\"");
        foreach (var segment in text.Segments)
        {
            if (segment.Kind == SegmentKind.Literal)
            {
                var quoted = JsonText.Quoted(segment.Text);
                Append(quoted.Substring(1, quoted.Length - 2));
            }
            else
            {
                segments.Add(segment);
            }
        }

        Append("\"");
    }

    private void Append(string text)
    {
        length += text.Length;
        if (length > Values.MaximumTextLength)
            whyUnknown ??= Values.TooInvolved.WhyUnknown;
        else
            segments.Add(new(SegmentKind.Literal, text));
    }
}
