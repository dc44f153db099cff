namespace AtLeastOnce.Runtime;

/// <summary>A run is not as expected; the message tells what happened to each record and why, shows the timeline and the ledger, and how to replay the run.</summary>
public sealed class EsmExpectationException : Exception
{
    internal EsmExpectationException(string message, EsmRun run)
        : base(message) => Run = run;

    /// <summary>The run.</summary>
    public EsmRun Run { get; }
}
