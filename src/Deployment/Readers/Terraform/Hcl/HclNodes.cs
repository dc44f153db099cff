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
    private readonly Dictionary<string, HclAttribute> byName = Index(attributes);

    /// <summary>Offset of the opening brace, or of the file.</summary>
    public int Start { get; } = start;

    /// <summary>Offset after the closing brace, or of the end of the file.</summary>
    public int End { get; } = end;

    /// <summary>The attributes in the order written.</summary>
    public IReadOnlyList<HclAttribute> Attributes { get; } = attributes;

    /// <summary>The blocks in the order written.</summary>
    public IReadOnlyList<HclBlock> Blocks { get; } = blocks;

    /// <summary>The attribute of that name, of several the first; or null.</summary>
    public HclAttribute? this[string name] => byName.TryGetValue(name, out var attribute) ? attribute : null;

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

/// <summary>An expression with its exact span.</summary>
internal abstract class HclExpression
{
    /// <summary>Makes an expression of others.</summary>
    protected HclExpression(int start, int end, params IEnumerable<HclExpression?> inner)
    {
        (Start, End) = (start, end);
        Depth = 1 + inner.Aggregate(0, (depth, child) => Math.Max(depth, child?.Depth ?? 0));
    }

    /// <summary>Offset of the first character.</summary>
    public int Start { get; }

    /// <summary>Offset after the last character.</summary>
    public int End { get; }

    /// <summary>The nesting, itself included.</summary>
    public int Depth { get; }
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
internal sealed class HclLiteral(int start, int end, HclLiteralKind kind, string text) : HclExpression(start, end)
{
    /// <summary>What it is.</summary>
    public HclLiteralKind Kind { get; } = kind;

    /// <summary>The text as written; of a piece of text what it stands for.</summary>
    public string Text { get; } = text;
}

/// <summary>A string in quotes or a heredoc: pieces of text, interpolations and directives.</summary>
internal sealed class HclTemplate(int start, int end, IReadOnlyList<HclExpression> parts) : HclExpression(start, end, parts)
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
internal sealed class HclVariable(int start, int end, string name) : HclExpression(start, end)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>An attribute of a value: <c>x.arn</c>.</summary>
internal sealed class HclAccess(HclExpression target, int end, string name) : HclExpression(target.Start, end, target)
{
    /// <summary>The value.</summary>
    public HclExpression Target { get; } = target;

    /// <summary>The attribute.</summary>
    public string Name { get; } = name;
}

/// <summary>An element of a value: <c>x[0]</c>, <c>x["a"]</c>, also <c>x.0</c>.</summary>
internal sealed class HclIndex(HclExpression target, int end, HclExpression index) : HclExpression(target.Start, end, target, index)
{
    /// <summary>The value.</summary>
    public HclExpression Target { get; } = target;

    /// <summary>Which element.</summary>
    public HclExpression Index { get; } = index;
}

/// <summary>The place in a splat that stands for each element.</summary>
internal sealed class HclElement(int start, int end) : HclExpression(start, end);

/// <summary>A splat: <c>x[*].arn</c>, <c>x.*.arn</c>.</summary>
internal sealed class HclSplat(HclExpression target, HclExpression each) : HclExpression(target.Start, each.End, target, each)
{
    /// <summary>The list, or a single value.</summary>
    public HclExpression Target { get; } = target;

    /// <summary>What is taken of each element, an expression over an <see cref="HclElement"/>.</summary>
    public HclExpression Each { get; } = each;
}

/// <summary>A call of a function.</summary>
internal sealed class HclCall(int start, int end, string name, IReadOnlyList<HclExpression> arguments, bool isExpanded) : HclExpression(start, end, arguments)
{
    /// <summary>The function.</summary>
    public string Name { get; } = name;

    /// <summary>The arguments.</summary>
    public IReadOnlyList<HclExpression> Arguments { get; } = arguments;

    /// <summary>Whether the last argument is a list of arguments (<c>…</c>).</summary>
    public bool IsExpanded { get; } = isExpanded;
}

/// <summary>An operator before a value: <c>!x</c>, <c>-x</c>.</summary>
internal sealed class HclUnary(int start, string symbol, HclExpression operand) : HclExpression(start, operand.End, operand)
{
    /// <summary>The operator.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>The value.</summary>
    public HclExpression Operand { get; } = operand;
}

/// <summary>An operator between two values.</summary>
internal sealed class HclBinary(string symbol, HclExpression left, HclExpression right) : HclExpression(left.Start, right.End, left, right)
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
    : HclExpression(start, end, condition, whenTrue, whenFalse)
{
    /// <summary>The condition.</summary>
    public HclExpression Condition { get; } = condition;

    /// <summary>The value when it holds.</summary>
    public HclExpression WhenTrue { get; } = whenTrue;

    /// <summary>The value when it does not.</summary>
    public HclExpression WhenFalse { get; } = whenFalse;
}

/// <summary>A value in parentheses.</summary>
internal sealed class HclParentheses(int start, int end, HclExpression inner) : HclExpression(start, end, inner)
{
    /// <summary>The value.</summary>
    public HclExpression Inner { get; } = inner;
}

/// <summary>A list: <c>[a, b]</c>.</summary>
internal sealed class HclTuple(int start, int end, IReadOnlyList<HclExpression> items) : HclExpression(start, end, items)
{
    /// <summary>The items.</summary>
    public IReadOnlyList<HclExpression> Items { get; } = items;
}

/// <summary>A member of an object.</summary>
/// <param name="Key">The key: a text for a bare word.</param>
/// <param name="Value">The value.</param>
internal sealed record HclMember(HclExpression Key, HclExpression Value);

/// <summary>An object: <c>{ a = b }</c>.</summary>
internal sealed class HclObject(int start, int end, IReadOnlyList<HclMember> members)
    : HclExpression(start, end, members.SelectMany(member => new[] { member.Key, member.Value }))
{
    /// <summary>The members in the order written.</summary>
    public IReadOnlyList<HclMember> Members { get; } = members;
}

/// <summary>A <c>for</c> expression: a list, an object, or a directive of a template.</summary>
internal sealed class HclFor(int start, int end, HclForParts parts) : HclExpression(start, end, parts.Collection, parts.ResultKey, parts.Result, parts.Filter)
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
