using System.Globalization;
using System.Text;

namespace AtLeastOnce.Deployment.Aws.Json;

/// <summary>Why a text is no JSON.</summary>
/// <param name="Offset">Where reading stopped.</param>
/// <param name="Text">What was wrong there.</param>
internal sealed record JsonError(int Offset, string Text);

/// <summary>Reads strict JSON (RFC 8259): no comments, no trailing commas, nothing after the value.</summary>
internal sealed class JsonReader
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaximumDepth = 64;

    private readonly string text;
    private int position;
    private JsonError? error;

    private JsonReader(string text) => this.text = text;

    /// <summary>Reads the whole text as one value. Never throws.</summary>
    public static bool TryRead(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonValue? value, out JsonError? error)
    {
        var reader = new JsonReader(text);
        value = reader.ReadValue(0);
        reader.SkipWhiteSpace();
        if (value is not null && reader.position < text.Length)
            value = reader.Fail("there is text after the value");
        error = reader.error;
        return value is not null;
    }

    /// <summary>The text's value, or null if it is no strict JSON.</summary>
    public static JsonValue? ReadOrNull(string text) => TryRead(text, out var value, out _) ? value : null;

    private char Current => position < text.Length ? text[position] : '\0';

    private JsonValue? Fail(string what)
    {
        error ??= new(position, what);
        return null;
    }

    private void SkipWhiteSpace()
    {
        while (position < text.Length && text[position] is ' ' or '\t' or '\r' or '\n')
            position++;
    }

    private JsonValue? ReadValue(int depth)
    {
        SkipWhiteSpace();
        if (position >= text.Length)
            return Fail("the text ends where a value is expected");
        if (depth > MaximumDepth)
            return Fail("it is nested too deeply");
        var start = position;
        switch (Current)
        {
            case '{':
                return ReadObject(depth);
            case '[':
                return ReadArray(depth);
            case '"':
                return ReadString() is { } content ? JsonValue.String(content, start) : null;
            case '-' or (>= '0' and <= '9'):
                return ReadNumber();
            default:
                if (TakeWord("true"))
                    return JsonValue.Boolean(true, start);
                if (TakeWord("false"))
                    return JsonValue.Boolean(false, start);
                if (TakeWord("null"))
                    return JsonValue.NullAt(start);
                return Fail("a value is expected");
        }
    }

    private bool TakeWord(string word)
    {
        if (string.CompareOrdinal(text, position, word, 0, word.Length) != 0)
            return false;
        position += word.Length;
        return true;
    }

    private JsonValue? ReadObject(int depth)
    {
        var start = position++;
        var members = new List<JsonMember>();
        SkipWhiteSpace();
        if (Take('}'))
            return JsonValue.Object(members, start);
        while (true)
        {
            SkipWhiteSpace();
            if (Current != '"')
                return Fail("a name in double quotes is expected");
            if (ReadString() is not { } name)
                return null;
            SkipWhiteSpace();
            if (!Take(':'))
                return Fail("':' is expected");
            if (ReadValue(depth + 1) is not { } value)
                return null;
            members.Add(new(name, value));
            SkipWhiteSpace();
            if (Take('}'))
                return JsonValue.Object(members, start);
            if (!Take(','))
                return Fail("',' or '}' is expected");
        }
    }

    private JsonValue? ReadArray(int depth)
    {
        var start = position++;
        var items = new List<JsonValue>();
        SkipWhiteSpace();
        if (Take(']'))
            return JsonValue.Array(items, start);
        while (true)
        {
            if (ReadValue(depth + 1) is not { } item)
                return null;
            items.Add(item);
            SkipWhiteSpace();
            if (Take(']'))
                return JsonValue.Array(items, start);
            if (!Take(','))
                return Fail("',' or ']' is expected");
        }
    }

    private bool Take(char expected)
    {
        if (position >= text.Length || text[position] != expected)
            return false;
        position++;
        return true;
    }

    private string? ReadString()
    {
        position++;
        var content = new StringBuilder();
        while (true)
        {
            if (position >= text.Length || text[position] < ' ')
            {
                Fail(position >= text.Length ? "the string does not end" : "a control character stands in a string");
                return null;
            }

            var c = text[position++];
            if (c == '"')
                return content.ToString();
            if (c != '\\')
            {
                content.Append(c);
                continue;
            }

            if (ReadEscape() is not { } escaped)
                return null;
            content.Append(escaped);
        }
    }

    private char? ReadEscape()
    {
        var c = Current;
        position++;
        switch (c)
        {
            case '"' or '\\' or '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u'
                when position + 4 <= text.Length
                    && ushort.TryParse(text.Substring(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                position += 4;
                return (char)unit;
            default:
                position--;
                Fail("it is no escape sequence of JSON");
                return null;
        }
    }

    private JsonValue? ReadNumber()
    {
        var start = position;
        Take('-');
        if (!Take('0') && !TakeDigits())
            return Fail("a digit is expected");
        if (Take('.') && !TakeDigits())
            return Fail("a digit is expected");
        if (Current is 'e' or 'E')
        {
            position++;
            if (Current is '+' or '-')
                position++;
            if (!TakeDigits())
                return Fail("a digit is expected");
        }

        return JsonValue.Number(text.Substring(start, position - start), start);
    }

    private bool TakeDigits()
    {
        var start = position;
        while (Current is >= '0' and <= '9')
            position++;
        return position > start;
    }
}
