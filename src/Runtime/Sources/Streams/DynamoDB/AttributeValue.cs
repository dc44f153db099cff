using System.Text;
using AtLeastOnce.Runtime.Invocation;

namespace AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

/// <summary>The types of DynamoDB's attribute values.</summary>
internal enum AttributeType
{
    S,
    N,
    B,
    BOOL,
    NULL,
    M,
    L,
    SS,
    NS,
    BS,
}

/// <summary>An attribute's value.</summary>
internal sealed class AttributeValue : IEquatable<AttributeValue>
{
    private AttributeValue(AttributeType type, string text, IReadOnlyList<string>? texts = null) => (Type, Text, Texts) = (type, text, texts ?? []);

    public static AttributeValue Null { get; } = new(AttributeType.NULL, "true");

    public AttributeType Type { get; }

    /// <summary>The text of S, the digits of N, the Base64 of B, <c>true</c> or <c>false</c>.</summary>
    public string Text { get; }

    /// <summary>The elements of a set, sorted.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>The elements of L.</summary>
    public IReadOnlyList<AttributeValue> List { get; private init; } = [];

    /// <summary>The members of M.</summary>
    public AttributeMap Map { get; private init; } = AttributeMap.Empty;

    public static AttributeValue Of(string text) => new(AttributeType.S, text);

    public static AttributeValue Number(string digits) => new(AttributeType.N, digits);

    public static AttributeValue Binary(ReadOnlySpan<byte> bytes) => new(AttributeType.B, Convert.ToBase64String(bytes));

    public static AttributeValue Of(bool value) => new(AttributeType.BOOL, value ? "true" : "false");

    public static AttributeValue Of(IReadOnlyList<AttributeValue> list) => new(AttributeType.L, "") { List = list };

    public static AttributeValue Of(AttributeMap map) => new(AttributeType.M, "") { Map = map };

    /// <summary>A set of texts, numbers or Base64.</summary>
    public static AttributeValue Set(AttributeType type, IEnumerable<string> elements) =>
        new(type, "", [.. elements.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>The size as DynamoDB counts it.</summary>
    public long Size =>
        Type switch
        {
            AttributeType.S => Encoding.UTF8.GetByteCount(Text),
            AttributeType.N => NumberSize(Text),
            AttributeType.B => BinarySize(Text),
            AttributeType.SS => Texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text)),
            AttributeType.NS => Texts.Sum(NumberSize),
            AttributeType.BS => Texts.Sum(BinarySize),
            AttributeType.L => 3 + List.Sum(value => value.Size + 1),
            AttributeType.M => 3 + Map.Size + Map.Count,
            _ => 1,
        };

    /// <summary>Writes the value as DynamoDB's JSON: <c>{"S":"a"}</c>.</summary>
    public void Write(EventBuffer target)
    {
        target.Write("{\""u8);
        target.Write(Encoding.ASCII.GetBytes($"{Type}"));
        target.Write("\":"u8);
        switch (Type)
        {
            case AttributeType.BOOL or AttributeType.NULL:
                target.Write(Encoding.ASCII.GetBytes(Text));
                break;
            case AttributeType.M:
                Map.Write(target);
                break;
            case AttributeType.L:
                WriteList(target, List, static (value, target) => value.Write(target));
                break;
            case AttributeType.SS or AttributeType.NS or AttributeType.BS:
                WriteList(target, Texts, static (text, target) => target.WriteString(text));
                break;
            default:
                target.WriteString(Text);
                break;
        }

        target.Write("}"u8);
    }

    /// <inheritdoc/>
    public bool Equals(AttributeValue? other) =>
        other is not null
        && Type == other.Type
        && Text == other.Text
        && Texts.SequenceEqual(other.Texts)
        && List.SequenceEqual(other.List)
        && Map.Equals(other.Map);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AttributeValue);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Text, Texts.Count, List.Count);

    private static void WriteList<T>(EventBuffer target, IReadOnlyList<T> list, Action<T, EventBuffer> write)
    {
        target.Write("["u8);
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                target.Write(","u8);
            write(list[i], target);
        }

        target.Write("]"u8);
    }

    // One byte for two significant digits, and one more; another one for a sign.
    private static long NumberSize(string digits)
    {
        var significant = digits.TrimStart('-').Replace(".", "", StringComparison.Ordinal).Trim('0').Length;
        return ((significant + 1) / 2) + 1 + (digits.StartsWith('-') ? 1 : 0);
    }

    private static long BinarySize(string base64) => Convert.FromBase64String(base64).Length;
}
