namespace AtLeastOnce.Runtime;

/// <summary>SQS refuses a request.</summary>
public sealed class SqsException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="errorCode">SQS's error code.</param>
    /// <param name="message">SQS's text.</param>
    public SqsException(string errorCode, string message)
        : base($"{errorCode}: {message}") => ErrorCode = errorCode;

    /// <summary>SQS's error code: <c>InvalidAttributeValue</c>.</summary>
    public string ErrorCode { get; }
}
