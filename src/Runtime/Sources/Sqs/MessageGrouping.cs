using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AtLeastOnce.Runtime.Invocation;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>What a message that was sent with a message group has beside its content; its place in the order of a FIFO queue.</summary>
/// <param name="groupId">The message group.</param>
/// <param name="deduplicationId">The deduplication id; null on a standard queue.</param>
internal sealed class MessageGrouping(string groupId, string? deduplicationId)
{
    private const int MaximumLength = 128;

    /// <summary>The digits of a sequence number.</summary>
    public const int SequenceNumberLength = 20;

    // As AWS's examples do, the number begins at 18849496460467696128, which no long holds, and grows by 256.
    private const long FirstUpper = 1_884_949_646;
    private const long FirstLower = 0_467_696_128;
    private const long Lower = 10_000_000_000;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    );

    /// <summary>The message group; in a FIFO queue one text for all messages of the group.</summary>
    public string GroupId { get; set; } = groupId;

    /// <summary>The deduplication id; null on a standard queue.</summary>
    public string? DeduplicationId { get; } = deduplicationId;

    /// <summary>Counts the messages that the FIFO queue has accepted, from 1; 0 on a standard queue.</summary>
    public long Sequence { get; set; }

    /// <summary>The message that this one was taken for a duplicate of, or null.</summary>
    public SqsMessage? Original { get; set; }

    /// <summary>The group that the message stands in while it is in a FIFO queue.</summary>
    public MessageGroup? Group { get; set; }

    /// <summary>The message before it in its group.</summary>
    public SqsMessage? Previous { get; set; }

    /// <summary>The message after it in its group.</summary>
    public SqsMessage? Next { get; set; }

    /// <summary>It is among the messages that are looked through for groups (S-48).</summary>
    public bool IsInSight { get; set; }

    /// <summary><c>SequenceNumber</c> as events have it (E-5).</summary>
    public string SequenceNumber
    {
        get
        {
            Span<byte> digits = stackalloc byte[SequenceNumberLength];
            WriteSequenceNumber(digits);
            return Encoding.ASCII.GetString(digits);
        }
    }

    /// <summary>Writes the sequence number into as many bytes as it is long.</summary>
    public void WriteSequenceNumber(Span<byte> target)
    {
        var (carry, lower) = Math.DivRem(FirstLower + ((Sequence - 1) * 256), Lower);
        DecimalDigits.Write(target[..10], (ulong)(FirstUpper + carry));
        DecimalDigits.Write(target[10..], (ulong)lower);
    }

    /// <summary>The grouping of a message that is sent; null if it has none.</summary>
    /// <exception cref="SqsException">SQS refuses it.</exception>
    public static MessageGrouping? Of(SqsQueue queue, byte[] body, string? groupId, string? deduplicationId)
    {
        Check(groupId, "MessageGroupId");
        Check(deduplicationId, "MessageDeduplicationId");
        if (!queue.IsFifo)
        {
            if (deduplicationId is not null)
            {
                throw Invalid(deduplicationId, "MessageDeduplicationId", "The request include parameter that is not valid for this queue type.");
            }

            return groupId is null ? null : new(groupId, null);
        }

        if (groupId is null)
            throw new SqsException("MissingParameter", "The request must contain the parameter MessageGroupId.");
        return new(groupId, deduplicationId ?? HashOf(queue, body));
    }

    // Of the body alone (S-45).
    private static string HashOf(SqsQueue queue, byte[] body)
    {
        ThrowIfUnread(queue, nameof(SqsQueue.ContentBasedDeduplication), ", or send with a deduplicationId");
        return queue.ContentBasedDeduplication
            ? Convert.ToHexString(SHA256.HashData(body)).ToLowerInvariant()
            : throw new SqsException(
                "InvalidParameterValue",
                "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"
            );
    }

    /// <summary>Unknown is no value: the test says what the template does, once something hangs on it.</summary>
    /// <exception cref="InvalidOperationException">The template has the setting, and the test has not said it.</exception>
    public static void ThrowIfUnread(SqsQueue queue, string setting, string otherwise = "")
    {
        foreach (var (name, why) in queue.UnreadSettings.All)
        {
            if (name == setting)
                throw new InvalidOperationException($"{why} Set host.Queue(\"{queue.Label}\").{setting} before the send{otherwise}.");
        }
    }

    private static void Check(string? id, string parameter)
    {
        if (id is null || (id.Length is > 0 and <= MaximumLength && id.AsSpan().IndexOfAnyExcept(IdCharacters) < 0))
            return;
        throw Invalid(id, parameter, $"{parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.");
    }

    private static SqsException Invalid(string value, string parameter, string reason) =>
        new("InvalidParameterValue", $"Value {value} for parameter {parameter} is invalid. Reason: {reason}");
}
