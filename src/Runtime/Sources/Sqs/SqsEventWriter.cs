using System.Runtime.InteropServices;
using System.Text;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>A message as one receive handed it out.</summary>
/// <param name="Message">The message.</param>
/// <param name="Receive">Which receive it was, from 1.</param>
/// <param name="VisibleAgainAt">When it can be received again.</param>
internal readonly record struct ReceivedMessage(SqsMessage Message, int Receive, long VisibleAgainAt);

/// <summary>Writes the event of a batch as the poller sends it: section 6.1, keys in that order (E-1).</summary>
/// <param name="simulation">Times and ids.</param>
/// <param name="queueArn">The queue's ARN.</param>
/// <param name="writesNullHash">Whether a message without attributes has <c>md5OfMessageAttributes: null</c> (E-2).</param>
internal sealed class SqsEventWriter(Simulation simulation, string queueArn, bool writesNullHash)
{
    /// <summary>The quota of a synchronous invocation, which covers the whole event (B-2).</summary>
    public const int MaximumEventBytes = 6 * 1024 * 1024;

    private readonly EventBuffer scratch = new();
    private readonly byte[] end = Encoding.UTF8.GetBytes(
        $"\",\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"{queueArn}\",\"awsRegion\":\"{simulation.Options.Region}\"}}"
    );

    /// <summary>Writes an event.</summary>
    public void Write(EventBuffer target, ReadOnlySpan<ReceivedMessage> batch)
    {
        target.Write("{\"Records\":["u8);
        for (var i = 0; i < batch.Length; i++)
        {
            if (i > 0)
                target.Write(","u8);
            WriteRecord(target, batch[i]);
        }

        target.Write("]}"u8);
    }

    /// <summary>How many of the messages, from the first on, make an event that can be sent (B-2, B-3); at least one.</summary>
    public int Fitting(ReadOnlySpan<ReceivedMessage> batch)
    {
        long atMost = 0;
        foreach (ref readonly var received in batch)
            atMost += MaximumLength(received.Message);
        if (atMost <= MaximumEventBytes)
            return batch.Length;

        // Only large batches are measured exactly.
        long length = "{\"Records\":[]}".Length;
        for (var i = 0; i < batch.Length; i++)
        {
            scratch.Clear();
            WriteRecord(scratch, batch[i]);
            length += scratch.Length + (i > 0 ? 1 : 0);
            if (length > MaximumEventBytes && i > 0)
                return i;
        }

        return batch.Length;
    }

    /// <summary>An upper bound of a record's length in the event: a byte of a body takes two at most, as SQS refuses the control characters that take six.</summary>
    private static long MaximumLength(SqsMessage message) =>
        2048 + (message.BodyBytes.Length * 2L) + (message.UserAttributes is null ? 0 : MessageContent.MaximumAttributesBytes);

    private void WriteRecord(EventBuffer target, in ReceivedMessage received)
    {
        var message = received.Message;
        target.Write("{\"messageId\":\""u8);
        target.Write(simulation.Choices.Guid(IdKind.Message, message.IdNumber));
        target.Write("\",\"receiptHandle\":\""u8);
        new ReceiptHandle(message.Store.Ordinal, message.Number, received.Receive).Write(simulation.Choices, target.Take(ReceiptHandle.Length));
        target.Write("\",\"body\":"u8);
        target.WriteString(message.BodyBytes);
        target.Write(",\"attributes\":{\"ApproximateReceiveCount\":\""u8);
        target.Write(received.Receive);
        target.Write("\",\"SentTimestamp\":\""u8);
        target.Write(simulation.EpochMilliseconds(message.SentAt));
        if (message.Grouping is null)
            target.Write("\",\"SenderId\":\"AIDAIENQZJOLO23YVJ4VO\",\"ApproximateFirstReceiveTimestamp\":\""u8);
        else
            WriteGrouping(target, message.Grouping);
        target.Write(simulation.EpochMilliseconds(message.FirstReceivedAt));
        if (message.Origin is { } origin)
        {
            target.Write("\",\"DeadLetterQueueSourceArn\":\""u8);
            target.Write(Encoding.UTF8.GetBytes(origin.Store.Queue.Arn));
        }

        target.Write("\"},\"messageAttributes\":{"u8);
        WriteUserAttributes(target, message.UserAttributes);
        target.Write("\"md5OfBody\":\""u8);
        var hash = message.BodyHash;
        target.WriteHex(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in hash)));
        target.Write(end);
    }

    // E-5, in the order of AWS's example; of a standard queue only the group, if anything (S-51).
    private void WriteGrouping(EventBuffer target, MessageGrouping grouping)
    {
        target.Write("\""u8);
        if (grouping.DeduplicationId is not null)
        {
            target.Write(",\"SequenceNumber\":\""u8);
            grouping.WriteSequenceNumber(target.Take(MessageGrouping.SequenceNumberLength));
            target.Write("\""u8);
        }

        if (grouping.DeduplicationId is not null || simulation.Options.StandardQueuesShowMessageGroupId)
        {
            target.Write(",\"MessageGroupId\":"u8);
            target.WriteString(grouping.GroupId);
        }

        target.Write(",\"SenderId\":\"AIDAIENQZJOLO23YVJ4VO\""u8);
        if (grouping.DeduplicationId is not null)
        {
            target.Write(",\"MessageDeduplicationId\":"u8);
            target.WriteString(grouping.DeduplicationId);
        }

        target.Write(",\"ApproximateFirstReceiveTimestamp\":\""u8);
    }

    private void WriteUserAttributes(EventBuffer target, SqsAttributes? attributes)
    {
        if (attributes is null)
        {
            target.Write(writesNullHash ? "},\"md5OfMessageAttributes\":null,"u8 : "},"u8);
            return;
        }

        var isFirst = true;
        foreach (var (name, value) in attributes.Values.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            if (!isFirst)
                target.Write(","u8);
            isFirst = false;
            target.WriteString(name);
            WriteValue(target, value);
        }

        target.Write("},\"md5OfMessageAttributes\":"u8);
        target.WriteString(attributes.Hash);
        target.Write(","u8);
    }

    // E-3: both list members are there, empty.
    private static void WriteValue(EventBuffer target, SqsAttributeValue value)
    {
        if (value.BinaryValue is { } binary)
        {
            target.Write(":{\"binaryValue\":\""u8);
            target.WriteBase64(binary.Span);
            target.Write("\""u8);
        }
        else
        {
            target.Write(":{\"stringValue\":"u8);
            target.WriteString(value.StringValue!);
        }

        target.Write(",\"stringListValues\":[],\"binaryListValues\":[],\"dataType\":"u8);
        target.WriteString(value.DataType);
        target.Write("}"u8);
    }
}
