using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

/// <summary>
/// Where Lambda can send a record of an invocation: a standard <see cref="SqsQueue"/>, an <see cref="SnsTopic"/>, an <see cref="S3Bucket"/>; of an asynchronous invocation
/// also another <see cref="LambdaFunction"/> and an <see cref="EventBus"/>.
/// </summary>
public interface IDestination
{
    /// <summary>The name in AWS.</summary>
    string Name { get; }

    /// <summary>The ARN; known once a host has it.</summary>
    string Arn { get; }

    /// <summary>Takes the destination into the host; again is harmless.</summary>
    internal void Join(Simulation simulation);

    /// <summary>Takes a record; under the scheduler's gate.</summary>
    internal void Accept(DestinationRecord record);
}
