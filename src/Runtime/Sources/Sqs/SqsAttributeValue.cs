using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AtLeastOnce.Runtime;

/// <summary>The value of a message attribute. Texts, numbers and byte arrays convert to it.</summary>
public sealed class SqsAttributeValue
{
    private SqsAttributeValue(string dataType, string? text, ReadOnlyMemory<byte>? binary) => (DataType, StringValue, BinaryValue) = (dataType, text, binary);

    /// <summary>The data type: <c>String</c>, <c>Number</c> or <c>Binary</c>.</summary>
    public string DataType { get; }

    /// <summary>The value of a text or number; null if it is binary.</summary>
    public string? StringValue { get; }

    /// <summary>The value if it is binary, else null.</summary>
    public ReadOnlyMemory<byte>? BinaryValue { get; }

    /// <summary>A text; SQS wants at least one character.</summary>
    /// <exception cref="SqsException">The text is empty.</exception>
    public static implicit operator SqsAttributeValue(string value) => FromString(value);

    /// <summary>A number.</summary>
    public static implicit operator SqsAttributeValue(long value) => FromInt64(value);

    /// <summary>A number.</summary>
    public static implicit operator SqsAttributeValue(decimal value) => FromDecimal(value);

    /// <summary>Bytes.</summary>
    public static implicit operator SqsAttributeValue(byte[] value) => FromBytes(value);

    /// <summary>A text; SQS wants at least one character.</summary>
    /// <exception cref="SqsException">The text is empty.</exception>
    public static SqsAttributeValue FromString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length > 0
            ? new("String", value, null)
            : throw new SqsException("InvalidParameterValue", "Message (user) attribute value of type 'String' must not be empty.");
    }

    /// <summary>A number.</summary>
    public static SqsAttributeValue FromInt64(long value) => new("Number", value.ToString(CultureInfo.InvariantCulture), null);

    /// <summary>A number.</summary>
    public static SqsAttributeValue FromDecimal(decimal value) => new("Number", value.ToString(CultureInfo.InvariantCulture), null);

    /// <summary>Bytes.</summary>
    public static SqsAttributeValue FromBytes(byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new("Binary", null, value);
    }

    /// <summary>The hash over all attributes of a message as SQS computes it: name, type and value in the order of the names, each with its length.</summary>
    internal static string Hash(IReadOnlyDictionary<string, SqsAttributeValue> attributes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var (name, value) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(name));
            Append(hash, Encoding.UTF8.GetBytes(value.DataType));
            hash.AppendData([value.BinaryValue is null ? (byte)1 : (byte)2]);
            Append(hash, value.BinaryValue is { } binary ? binary.Span : Encoding.UTF8.GetBytes(value.StringValue!));
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
