using System.Buffers;
using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>The message attributes with their hash.</summary>
internal sealed record SqsAttributes(IReadOnlyDictionary<string, SqsAttributeValue> Values, string Hash);

/// <summary>What a message carries, checked as SQS checks it.</summary>
internal readonly record struct MessageContent(byte[] Body, UInt128 BodyHash, SqsAttributes? Attributes, long IdNumber)
{
    /// <summary>The message group that it was sent with, or null.</summary>
    public MessageGrouping? Grouping { get; init; }

    /// <summary>The most bytes of a body with its attributes (S-28).</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>More bytes than the attributes of a message take in an event.</summary>
    public const long MaximumAttributesBytes = 6L * MaximumBytes;

    private const int MaximumAttributes = 10;

    private static readonly SearchValues<byte> RefusedBytes = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Where(value => value is not (0x9 or 0xA or 0xD)).Select(value => (byte)value),
    ]);

    /// <summary>Content of a body as given to <c>Send</c>.</summary>
    public static MessageContent Of(object body, IReadOnlyDictionary<string, SqsAttributeValue>? attributes)
    {
        var bytes = Bytes(body);
        if (bytes.Length == 0)
            throw new SqsException("MissingParameter", "The request must contain the parameter MessageBody.");
        Check(bytes, attributes);
        Span<byte> hash = stackalloc byte[16];
#pragma warning disable CA5351 // SQS shows this hash in its events; it protects nothing.
        MD5.HashData(bytes, hash);
#pragma warning restore CA5351
        var own = attributes is { Count: > 0 } ? new SqsAttributes(attributes.ToFrozenDictionary(), SqsAttributeValue.Hash(attributes)) : null;
        return new(bytes, MemoryMarshal.Read<UInt128>(hash), own, IdNumber: 0);
    }

    private static byte[] Bytes(object body) =>
        body switch
        {
            string text => Encoding.UTF8.GetBytes(text),
            byte[] => throw new ArgumentException("A message body is text. Send the bytes as a message attribute, or as a Base64 string.", nameof(body)),
            SqsMessage message => message.BodyBytes,
            IEnumerable list and not (IDictionary or IEnumerable<KeyValuePair<string, object?>> or JsonNode) => throw new ArgumentException(
                $"Send takes one message, but got a list ('{list.GetType()}'). Call SendMany(…) for a message each, or Send(JsonSerializer.Serialize(list)) for one message with the list in it.",
                nameof(body)
            ),
            _ => JsonSerializer.SerializeToUtf8Bytes(body, body.GetType()),
        };

    private static void Check(byte[] body, IReadOnlyDictionary<string, SqsAttributeValue>? attributes)
    {
        var refused = body.AsSpan().IndexOfAny(RefusedBytes);
        if (refused >= 0)
        {
            throw new SqsException(
                "InvalidMessageContents",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Invalid binary character '#x{body[refused]:X}' was found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF"
                )
            );
        }

        if (attributes?.Count > MaximumAttributes)
        {
            throw new SqsException(
                "InvalidParameterValue",
                FormattableString.Invariant($"Number of message attributes [{attributes.Count}] exceeds the allowed maximum [{MaximumAttributes}].")
            );
        }

        var size =
            body.Length
            + (
                attributes?.Sum(attribute =>
                    Encoding.UTF8.GetByteCount(attribute.Key)
                    + attribute.Value.DataType.Length
                    + (attribute.Value.BinaryValue?.Length ?? Encoding.UTF8.GetByteCount(attribute.Value.StringValue!))
                )
                ?? 0
            );
        if (size > MaximumBytes)
        {
            throw new SqsException(
                "InvalidParameterValue",
                FormattableString.Invariant($"One or more parameters are invalid. Reason: Message must be shorter than {MaximumBytes} bytes.")
            );
        }
    }
}
