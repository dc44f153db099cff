namespace AtLeastOnce.Runtime;

/// <summary>Why Lambda tells of the end of an asynchronous event .</summary>
public enum InvocationCondition
{
    /// <summary>The function processed it.</summary>
    Success,

    /// <summary>It failed as often as it may .</summary>
    RetriesExhausted,

    /// <summary>It grew too old before it was processed .</summary>
    EventAgeExceeded,

    /// <summary>The function's reserved concurrency is 0: it is not tried at all .</summary>
    ZeroReservedConcurrency,
}
