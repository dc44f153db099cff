namespace AWS.Messaging;

/// <summary>Handles one message; a failed status or an exception gives it back to its queue.</summary>
public interface IMessageHandler<T>
{
    Task<MessageProcessStatus> HandleAsync(MessageEnvelope<T> messageEnvelope, CancellationToken token = default);
}

/// <summary>How the handling of a message ended.</summary>
public sealed class MessageProcessStatus
{
    private static readonly MessageProcessStatus s_success = new();
    private static readonly MessageProcessStatus s_failed = new();

    private MessageProcessStatus() { }

    public bool IsSuccess => this == s_success;

    public bool IsFailed => this == s_failed;

    public static MessageProcessStatus Success() => s_success;

    public static MessageProcessStatus Failed() => s_failed;
}
