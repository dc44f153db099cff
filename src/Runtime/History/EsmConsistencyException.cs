namespace AtLeastOnce.Runtime;

/// <summary>The runtime contradicts itself: a mistake in AtLeastOnce, never in the code under test.</summary>
public sealed class EsmConsistencyException : Exception
{
    /// <summary>An exception that says what does not add up.</summary>
    public EsmConsistencyException(string message)
        : base(message + " This is a mistake in AtLeastOnce: please report it with the scenario and its seed.") { }
}
