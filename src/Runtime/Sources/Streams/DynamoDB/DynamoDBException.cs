namespace AtLeastOnce.Runtime;

/// <summary>DynamoDB refuses a request.</summary>
public sealed class DynamoDBException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="errorCode">DynamoDB's error code.</param>
    /// <param name="message">DynamoDB's text.</param>
    public DynamoDBException(string errorCode, string message)
        : base($"{errorCode}: {message}") => ErrorCode = errorCode;

    /// <summary>DynamoDB's error code: <c>ValidationException</c>.</summary>
    public string ErrorCode { get; }

    internal static DynamoDBException Invalid(string message) => new("ValidationException", message);
}
