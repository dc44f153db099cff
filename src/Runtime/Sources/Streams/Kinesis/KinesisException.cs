namespace AtLeastOnce.Runtime;

/// <summary>Kinesis refuses a request.</summary>
public sealed class KinesisException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="errorCode">Kinesis's error code.</param>
    /// <param name="message">Kinesis's text.</param>
    public KinesisException(string errorCode, string message)
        : base($"{errorCode}: {message}") => ErrorCode = errorCode;

    /// <summary>Kinesis's error code: <c>InvalidArgumentException</c>.</summary>
    public string ErrorCode { get; }
}
