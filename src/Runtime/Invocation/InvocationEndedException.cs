namespace AtLeastOnce.Runtime;

/// <summary>
/// The invocation that this code belongs to is over, by timeout or crash: in production nothing would run any more. Thrown at every fault point (a wrapped call,
/// a timer of the host's time provider) that such code still reaches.
/// </summary>
public sealed class InvocationEndedException : Exception
{
    /// <summary>An exception with a message of its own.</summary>
    public InvocationEndedException(string message)
        : base(message) { }
}
