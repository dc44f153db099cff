namespace AtLeastOnce.Deployment.Readers.Terraform.Hcl;

/// <summary>An attribute of a body: <c>name = value</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Start">Offset of the name.</param>
/// <param name="NameEnd">Offset after the name.</param>
/// <param name="Value">The value.</param>
internal sealed record HclAttribute(string Name, int Start, int NameEnd, HclExpression Value);

/// <summary>A block of a body: <c>resource "aws_sqs_queue" "orders" { … }</c>.</summary>
/// <param name="Type">The word that begins it.</param>
/// <param name="Labels">The labels, without quotes.</param>
/// <param name="Start">Offset of the type.</param>
/// <param name="HeadEnd">Offset after the last label, or the type.</param>
/// <param name="Body">What it holds.</param>
internal sealed record HclBlock(string Type, IReadOnlyList<string> Labels, int Start, int HeadEnd, HclBody Body);

/// <summary>A body: a file, or what stands between the braces of a block.</summary>
/// <param name="start">Offset of the opening brace, or of the file.</param>
/// <param name="end">Offset after the closing brace, or of the end of the file.</param>
/// <param name="attributes">The attributes in the order written.</param>
/// <param name="blocks">The blocks in the order written.</param>
internal sealed class HclBody(int start, int end, IReadOnlyList<HclAttribute> attributes, IReadOnlyList<HclBlock> blocks)
{
    /// <summary>The most attributes that are looked through one by one; a table of so few costs more than it saves.</summary>
    public const int Few = 8;

    private Dictionary<string, HclAttribute>? byName;

    /// <summary>Offset of the opening brace, or of the file.</summary>
    public int Start { get; } = start;

    /// <summary>Offset after the closing brace, or of the end of the file.</summary>
    public int End { get; } = end;

    /// <summary>The attributes in the order written.</summary>
    public IReadOnlyList<HclAttribute> Attributes { get; } = attributes;

    /// <summary>The blocks in the order written.</summary>
    public IReadOnlyList<HclBlock> Blocks { get; } = blocks;

    /// <summary>The attribute of that name, of several the first; or null.</summary>
    public HclAttribute? this[string name] =>
        Attributes.Count <= Few ? Attributes.FirstNamed(name)
        : (byName ??= Index(Attributes)).TryGetValue(name, out var attribute) ? attribute
        : null;

    /// <summary>Whether there is a block of a type.</summary>
    public bool Has(string type)
    {
        for (var i = 0; i < Blocks.Count; i++)
        {
            if (Blocks[i].Type == type)
                return true;
        }

        return false;
    }

    private static Dictionary<string, HclAttribute> Index(IReadOnlyList<HclAttribute> attributes)
    {
        var result = new Dictionary<string, HclAttribute>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            if (!result.ContainsKey(attribute.Name))
                result.Add(attribute.Name, attribute);
        }

        return result;
    }
}

/// <summary>Looking through attributes.</summary>
internal static class HclAttributes
{
    /// <summary>The first attribute of a name, or null.</summary>
    public static HclAttribute? FirstNamed(this IReadOnlyList<HclAttribute> attributes, string name)
    {
        for (var i = 0; i < attributes.Count; i++)
        {
            if (attributes[i].Name == name)
                return attributes[i];
        }

        return null;
    }
}

/// <summary>An expression with its exact span.</summary>
/// <param name="start">Offset of the first character.</param>
/// <param name="end">Offset after the last character.</param>
/// <param name="innerDepth">The deepest nesting of what it is made of.</param>
internal abstract class HclExpression(int start, int end, int innerDepth)
{
    /// <summary>Offset of the first character.</summary>
    public int Start { get; } = start;

    /// <summary>Offset after the last character.</summary>
    public int End { get; } = end;

    /// <summary>The nesting, itself included.</summary>
    public int Depth { get; } = 1 + innerDepth;

