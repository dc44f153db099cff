namespace AtLeastOnce.Runtime;

/// <summary>The invocation that a fault could strike.</summary>
public sealed class InvocationInfo
{
    internal InvocationInfo(string function, string? mapping, int number, IReadOnlyList<Delivery> deliveries) =>
        (Function, Mapping, Number, Deliveries) = (function, mapping, number, deliveries);

    /// <summary>The function's name.</summary>
    public string Function { get; }

    /// <summary>The name of the mapping whose poller invokes; null if none does.</summary>
    public string? Mapping { get; }

    /// <summary>Counts the function's invocations, from 1. A throttled attempt has the number that it would have got.</summary>
    public int Number { get; }

    /// <summary>The batch.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; }
}
