using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>What is to be set on a resource, whatever the dialect: properties by CloudFormation's names, and a queue that they may name.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Properties">The properties.</param>
internal sealed record DeploymentChange(Resource Resource, IReadOnlyList<PropertyChange> Properties)
{
    /// <summary>A queue that is added, or null.</summary>
    public NewQueue? Queue { get; init; }
}

/// <summary>A property and its new value.</summary>
/// <param name="Property">CloudFormation's path below the resource's properties.</param>
/// <param name="Value">The value.</param>
internal sealed record PropertyChange(string Property, EditValue Value)
{
    /// <summary>Whether the resource only inherits what it has now.</summary>
    public bool IsInherited { get; init; }

    /// <summary>Where the value comes from that it has now.</summary>
    public Provenance Provenance { get; init; }

    /// <summary>The parameter that it comes from, or null.</summary>
    public string? Parameter { get; init; }

    /// <summary>Whether what it has now is a parameter's.</summary>
    public bool RestsOnParameter => Provenance is Provenance.ParameterDefault or Provenance.ParameterAllowedValue;
}

/// <summary>Why a queue is added.</summary>
internal enum QueuePurpose
{
    /// <summary>It takes the messages that another queue gives up.</summary>
    DeadLetters,

    /// <summary>It takes word of the records that a stream's mapping gives up.</summary>
    Failures,
}

/// <summary>A queue that is added, and keeps messages for fourteen days.</summary>
/// <param name="Beside">The resource that it is written after, and deployed with.</param>
/// <param name="Purpose">What it is for.</param>
internal sealed record NewQueue(Resource Beside, QueuePurpose Purpose)
{
    /// <summary>Whether it is a FIFO queue.</summary>
    public bool IsFifo { get; init; }

    /// <summary>The role of the file's own that must be allowed to send to it; null where it is already, or needs no word.</summary>
    public Role? Sender { get; init; }
}