    /// <summary>The deepest nesting of some expressions.</summary>
    protected static int Deepest(HclExpression first, HclExpression? second, HclExpression? third = null, HclExpression? fourth = null) =>
        Math.Max(Math.Max(first.Depth, second?.Depth ?? 0), Math.Max(third?.Depth ?? 0, fourth?.Depth ?? 0));

    /// <summary>The deepest nesting of some expressions.</summary>
    protected static int Deepest(IReadOnlyList<HclExpression> expressions)
    {
        var deepest = 0;
        for (var i = 0; i < expressions.Count; i++)
            deepest = Math.Max(deepest, expressions[i].Depth);
        return deepest;
    }
}

/// <summary>The kinds of <see cref="HclLiteral"/>.</summary>
internal enum HclLiteralKind
{
    /// <summary>A number as it is written.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary>Text: a part of a template, or the key of an object.</summary>
    Text,
}

/// <summary>A number, a bool, null, or a piece of text.</summary>
internal sealed class HclLiteral(int start, int end, HclLiteralKind kind, string text) : HclExpression(start, end, 0)
{
    /// <summary>What it is.</summary>
    public HclLiteralKind Kind { get; } = kind;

    /// <summary>The text as written; of a piece of text what it stands for.</summary>
    public string Text { get; } = text;
}

/// <summary>A string in quotes or a heredoc: pieces of text, interpolations and directives.</summary>
internal sealed class HclTemplate(int start, int end, IReadOnlyList<HclExpression> parts) : HclExpression(start, end, Deepest(parts))
{
    /// <summary>The parts; none for an empty text.</summary>
    public IReadOnlyList<HclExpression> Parts { get; } = parts;

    /// <summary>The text, if there is nothing else in it; else null.</summary>
    public string? Literal =>
        Parts.Count == 0 ? ""
        : Parts is [HclLiteral { Kind: HclLiteralKind.Text } only] ? only.Text
        : null;
}

/// <summary>A name: the root of a reference, or the variable of a <c>for</c>.</summary>
internal sealed class HclVariable(int start, int end, string name) : HclExpression(start, end, 0)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>An attribute of a value: <c>x.arn</c>.</summary>
internal sealed class HclAccess(HclExpression target, int end, string name) : HclExpression(target.Start, end, target.Depth)
{
    /// <summary>The value.</summary>
    public HclExpression Target { get; } = target;

    /// <summary>The attribute.</summary>
    public string Name { get; } = name;
}

/// <summary>An element of a value: <c>x[0]</c>, <c>x["a"]</c>, also <c>x.0</c>.</summary>
internal sealed class HclIndex(HclExpression target, int end, HclExpression index) : HclExpression(target.Start, end, Deepest(target, index))
{
    /// <summary>The value.</summary>
    public HclExpression Target { get; } = target;

    /// <summary>Which element.</summary>
    public HclExpression Index { get; } = index;
}

/// <summary>The place in a splat that stands for each element.</summary>
internal sealed class HclElement(int start, int end) : HclExpression(start, end, 0);

/// <summary>A splat: <c>x[*].arn</c>, <c>x.*.arn</c>.</summary>
internal sealed class HclSplat(HclExpression target, HclExpression each) : HclExpression(target.Start, each.End, Deepest(target, each))
{
    /// <summary>The list, or a single value.</summary>
    public HclExpression Target { get; } = target;

    /// <summary>What is taken of each element, an expression over an <see cref="HclElement"/>.</summary>
    public HclExpression Each { get; } = each;
}

/// <summary>A call of a function.</summary>
internal sealed class HclCall(int start, int end, string name, IReadOnlyList<HclExpression> arguments, bool isExpanded)
    : HclExpression(start, end, Deepest(arguments))
{
    /// <summary>The function.</summary>
    public string Name { get; } = name;

    /// <summary>The arguments.</summary>
    public IReadOnlyList<HclExpression> Arguments { get; } = arguments;

    /// <summary>Whether the last argument is a list of arguments (<c>…</c>).</summary>
    public bool IsExpanded { get; } = isExpanded;
}

