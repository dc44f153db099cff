using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

/// <summary>Makes attribute values of .NET objects, as DynamoDB's clients do.</summary>
internal static class AttributeReader
{
    private const int MaximumDepth = 32;

    /// <summary>An item of a dictionary, of JSON, or of an object's public properties.</summary>
    /// <exception cref="ArgumentException">It is none of them, or holds what no attribute can hold.</exception>
    public static AttributeMap ReadItem(object item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var value = Read(item, 0);
        return value.Type == AttributeType.M
            ? value.Map
            : throw new ArgumentException($"An item is an object or a dictionary with its attributes, but got '{item.GetType()}'.", nameof(item));
    }

    /// <summary>An attribute value.</summary>
    public static AttributeValue Read(object? value, int depth)
    {
        if (depth > MaximumDepth)
            throw DynamoDBException.Invalid("Nesting Levels have exceeded supported limits");
        return value switch
        {
            null => AttributeValue.Null,
            string text => AttributeValue.Of(text),
            bool boolean => AttributeValue.Of(boolean),
            JsonElement element => ReadJson(element, depth),
            JsonNode node => ReadJson(node.Deserialize<JsonElement>(), depth),
            byte[] bytes => AttributeValue.Binary(bytes),
            ReadOnlyMemory<byte> bytes => AttributeValue.Binary(bytes.Span),
            MemoryStream stream => AttributeValue.Binary(stream.ToArray()),
            Enum number => AttributeValue.Number(number.ToString("D")),
            _ when AttributeNumber.TryRead(value) is { } digits => AttributeValue.Number(digits),
            char or Guid or Uri => AttributeValue.Of(value.ToString()!),
            DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => AttributeValue.Of(JsonSerializer.SerializeToElement(value).GetString()!),
            IDictionary dictionary => AttributeValue.Of(ReadMap(Pairs(dictionary), depth)),
            IEnumerable<KeyValuePair<string, object?>> pairs => AttributeValue.Of(ReadMap(pairs, depth)),
            IEnumerable list => IsSet(value.GetType())
                ? ReadSet(list)
                : AttributeValue.Of([.. list.Cast<object?>().Select(element => Read(element, depth + 1))]),
            _ => AttributeValue.Of(ReadMap(Properties(value), depth)),
        };
    }

    private static AttributeMap ReadMap(IEnumerable<KeyValuePair<string, object?>> pairs, int depth) =>
        new([.. pairs.Select(pair => new KeyValuePair<string, AttributeValue>(pair.Key, Read(pair.Value, depth + 1)))]);

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return new(
                entry.Key as string ?? throw new ArgumentException($"An attribute's name is a string, but got '{entry.Key.GetType()}'.", nameof(dictionary)),
                entry.Value
            );
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Properties(object value) =>
        value
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => new KeyValuePair<string, object?>(property.Name, property.GetValue(value)));

    private static AttributeValue ReadJson(JsonElement element, int depth) =>
        element.ValueKind switch
        {
            JsonValueKind.String => AttributeValue.Of(element.GetString()!),
            JsonValueKind.Number => AttributeValue.Number(AttributeNumber.Normal(element.GetRawText())),
            JsonValueKind.True or JsonValueKind.False => AttributeValue.Of(element.GetBoolean()),
            JsonValueKind.Array => AttributeValue.Of([.. element.EnumerateArray().Select(item => Read(item, depth + 1))]),
            JsonValueKind.Object => AttributeValue.Of(
                ReadMap(element.EnumerateObject().Select(property => new KeyValuePair<string, object?>(property.Name, property.Value)), depth)
            ),
            _ => AttributeValue.Null,
        };

    private static bool IsSet(Type type) =>
        Array.Exists(
            type.GetInterfaces(),
            found => found.IsGenericType && (found.GetGenericTypeDefinition() == typeof(ISet<>) || found.GetGenericTypeDefinition() == typeof(IReadOnlySet<>))
        );

    private static AttributeValue ReadSet(IEnumerable elements)
    {
        AttributeValue[] values = [.. elements.Cast<object?>().Select(element => Read(element, 0))];
        if (values.Length == 0)
            throw DynamoDBException.Invalid("One or more parameter values were invalid: An string set  may not be empty");
        AttributeType? type = values[0].Type switch
        {
            AttributeType.S => AttributeType.SS,
            AttributeType.N => AttributeType.NS,
            AttributeType.B => AttributeType.BS,
            _ => null,
        };
        return type is { } set && Array.TrueForAll(values, value => value.Type == values[0].Type)
            ? AttributeValue.Set(set, values.Select(value => value.Text))
            : throw new ArgumentException("A set holds texts, numbers or bytes, all of one kind.", nameof(elements));
    }
}

/// <summary>Numbers as DynamoDB keeps them.</summary>
internal static class AttributeNumber
{
    /// <summary>The digits of a .NET number; null if the value is none.</summary>
    public static string? TryRead(object value) =>
        value switch
        {
            double or float when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)) => throw DynamoDBException.Invalid(
                "The parameter cannot be converted to a numeric value"
            ),
            double or float or decimal or sbyte or byte or short or ushort or int or uint or long or ulong or System.Numerics.BigInteger => Normal(
                ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)
            ),
            _ => null,
        };

    /// <summary>The number without exponent and without zeros that mean nothing: <c>1.50</c> is <c>1.5</c>, <c>1E2</c> is <c>100</c>.</summary>
    public static string Normal(string number)
    {
        var isNegative = number.StartsWith('-');
        var parts = number.TrimStart('-', '+').Split('e', 'E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var whole = (point < 0 ? digits.Length : point) + exponent;
        var leading = digits.Length - digits.TrimStart('0').Length;
        (digits, whole) = (digits.Trim('0'), whole - leading);
        if (digits.Length == 0)
            return "0";
        if (digits.Length > 38)
            throw DynamoDBException.Invalid("Attempting to store more than 38 significant digits in a Number");
        if (whole is > 126 or < -129)
            throw DynamoDBException.Invalid("Number overflow. Attempting to store a number with magnitude larger than supported range");
        var text =
            whole <= 0 ? "0." + new string('0', -whole) + digits
            : whole >= digits.Length ? digits + new string('0', whole - digits.Length)
            : $"{digits[..whole]}.{digits[whole..]}";
        return isNegative ? "-" + text : text;
    }
}
