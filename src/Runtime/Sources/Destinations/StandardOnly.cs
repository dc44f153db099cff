namespace AtLeastOnce.Runtime.Sources.Destinations;

/// <summary>Queues and topics that AWS, or the simulation, takes in their standard form only.</summary>
internal static class StandardOnly
{
    /// <summary>Throws for a FIFO queue or topic.</summary>
    /// <exception cref="ArgumentException">It is one.</exception>
    public static void Check(IDestination? value, string parameter)
    {
        if (value is SqsQueue or SnsTopic && value.Name.EndsWith(".fifo", StringComparison.Ordinal))
            throw new ArgumentException($"'{value.Name}' is FIFO; only a standard queue or topic can be named here (A-7).", parameter);
    }
}
