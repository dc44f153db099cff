namespace AtLeastOnce.Deployment.Readers.ServerlessFramework.Variables;

/// <summary>A piece of a text: what stands there, or a variable with the sources that are asked one after another.</summary>
/// <param name="Literal">The literal text; empty for a variable.</param>
/// <param name="Sources">The sources; null for a literal.</param>
internal sealed record VariablePart(string Literal, IReadOnlyList<VariableSource>? Sources = null);

/// <summary>A source of a variable: <c>self:custom.batch</c>, <c>file(settings.yml):batch</c>, or a literal.</summary>
/// <param name="Type">The type; null for a literal.</param>
/// <param name="Parameters">What stands in parentheses, or null.</param>
/// <param name="Address">What stands behind the colon; empty for none.</param>
/// <param name="Text">The source as it is written; of a literal its value.</param>
internal sealed record VariableSource(string? Type, IReadOnlyList<VariablePart>? Parameters, IReadOnlyList<VariablePart> Address, string Text)
{
    /// <summary>Whether it is the literal null, which gives no value.</summary>
    public bool IsNull { get; init; }
}

/// <summary>Reads the variables of a text: <c>${type:address, fallback}</c>, one in another. What CloudFormation writes alike (<c>${AWS::Region}</c>) stays text.</summary>
internal sealed class VariableText
{
    /// <summary>What begins a variable.</summary>
    public const string Open = "${";

    private const int MaximumNesting = 16;
    private readonly string text;
    private int position;

    private VariableText(string text) => this.text = text;

    /// <summary>The pieces of a text; never null, and neighbouring literals are one.</summary>
    public static IReadOnlyList<VariablePart> Parse(string text) => new VariableText(text).Parts(_ => false, 0);

    private bool IsAt(string token) => string.CompareOrdinal(text, position, token, 0, token.Length) == 0;

    private char Current => position < text.Length ? text[position] : '\0';

    private List<VariablePart> Parts(Func<char, bool> isEnd, int nesting)
    {
        var parts = new List<VariablePart>();
        var start = position;
        var literal = "";
        while (position < text.Length && !isEnd(text[position]))
        {
            if (IsAt("\\" + Open))
            {
                literal += text.Substring(start, position - start) + Open;
                position += Open.Length + 1;
                start = position;
                continue;
            }

            var at = position;
            if (!IsAt(Open) || Variable(nesting) is not { } sources)
            {
                position = at + 1;
                continue;
            }

            AddLiteral(literal + text.Substring(start, at - start));
            parts.Add(new("", sources));
            (start, literal) = (position, "");
        }

        AddLiteral(literal + text.Substring(start, position - start));
        return parts;

        void AddLiteral(string value)
        {
            if (value.Length > 0)
                parts.Add(new(value));
        }
    }

    // The sources, or null for what is no variable of the framework; the position is then of no use.
    private List<VariableSource>? Variable(int nesting)
    {
        if (nesting >= MaximumNesting)
            return null;
        position += Open.Length;
        var sources = new List<VariableSource>();
        while (true)
        {
            SkipSpaces();
            if (IsAt(Open))
            {
                // A variable behind a comma is asked as if its sources stood there.
                if (Variable(nesting + 1) is not { } inner)
                    return null;
                sources.AddRange(inner);
            }
            else
            {
                if (Source(nesting) is not { } source || (sources.Count == 0 && source.Type is null))
                    return null;
                sources.Add(source);
            }

            SkipSpaces();
            var end = Current;
            position++;
            if (end == '}')
                return sources;
            if (end != ',')
                return null;
        }
    }

    private VariableSource? Source(int nesting)
    {
        if (Current is '\'' or '"')
            return Quoted();
        var start = position;
        while (char.IsLetterOrDigit(Current))
            position++;
        var type = text.Substring(start, position - start);
        if (type.Length == 0 || !char.IsLower(type[0]) || Current is not (':' or '('))
            return Literal(start);
        List<VariablePart>? parameters = null;
        if (Current == '(')
        {
            position++;
            parameters = Parts(character => character == ')', nesting + 1);
            if (Current != ')')
                return null;
            position++;
        }

        IReadOnlyList<VariablePart> address = [];
        if (Current == ':')
        {
            position++;
            if (Current == ':')
                return null;
            address = Parts(character => character is ',' or '}', nesting + 1);
        }

        return new(type, parameters, address, text.Substring(start, position - start).Trim());
    }

    private VariableSource? Quoted()
    {
        var close = text.IndexOf(Current, position + 1);
        if (close < 0)
            return null;
        var value = text.Substring(position + 1, close - position - 1);
        position = close + 1;
        return new(null, null, [], value);
    }

    private VariableSource? Literal(int start)
    {
        while (position < text.Length && Current is not (',' or '}'))
            position++;
        var value = text.Substring(start, position - start).Trim();
        return value.Length == 0 ? null : new(null, null, [], value) { IsNull = value == "null" };
    }

    private void SkipSpaces()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
            position++;
    }
}
