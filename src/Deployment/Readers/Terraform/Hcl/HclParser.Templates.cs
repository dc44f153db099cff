using System.Globalization;
using System.Text;

namespace AtLeastOnce.Deployment.Readers.Terraform.Hcl;

/// <summary>Reads texts: strings in quotes and heredocs with their interpolations and directives.</summary>
internal sealed partial class HclParser
{
    /// <summary>How a text is written.</summary>
    /// <param name="IsQuoted">In quotes, with escapes; else a heredoc.</param>
    /// <param name="Indentation">White space that is taken off each line of a heredoc.</param>
    private readonly record struct Writing(bool IsQuoted, int Indentation);

    private HclTemplate ReadQuoted()
    {
        var start = Here;
        Position++;
        string? stoppedAt = null;
        var parts = ReadPlain() ?? ReadParts(new(true, 0), out stoppedAt);
        if (stoppedAt is not null)
            throw Expected("'\"'");
        if (!Take("\""))
            throw new HclException(start - Offset(0), Position, "The text is not closed.");
        return Made(new HclTemplate(start, Here, parts));
    }

    // Most texts in quotes are nothing but characters; null for any other, which is left where it is.
    private IReadOnlyList<HclExpression>? ReadPlain()
    {
        var start = Position;
        var end = start;
        while (end < Limit && Text[end] is not ('"' or '\\' or '$' or '%' or '\n' or '\r'))
            end++;
        if (end >= Limit || Text[end] != '"')
            return null;
        Position = end;
        return start == end ? [] : [Made(new HclLiteral(Offset(start), Here, HclLiteralKind.Text, Text.Substring(start, end - start)))];
    }

    private HclTemplate ReadHeredoc()
    {
        var start = Here;
        Position += 2;
        var isIndented = Take("-");
        var marker = RequireWord("the word that ends the text");
        if (!IsAtLineEnd)
            throw Expected("the end of the line");
        Position = NextLine(Position);
        var (bodyEnd, markerEnd) = EndOfHeredoc(marker, start - Offset(0));
        var before = (IgnoresLineEnds, Limit);
        Limit = bodyEnd;
        try
        {
            var parts = ReadParts(new(false, isIndented ? IndentationUpTo(bodyEnd) : 0), out var stoppedAt);
            if (stoppedAt is not null)
                throw Expected("the end of the text");
            return Made(new HclTemplate(start, Offset(markerEnd), parts));
        }
        finally
        {
            (IgnoresLineEnds, Limit) = before;
            Position = markerEnd;
        }
    }

    private (int BodyEnd, int MarkerEnd) EndOfHeredoc(string marker, int start)
    {
        for (var line = Position; line < Limit; line = NextLine(line))
        {
            var end = line;
            while (end < Limit && Text[end] is ' ' or '\t')
                end++;
            var after = end + marker.Length;
            if (after <= Limit && string.CompareOrdinal(Text, end, marker, 0, marker.Length) == 0 && IsRestOfLineBlank(after))
                return (line, after);
        }

        throw new HclException(start, Position, $"The text is not closed by '{marker}'.", isLast: true);
    }

    private bool IsRestOfLineBlank(int position)
    {
        while (position < Limit && Text[position] is ' ' or '\t' or '\r')
            position++;
        return position >= Limit || Text[position] == '\n';
    }

    private int NextLine(int position)
    {
        var end = position < Limit ? Text.IndexOf('\n', position, Limit - position) : -1;
        return end < 0 ? Limit : end + 1;
    }

    // The least indentation of the lines that are not blank.
    private int IndentationUpTo(int end)
    {
        var least = int.MaxValue;
        for (var line = Position; line < end; line = NextLine(line))
        {
            var first = line;
            while (first < end && Text[first] is ' ' or '\t')
                first++;
            if (first < end && Text[first] is not ('\r' or '\n'))
                least = Math.Min(least, first - line);
        }

        return least == int.MaxValue ? 0 : least;
    }

