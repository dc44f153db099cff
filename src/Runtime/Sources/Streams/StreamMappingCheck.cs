using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime.Sources.Streams;

/// <summary>Refuses mappings of a stream that AWS refuses.</summary>
internal static class StreamMappingCheck
{
    /// <summary>Throws the first refusal.</summary>
    /// <exception cref="AwsRefusalException">AWS refuses the mapping.</exception>
    /// <exception cref="ArgumentException">The consumer's name is empty, or the source has no consumers.</exception>
    public static void Check(EventSourceMappingOptions mapping, StreamSource source, Simulation simulation)
    {
        CheckConsumer(mapping, source);
        var described = MappingValidation.Described(mapping, source.ModelKind);
        var refusals = EventSourceMappingValidation.Validate(described, queue: null);
        if (refusals.Count > 0)
            throw AwsRefusalException.Of(refusals[0]);
        CheckTimestamp(mapping, simulation);
        CheckDestination(mapping);
    }

    private static void CheckConsumer(EventSourceMappingOptions mapping, StreamSource source)
    {
        if (mapping.Consumer is null)
            return;
        if (source.ModelKind != EventSourceKind.Kinesis)
            throw new ArgumentException(
                $"The {source.Kind.ToLowerInvariant()} '{source.Label}' has no consumers: enhanced fan-out is of Kinesis (B-30).",
                nameof(mapping)
            );
        if (string.IsNullOrWhiteSpace(mapping.Consumer))
            throw new ArgumentException("A consumer's name is not empty.", nameof(mapping));
    }

    // P-14: the texts are not recorded.
    private static void CheckTimestamp(EventSourceMappingOptions mapping, Simulation simulation)
    {
        var isNeeded = mapping.StartingPosition == StartingPosition.AtTimestamp;
        if (isNeeded && mapping.StartingPositionTimestamp is null)
            throw Refused("P-14", "StartingPositionTimestamp is required when StartingPosition is AT_TIMESTAMP.");
        if (!isNeeded && mapping.StartingPositionTimestamp is not null)
            throw Refused("P-14", "StartingPositionTimestamp is only valid when StartingPosition is AT_TIMESTAMP.");
        if (mapping.StartingPositionTimestamp > simulation.Options.Start + TimeSpan.FromTicks(simulation.CallerNow))
            throw Refused("P-14", "StartingPositionTimestamp cannot be in the future.");
    }

    // documented as not supported; the text is not recorded.
    private static void CheckDestination(EventSourceMappingOptions mapping)
    {
        if (mapping.OnFailure is { } destination && destination.Name.EndsWith(".fifo", StringComparison.Ordinal))
            throw Refused("R-48", $"FIFO queues and topics are not supported as OnFailure destination: {destination.Arn}");
    }

    private static InvalidParameterValueException Refused(string rule, string message) => new(message, rule);
}