/// <summary>An operator before a value: <c>!x</c>, <c>-x</c>.</summary>
internal sealed class HclUnary(int start, string symbol, HclExpression operand) : HclExpression(start, operand.End, operand.Depth)
{
    /// <summary>The operator.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>The value.</summary>
    public HclExpression Operand { get; } = operand;
}

/// <summary>An operator between two values.</summary>
internal sealed class HclBinary(string symbol, HclExpression left, HclExpression right) : HclExpression(left.Start, right.End, Deepest(left, right))
{
    /// <summary>The operator.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>The value before it.</summary>
    public HclExpression Left { get; } = left;

    /// <summary>The value after it.</summary>
    public HclExpression Right { get; } = right;
}

/// <summary>A conditional: <c>condition ? a : b</c>, also as a directive of a template.</summary>
internal sealed class HclConditional(int start, int end, HclExpression condition, HclExpression whenTrue, HclExpression whenFalse)
    : HclExpression(start, end, Deepest(condition, whenTrue, whenFalse))
{
    /// <summary>The condition.</summary>
    public HclExpression Condition { get; } = condition;

    /// <summary>The value when it holds.</summary>
    public HclExpression WhenTrue { get; } = whenTrue;

    /// <summary>The value when it does not.</summary>
    public HclExpression WhenFalse { get; } = whenFalse;
}

/// <summary>A value in parentheses.</summary>
internal sealed class HclParentheses(int start, int end, HclExpression inner) : HclExpression(start, end, inner.Depth)
{
    /// <summary>The value.</summary>
    public HclExpression Inner { get; } = inner;
}

/// <summary>A list: <c>[a, b]</c>.</summary>
internal sealed class HclTuple(int start, int end, IReadOnlyList<HclExpression> items) : HclExpression(start, end, Deepest(items))
{
    /// <summary>The items.</summary>
    public IReadOnlyList<HclExpression> Items { get; } = items;
}

/// <summary>A member of an object.</summary>
/// <param name="Key">The key: a text for a bare word.</param>
/// <param name="Value">The value.</param>
internal sealed record HclMember(HclExpression Key, HclExpression Value)
{
    /// <summary>The nesting.</summary>
    public int Depth => Math.Max(Key.Depth, Value.Depth);
}

/// <summary>An object: <c>{ a = b }</c>.</summary>
internal sealed class HclObject(int start, int end, IReadOnlyList<HclMember> members)
    : HclExpression(start, end, members.Count == 0 ? 0 : members.Max(member => member.Depth))
{
    /// <summary>The members in the order written.</summary>
    public IReadOnlyList<HclMember> Members { get; } = members;
}

/// <summary>A <c>for</c> expression: a list, an object, or a directive of a template.</summary>
internal sealed class HclFor(int start, int end, HclForParts parts)
    : HclExpression(start, end, Deepest(parts.Collection, parts.ResultKey, parts.Result, parts.Filter))
{
    /// <summary>What it is made of.</summary>
    public HclForParts Parts { get; } = parts;
}

/// <summary>The parts of a <c>for</c> expression.</summary>
/// <param name="KeyName">The variable of the key or index, or null.</param>
/// <param name="ValueName">The variable of the value.</param>
/// <param name="Collection">What is gone through.</param>
/// <param name="ResultKey">The key of each member, if it makes an object.</param>
/// <param name="Result">Each item, member or piece of text.</param>
/// <param name="Filter">Which are taken, or null for all.</param>
/// <param name="IsText">Whether it is a directive of a template.</param>
/// <param name="IsGrouped">Whether members with one key are gathered in a list.</param>
internal sealed record HclForParts(
    string? KeyName,
    string ValueName,
    HclExpression Collection,
    HclExpression? ResultKey,
    HclExpression Result,
    HclExpression? Filter,
    bool IsText,
    bool IsGrouped
);
