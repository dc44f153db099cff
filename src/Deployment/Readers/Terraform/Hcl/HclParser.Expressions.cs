using System.Globalization;

namespace AtLeastOnce.Deployment.Readers.Terraform.Hcl;

/// <summary>Reads expressions.</summary>
internal sealed partial class HclParser
{
    private HclExpression ReadExpression()
    {
        if (++depth > HclText.MaximumDepth)
        {
            depth--;
            throw TooDeep(Position);
        }

        try
        {
            return ReadConditional();
        }
        finally
        {
            depth--;
        }
    }

    private HclExpression ReadConditional()
    {
        var condition = ReadBinary(0);
        SkipBlank();
        if (!Take("?"))
            return condition;
        SkipBlank();
        var whenTrue = ReadExpression();
        SkipBlank();
        Require(":");
        SkipBlank();
        var whenFalse = ReadExpression();
        return Made(new HclConditional(condition.Start, whenFalse.End, condition, whenTrue, whenFalse));
    }

    // An operator takes what binds more strongly for its right operand; of equals the left one goes first.
    private HclExpression ReadBinary(int weakest)
    {
        var left = ReadUnary();
        while (true)
        {
            SkipBlank();
            var (symbol, strength) = PeekOperator();
            if (symbol is null || strength < weakest)
                return left;
            Position += symbol.Length;
            SkipBlank();
            left = Made(new HclBinary(symbol, left, ReadBinary(strength + 1)));
        }
    }

    private (string? Symbol, int Strength) PeekOperator() =>
        (Current, At(1)) switch
        {
            ('|', '|') => ("||", 0),
            ('&', '&') => ("&&", 1),
            ('=', '=') => ("==", 2),
            ('!', '=') => ("!=", 2),
            ('<', '=') => ("<=", 3),
            ('>', '=') => (">=", 3),
            ('<', _) => ("<", 3),
            ('>', _) => (">", 3),
            ('+', _) => ("+", 4),
            ('-', _) => ("-", 4),
            ('*', _) => ("*", 5),
            ('/', _) => ("/", 5),
            ('%', _) => ("%", 5),
            _ => (null, 0),
        };

    private HclExpression ReadUnary()
    {
        var start = Here;
        if (!(Current == '!' && At(1) != '=') && Current != '-')
            return ReadPostfix();
        var symbol = Current.ToString();
        Position++;
        SkipBlank();
        if (++depth > HclText.MaximumDepth)
        {
            depth--;
            throw TooDeep(Position);
        }

        try
        {
            return Made(new HclUnary(start, symbol, ReadUnary()));
        }
        finally
        {
            depth--;
        }
    }

    private HclExpression ReadPostfix() => ReadPath(ReadPrimary(), Within.Nothing);

    // What a path stands in. After x.* only attributes are of each element, after x[*] elements too.
    private enum Within
    {
        Nothing,
        AttributeSplat,
        FullSplat,
    }

    private HclExpression ReadPath(HclExpression value, Within within)
    {
        while (true)
        {
            if (IgnoresLineEnds)
                SkipBlank();
            if (Current == '.' && At(1) == '*')
            {
                if (within == Within.AttributeSplat)
                    return value;
                Position += 2;
                value = Made(new HclSplat(value, ReadPath(new HclElement(Here, Here), Within.AttributeSplat)));
            }
            else if (Current == '[' && within == Within.AttributeSplat)
            {
                return value;
            }
            else if (Current == '[' && At(1) == '*' && At(2) == ']')
            {
                Position += 3;
                value = Made(new HclSplat(value, ReadPath(new HclElement(Here, Here), Within.FullSplat)));
            }
            else if (Current == '.' && char.IsDigit(At(1)))
            {
                Position++;
                var start = Position;
                SkipDigits();
                var digits = Text.Substring(start, Position - start);
                value = Made(new HclIndex(value, Here, new HclLiteral(Offset(start), Here, HclLiteralKind.Number, digits)));
            }
            else if (Current == '.' && At(1) != '.')
            {
                Position++;
                SkipBlank();
                var name = RequireWord("the name of an attribute");
                value = Made(new HclAccess(value, Here, name));
            }
            else if (Current == '[')
            {
                Position++;
                var index = ReadInner("]");
                value = Made(new HclIndex(value, Here, index));
            }
            else
            {
                return value;
            }
        }
    }

    // An expression up to the mark that closes it, within which lines end anywhere.
    private HclExpression ReadInner(string close)
    {
        var before = IgnoresLineEnds;
        IgnoresLineEnds = true;
        SkipBlank();
        var inner = ReadExpression();
        SkipBlank();
        Require(close);
        IgnoresLineEnds = before;
        return inner;
    }

