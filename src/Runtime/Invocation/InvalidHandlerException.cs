namespace AtLeastOnce.Runtime;

/// <summary>Lambda could not use this handler; thrown when it is registered or first needed.</summary>
public sealed class InvalidHandlerException : Exception
{
    /// <summary>An exception with a message of its own.</summary>
    public InvalidHandlerException(string message)
        : base(message) { }

    /// <summary>An exception with a message of its own and its cause.</summary>
    public InvalidHandlerException(string message, Exception innerException)
        : base(message, innerException) { }
}
