namespace AtLeastOnce.TestKit;

/// <summary>A verified analyzer or code fix does not do what the test states. The message holds everything that is needed to see why.</summary>
public sealed class VerificationException : Exception
{
    /// <summary>A failed verification.</summary>
    public VerificationException(string message)
        : base(message) { }

    /// <summary>A failed verification caused by an exception of the verified code.</summary>
    public VerificationException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>A failed verification without text; there for the sake of the convention.</summary>
    public VerificationException() { }
}