    // Reads up to the closing quote, to the end of the heredoc, or to a directive that does not belong to the text itself, which is returned.
    private List<HclExpression> ReadParts(Writing writing, out string? stoppedAt)
    {
        var parts = new List<HclExpression>();
        var literal = new StringBuilder();
        var (start, trims) = (Position, false);
        stoppedAt = null;
        SkipIndentation(writing);
        while (!IsAtEnd && !(writing.IsQuoted && Current == '"'))
        {
            if (writing.IsQuoted && Current is '\n' or '\r')
                throw new HclException(Position, Position, "The text is not closed on its line.");
            if (Take("$${") || Take("%%{"))
            {
                literal.Append(Text, Position - 2, 2);
            }
            else if (Current is '$' or '%' && At(1) == '{')
            {
                Flush(Text, Position + 2 < Limit && Text[Position + 2] == '~');
                var isDirective = Current == '%';
                var sequence = Here;
                Position += 2;
                Take("~");
                var before = IgnoresLineEnds;
                IgnoresLineEnds = true;
                SkipBlank();
                if (!isDirective)
                    parts.Add(ReadInterpolation());
                else if (ReadDirective(sequence, writing, ref stoppedAt) is { } directive)
                    parts.Add(directive);
                IgnoresLineEnds = before;
                if (stoppedAt is not null)
                    return parts;
                (start, trims) = (Position, Text[Position - 2] == '~');
            }
            else if (writing.IsQuoted && Current == '\\')
            {
                literal.Append(ReadEscape());
            }
            else
            {
                var character = Current;
                literal.Append(character);
                Position++;
                if (character == '\n')
                    SkipIndentation(writing);
            }
        }

        Flush(Text, false);
        return parts;

        void Flush(string text, bool trimsEnd)
        {
            var value = literal.ToString();
            if (trims)
                value = value.TrimStart();
            if (trimsEnd)
                value = value.TrimEnd();
            if (value.Length > 0)
                parts.Add(Made(new HclLiteral(Offset(start), Here, HclLiteralKind.Text, value)));
            literal.Clear();
        }
    }

    private void SkipIndentation(Writing writing)
    {
        for (var i = 0; i < writing.Indentation && Current is ' ' or '\t'; i++)
            Position++;
    }

    private HclExpression ReadInterpolation()
    {
        var inner = ReadExpression();
        CloseSequence();
        return inner;
    }

    private void CloseSequence()
    {
        SkipBlank();
        Take("~");
        Require("}");
    }

    // A directive that ends another one is told in stoppedAt.
    private HclExpression? ReadDirective(int start, Writing writing, ref string? stoppedAt)
    {
        switch (PeekWord())
        {
            case "if":
                TakeWord("if");
                SkipBlank();
                return ReadIf(start, ReadInterpolation(), writing);
            case "for":
                var (keyName, valueName, collection) = ReadForHead();
                CloseSequence();
                var result = ReadNested(writing, out var end);
                if (end != "endfor")
                    throw Expected("'%{ endfor }'");
                return Made(new HclFor(start, Here, new(keyName, valueName, collection, null, result, null, true, false)));
            case "else" or "endif" or "endfor":
                stoppedAt = RequireWord("a directive");
                CloseSequence();
                return null;
            default:
                throw Expected("'if', 'else', 'endif', 'for' or 'endfor'");
        }
    }

    private HclConditional ReadIf(int start, HclExpression condition, Writing writing)
    {
        var whenTrue = ReadNested(writing, out var stop);
        var whenFalse = new HclTemplate(Here, Here, []);
        if (stop == "else")
            whenFalse = ReadNested(writing, out stop);
        if (stop != "endif")
            throw Expected("'%{ endif }'");
        return Made(new HclConditional(start, Here, condition, whenTrue, whenFalse));
    }

    private HclTemplate ReadNested(Writing writing, out string? stop)
    {
        if (++depth > HclText.MaximumDepth)
        {
            depth--;
            throw TooDeep(Position);
        }

        var before = IgnoresLineEnds;
        IgnoresLineEnds = false;
        var start = Here;
        try
        {
            var parts = ReadParts(writing, out stop);
            return Made(new HclTemplate(start, Here, parts));
        }
        finally
        {
            depth--;
            IgnoresLineEnds = before;
        }
    }

    private string ReadEscape()
    {
        var start = Position;
        Position += 2;
        switch (At(-1))
        {
            case 'n':
                return "\n";
            case 'r':
                return "\r";
            case 't':
                return "\t";
            case '"':
                return "\"";
            case '\\':
                return "\\";
            case 'u' or 'U':
                var length = At(-1) == 'u' ? 4 : 8;
                if (
                    Position + length <= Limit
                    && uint.TryParse(Text.Substring(Position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                    && code <= 0x10FFFF
                )
                {
                    Position += length;
                    return code is >= 0xD800 and <= 0xDFFF || code <= 0xFFFF ? ((char)code).ToString() : char.ConvertFromUtf32((int)code);
                }

                break;
        }

        throw new HclException(start, Math.Min(Position, Limit), "The escape is not known.");
    }
}
