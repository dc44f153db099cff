namespace AtLeastOnce.Runtime;

/// <summary>The invocation that a fault could strike.</summary>
public sealed class InvocationInfo
{
    internal InvocationInfo(string function, string? mapping, int number, IReadOnlyList<Delivery> deliveries, long at) =>
        (Function, Mapping, Number, Deliveries, At) = (function, mapping, number, deliveries, TimeSpan.FromTicks(at));

    /// <summary>The function's name.</summary>
    public string Function { get; }

    /// <summary>The name of the mapping whose poller invokes; null if none does.</summary>
    public string? Mapping { get; }

    /// <summary>Counts the function's invocations, from 1. A throttled attempt, or a batch that is still gathered, has the number that it would get.</summary>
    public int Number { get; }

    /// <summary>The batch; of one that is still gathered, what it holds already.</summary>
    public IReadOnlyList<Delivery> Deliveries { get; }

    /// <summary>Virtual time since the host's start.</summary>
    public TimeSpan At { get; }
}
