using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>A message as one receive handed it out.</summary>
/// <param name="Message">The message.</param>
/// <param name="Receive">Which receive it was, from 1.</param>
/// <param name="VisibleAgainAt">When it can be received again.</param>
internal readonly record struct ReceivedMessage(SqsMessage Message, int Receive, long VisibleAgainAt);

/// <summary>Writes the event of a batch as the poller sends it: section 6.1, keys in that order.</summary>
internal sealed class SqsEventWriter
{
    private const string SenderId = "AIDAIENQZJOLO23YVJ4VO";

    // Longest: two receives' worth of digits, times, the identifiers and the names of the members.
    private const int FixedBytes = 1200;

    private static readonly JsonEncodedText Records = JsonEncodedText.Encode("Records");
    private static readonly JsonEncodedText MessageId = JsonEncodedText.Encode("messageId");
    private static readonly JsonEncodedText Handle = JsonEncodedText.Encode("receiptHandle");
    private static readonly JsonEncodedText Body = JsonEncodedText.Encode("body");
    private static readonly JsonEncodedText Attributes = JsonEncodedText.Encode("attributes");
    private static readonly JsonEncodedText ReceiveCount = JsonEncodedText.Encode("ApproximateReceiveCount");
    private static readonly JsonEncodedText SentTimestamp = JsonEncodedText.Encode("SentTimestamp");
    private static readonly JsonEncodedText Sender = JsonEncodedText.Encode("SenderId");
    private static readonly JsonEncodedText FirstReceive = JsonEncodedText.Encode("ApproximateFirstReceiveTimestamp");
    private static readonly JsonEncodedText SourceArn = JsonEncodedText.Encode("DeadLetterQueueSourceArn");
    private static readonly JsonEncodedText MessageAttributes = JsonEncodedText.Encode("messageAttributes");
    private static readonly JsonEncodedText StringValue = JsonEncodedText.Encode("stringValue");
    private static readonly JsonEncodedText BinaryValue = JsonEncodedText.Encode("binaryValue");
    private static readonly JsonEncodedText StringListValues = JsonEncodedText.Encode("stringListValues");
    private static readonly JsonEncodedText BinaryListValues = JsonEncodedText.Encode("binaryListValues");
    private static readonly JsonEncodedText DataType = JsonEncodedText.Encode("dataType");
    private static readonly JsonEncodedText AttributesHash = JsonEncodedText.Encode("md5OfMessageAttributes");
    private static readonly JsonEncodedText BodyHash = JsonEncodedText.Encode("md5OfBody");
    private static readonly JsonEncodedText EventSource = JsonEncodedText.Encode("eventSource");
    private static readonly JsonEncodedText EventSourceArn = JsonEncodedText.Encode("eventSourceARN");
    private static readonly JsonEncodedText AwsRegion = JsonEncodedText.Encode("awsRegion");
    private static readonly JsonEncodedText Sqs = JsonEncodedText.Encode("aws:sqs");

    private readonly Simulation simulation;
    private readonly JsonEncodedText arn;
    private readonly JsonEncodedText region;
    private readonly bool writesNullHash;

    /// <summary>Writes events of a queue.</summary>
    /// <param name="simulation">Times and ids.</param>
    /// <param name="queueArn">The queue's ARN.</param>
    /// <param name="writesNullHash">Whether a message without attributes has <c>md5OfMessageAttributes: null</c> (E-2).</param>
    public SqsEventWriter(Simulation simulation, string queueArn, bool writesNullHash)
    {
        this.simulation = simulation;
        this.writesNullHash = writesNullHash;
        arn = JsonEncodedText.Encode(queueArn);
        region = JsonEncodedText.Encode(simulation.Options.Region);
    }

    /// <summary>An upper bound of a record's length in the event, without writing it.</summary>
    public static int MaximumLength(SqsMessage message)
    {
        // The longest escape of a byte that a body may hold is two characters; other control characters are refused at Send.
        var length = FixedBytes + (message.BodyBytes.Length * 2);
        if (message.UserAttributes is not { } attributes) return length;
        foreach (var (name, value) in attributes.Values)
        {
            length += 200 + (name.Length * 6) + ((value.StringValue?.Length ?? 0) * 6) + ((value.BinaryValue?.Length ?? 0) * 2);
        }

        return length;
    }

    /// <summary>Writes an event.</summary>
    public void Write(Utf8JsonWriter writer, ReadOnlySpan<ReceivedMessage> batch)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(Records);
        foreach (ref readonly var received in batch) WriteRecord(writer, received);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes one record.</summary>
    public void WriteRecord(Utf8JsonWriter writer, in ReceivedMessage received)
    {
        var message = received.Message;
        Span<byte> text = stackalloc byte[ReceiptHandle.Length];
        writer.WriteStartObject();
        Utf8Formatter.TryFormat(simulation.Choices.Guid(IdKind.Message, message.IdNumber), text, out var length, 'D');
        writer.WriteString(MessageId, text[..length]);
        new ReceiptHandle(message.Store.Ordinal, message.Number, received.Receive).Write(simulation.Choices, text);
        writer.WriteString(Handle, text);
        writer.WriteString(Body, message.BodyBytes);
        WriteSystemAttributes(writer, received, text);
        WriteUserAttributes(writer, message.UserAttributes);
        var hash = message.BodyHash;
        FormatHash(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in hash)), text);
        writer.WriteString(BodyHash, text[..32]);
        writer.WriteString(EventSource, Sqs);
        writer.WriteString(EventSourceArn, arn);
        writer.WriteString(AwsRegion, region);
        writer.WriteEndObject();
    }

    private void WriteSystemAttributes(Utf8JsonWriter writer, in ReceivedMessage received, Span<byte> text)
    {
        var message = received.Message;
        writer.WriteStartObject(Attributes);
        Utf8Formatter.TryFormat(received.Receive, text, out var length);
        writer.WriteString(ReceiveCount, text[..length]);
        Utf8Formatter.TryFormat(simulation.EpochMilliseconds(message.SentAt), text, out length);
        writer.WriteString(SentTimestamp, text[..length]);
        writer.WriteString(Sender, SenderId);
        Utf8Formatter.TryFormat(simulation.EpochMilliseconds(message.FirstReceivedAt), text, out length);
        writer.WriteString(FirstReceive, text[..length]);
        if (message.Origin is { } origin) writer.WriteString(SourceArn, origin.Store.Queue.Arn);
        writer.WriteEndObject();
    }

    private void WriteUserAttributes(Utf8JsonWriter writer, SqsAttributes? attributes)
    {
        writer.WriteStartObject(MessageAttributes);
        if (attributes is null)
        {
            writer.WriteEndObject();
            if (writesNullHash) writer.WriteNull(AttributesHash);
            return;
        }

        foreach (var (name, value) in attributes.Values.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(name);
            if (value.BinaryValue is { } binary) writer.WriteBase64String(BinaryValue, binary.Span);
            else writer.WriteString(StringValue, value.StringValue);
            writer.WriteStartArray(StringListValues);
            writer.WriteEndArray();
            writer.WriteStartArray(BinaryListValues);
            writer.WriteEndArray();
            writer.WriteString(DataType, value.DataType);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteString(AttributesHash, attributes.Hash);
    }

    private static void FormatHash(ReadOnlySpan<byte> hash, Span<byte> text)
    {
        const string Digits = "0123456789abcdef";
        for (var i = 0; i < hash.Length; i++)
        {
            text[i * 2] = (byte)Digits[hash[i] >> 4];
            text[(i * 2) + 1] = (byte)Digits[hash[i] & 0xF];
        }
    }
}