    private HclExpression ReadPrimary()
    {
        var start = Here;
        switch (Current)
        {
            case '"':
                return ReadQuoted();
            case '<' when At(1) == '<':
                return ReadHeredoc();
            case '[':
                return ReadTuple();
            case '{':
                return ReadObject();
            case '(':
                Position++;
                var inner = ReadInner(")");
                return Made(new HclParentheses(start, Here, inner));
            case >= '0' and <= '9':
                return ReadNumber();
        }

        var name = RequireWord("a value");
        while (Current == ':' && At(1) == ':')
        {
            Position += 2;
            name += "::" + RequireWord("the name of a function");
        }

        if (Current == '(')
            return ReadCall(start, name);
        return Made<HclExpression>(
            name switch
            {
                "true" or "false" => new HclLiteral(start, Here, HclLiteralKind.Boolean, name),
                "null" => new HclLiteral(start, Here, HclLiteralKind.Null, name),
                _ => new HclVariable(start, Here, name),
            }
        );
    }

    private void SkipDigits()
    {
        while (char.IsDigit(Current))
            Position++;
    }

    private HclLiteral ReadNumber()
    {
        var start = Position;
        SkipDigits();
        if (Current == '.' && char.IsDigit(At(1)))
        {
            Position++;
            SkipDigits();
        }

        if (Current is 'e' or 'E' && (char.IsDigit(At(1)) || (At(1) is '+' or '-' && char.IsDigit(At(2)))))
        {
            Position += 2;
            SkipDigits();
        }

        var written = Text.Substring(start, Position - start);
        return decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? Made(new HclLiteral(Offset(start), Here, HclLiteralKind.Number, written))
            : throw new HclException(start, Position, "The number is too large.");
    }

    private HclCall ReadCall(int start, string name)
    {
        Position++;
        var before = IgnoresLineEnds;
        IgnoresLineEnds = true;
        var arguments = new List<HclExpression>();
        var isExpanded = false;
        SkipBlank();
        while (!Take(")"))
        {
            arguments.Add(ReadExpression());
            SkipBlank();
            isExpanded = Take("...");
            SkipBlank();
            if (!Take(",") && Current != ')')
                throw Expected("',' or ')'");
            SkipBlank();
        }

        IgnoresLineEnds = before;
        return Made(new HclCall(start, Here, name, arguments, isExpanded));
    }

    private HclExpression ReadTuple()
    {
        var start = Here;
        Position++;
        var before = IgnoresLineEnds;
        IgnoresLineEnds = true;
        SkipBlank();
        if (IsAtWord("for"))
        {
            var parts = ReadFor("]", isObject: false);
            IgnoresLineEnds = before;
            return Made(new HclFor(start, Here, parts));
        }

        var items = new List<HclExpression>();
        while (!Take("]"))
        {
            items.Add(ReadExpression());
            SkipBlank();
            if (!Take(",") && Current != ']')
                throw Expected("',' or ']'");
            SkipBlank();
        }

        IgnoresLineEnds = before;
        return Made(new HclTuple(start, Here, items));
    }

    // In an object the end of a line ends a member.
    private HclExpression ReadObject()
    {
        var start = Here;
        Position++;
        var before = IgnoresLineEnds;
        IgnoresLineEnds = false;
        SkipLines();
        if (IsAtWord("for"))
        {
            IgnoresLineEnds = true;
            var parts = ReadFor("}", isObject: true);
            IgnoresLineEnds = before;
            return Made(new HclFor(start, Here, parts));
        }

        var members = new List<HclMember>();
        while (!Take("}"))
        {
            members.Add(ReadMember());
            SkipBlank();
            if (!Take(",") && Current != '}' && !IsAtLineEnd)
                throw Expected("',', '}' or the end of the line");
            SkipLines();
        }

        IgnoresLineEnds = before;
        return Made(new HclObject(start, Here, members));
    }

    private HclMember ReadMember()
    {
        var key = ReadExpression();
        if (key is HclVariable word)
            key = Made(new HclLiteral(word.Start, word.End, HclLiteralKind.Text, word.Name));
        SkipBlank();
        if (!Take(":") && !(At(1) != '=' && Take("=")))
            throw Expected("'=' or ':'");
        SkipBlank();
        return Made(new HclMember(key, ReadExpression()));
    }

    private HclForParts ReadFor(string close, bool isObject)
    {
        var (keyName, valueName, collection) = ReadForHead();
        Require(":");
        SkipBlank();
        HclExpression? key = null;
        var result = ReadExpression();
        SkipBlank();
        if (isObject)
        {
            Require("=>");
            SkipBlank();
            (key, result) = (result, ReadExpression());
            SkipBlank();
        }

        var isGrouped = Take("...");
        SkipBlank();
        HclExpression? filter = null;
        if (TakeWord("if"))
        {
            SkipBlank();
            filter = ReadExpression();
            SkipBlank();
        }

        Require(close);
        return new(keyName, valueName, collection, key, result, filter, false, isGrouped);
    }

    private (string? KeyName, string ValueName, HclExpression Collection) ReadForHead()
    {
        TakeWord("for");
        SkipBlank();
        string? keyName = null;
        var valueName = RequireWord("the name of a variable");
        SkipBlank();
        if (Take(","))
        {
            SkipBlank();
            (keyName, valueName) = (valueName, RequireWord("the name of a variable"));
            SkipBlank();
        }

        if (!TakeWord("in"))
            throw Expected("'in'");
        SkipBlank();
        var collection = ReadExpression();
        SkipBlank();
        return (keyName, valueName, collection);
    }
}
