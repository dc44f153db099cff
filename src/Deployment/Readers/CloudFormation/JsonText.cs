using System.Globalization;
using System.Text;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Writes a part of a template as the JSON that CloudFormation makes of it.</summary>
internal sealed class JsonText(IntrinsicResolver resolver)
{
    private readonly StringBuilder text = new();
    private string? whyUnknown;

    /// <summary>The JSON without white space, or null and the reason.</summary>
    public string? Write(YamlNode node, out string? why)
    {
        Append(node);
        why = whyUnknown;
        return why is null ? text.ToString() : null;
    }

    /// <summary>A text as a JSON string.</summary>
    public static string Quoted(string value)
    {
        var result = new StringBuilder();
        AppendQuoted(result, value);
        return result.ToString();
    }

    private void Append(YamlNode node)
    {
        if (whyUnknown is not null)
            return;
        if (!resolver.TrySpend(node is YamlScalar { Value.Length: var length } ? length : 1))
        {
            whyUnknown = IntrinsicResolver.TooInvolved.WhyUnknown;
        }
        else if (node is ComputedNode { Value.Alternatives: [{ Node: YamlScalar known }] })
        {
            AppendScalar(known);
        }
        else if (Intrinsic.Of(node) is not null)
        {
            AppendResolved(resolver.Resolve(node));
        }
        else if (node is YamlScalar written && resolver.HasVariables(written))
        {
            AppendExpanded(resolver.Resolve(written));
        }
        else if (node is YamlMapping mapping)
        {
            AppendAll('{', '}', mapping.Members, entry => AppendMember(entry));
        }
        else if (node is YamlSequence sequence)
        {
            AppendAll('[', ']', sequence.Items, Append);
        }
        else if (node is YamlScalar scalar)
        {
            AppendScalar(scalar);
        }
    }

    private void AppendResolved(Resolution value)
    {
        if (value is { Alternatives: [{ Text.Literal: { } literal }] })
            AppendQuoted(literal);
        else if (value is { Alternatives: [{ Node: { } node }] } && Intrinsic.Of(node) is null)
            Append(node);
        else
            whyUnknown = value.WhyUnknown ?? "a part of it hangs on a condition, or is known only when deployed";
    }

    // A variable stands for a value with its type: a number stays one.
    private void AppendExpanded(Resolution value)
    {
        if (value is { Alternatives: [{ Node: YamlScalar scalar }] } && !resolver.HasVariables(scalar))
            AppendScalar(scalar);
        else
            AppendResolved(value);
    }

    private void AppendMember(YamlEntry entry)
    {
        AppendQuoted(entry.Key.Value);
        text.Append(':');
        Append(entry.Value);
    }

    private void AppendAll<T>(char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            append(item);
        }

        text.Append(close);
    }

    private void AppendScalar(YamlScalar scalar)
    {
        var value = scalar.Value;
        if (scalar.IsNull)
            text.Append("null");
        else if (scalar.IsPlain && value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
            text.Append(value.ToLowerInvariant());
        else if (scalar.IsPlain && IsNumber(value))
            text.Append(value);
        else if (value.Contains("{{resolve:"))
            whyUnknown = "a part of it is looked up while deploying";
        else
            AppendQuoted(value);
    }

    private static bool IsNumber(string value) =>
        (char.IsDigit(value[0]) || (value[0] == '-' && value.Length > 1 && char.IsDigit(value[1])))
        && !(value.Length > 1 && value[0] == '0' && char.IsDigit(value[1]))
        && double.TryParse(
            value,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out _
        );

    private void AppendQuoted(string value) => AppendQuoted(text, value);

    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\')
                text.Append('\\').Append(character);
            else if (character < ' ')
                text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(character);
        }

        text.Append('"');
    }
}
