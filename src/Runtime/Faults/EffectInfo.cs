namespace AtLeastOnce.Runtime;

/// <summary>A call that a handler makes of a wrapped object, HTTP client or database connection: a point at which its process can die.</summary>
public sealed class EffectInfo
{
    internal EffectInfo(InvocationInfo invocation, int number, string call) => (Invocation, Number, Call) = (invocation, number, call);

    /// <summary>The invocation that makes the call.</summary>
    public InvocationInfo Invocation { get; }

    /// <summary>Counts the wrapped calls of the invocation, from 1.</summary>
    public int Number { get; }

    /// <summary>What is called, as the history names it: <c>IPayments.Charge</c>, <c>GET https://host/path</c>, <c>SQL INSERT INTO orders</c>.</summary>
    public string Call { get; }
}
