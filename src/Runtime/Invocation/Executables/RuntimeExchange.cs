namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>What a process is given to work on.</summary>
/// <param name="RequestId">The invocation's id.</param>
/// <param name="Body">The event.</param>
/// <param name="Headers">What is told beside it.</param>
internal sealed record RuntimeEvent(string RequestId, byte[] Body, IReadOnlyList<(string Name, string Value)> Headers);

/// <summary>What a process answered: a response, or an error.</summary>
/// <param name="Response">The response's bytes; of no meaning if there is an error.</param>
/// <param name="Error">The error, or null.</param>
internal sealed record RuntimeAnswer(byte[] Response, FunctionError? Error);

/// <summary>One event on its way through a process.</summary>
internal sealed class RuntimeExchange(RuntimeEvent given)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The event.</summary>
    public RuntimeEvent Event { get; } = given;

    /// <summary>The process has asked for it, and was told.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>The answer; null until it is there.</summary>
    public RuntimeAnswer? Answer { get; set; }

    /// <summary>Ends when the process, after its answer, asks for the next event: then Lambda takes its environment for free.</summary>
    public Task Done => done.Task;

    /// <summary>The process asks for the next event.</summary>
    public void Finish() => done.TrySetResult();
}
