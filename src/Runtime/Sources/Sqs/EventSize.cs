using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>How many messages fit into one event.</summary>
internal sealed class EventSize(SqsEventWriter events)
{
    /// <summary>The quota of a synchronous invocation, which covers the whole event (B-2).</summary>
    public const int MaximumBytes = 6 * 1024 * 1024;

    private const int EnvelopeBytes = 14;

    private readonly ArrayBufferWriter<byte> scratch = new();

    /// <summary>How many of the messages, from the first on, make an event that can be sent; at least one.</summary>
    public int Fitting(ReadOnlySpan<ReceivedMessage> messages)
    {
        long atMost = EnvelopeBytes;
        foreach (ref readonly var received in messages) atMost += SqsEventWriter.MaximumLength(received.Message);
        if (atMost <= MaximumBytes) return messages.Length;

        // Only large batches are measured exactly.
        long length = EnvelopeBytes;
        for (var i = 0; i < messages.Length; i++)
        {
            length += Measure(messages[i]) + (i > 0 ? 1 : 0);
            if (length > MaximumBytes && i > 0) return i;
        }

        return messages.Length;
    }

    private int Measure(in ReceivedMessage received)
    {
        scratch.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(scratch, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        events.WriteRecord(writer, received);
        writer.Flush();
        return scratch.WrittenCount;
    }
}
