using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

/// <summary>A standard SNS topic.</summary>
/// <param name="name">Its name.</param>
public sealed class SnsTopic(string name) : IDestination
{
    private readonly List<string> messages = [];

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string Arn { get; private set; } = "";

    /// <summary>The messages published to it, in that order.</summary>
    public IReadOnlyList<string> Messages => messages;

    /// <inheritdoc/>
    void IDestination.Join(Simulation simulation) => Arn = $"arn:aws:sns:{simulation.Options.Region}:{simulation.Options.AccountId}:{Name}";

    /// <inheritdoc/>
    void IDestination.Accept(DestinationRecord record) => messages.Add(record.Json);
}
