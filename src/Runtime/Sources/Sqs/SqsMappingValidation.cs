using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Runtime.History;
using AtLeastOnce.Runtime.Sources;
using Model = AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>Refuses mappings of a queue that AWS refuses.</summary>
internal static class SqsMappingValidation
{
    /// <summary>Throws the first refusal.</summary>
    /// <exception cref="AwsRefusalException">AWS refuses the mapping.</exception>
    public static void Check(EventSourceMappingOptions mapping, SqsQueue queue)
    {
        var declared = new Model.Queue(queue.Name)
        {
            IsFifo = Model.Setting.Of(queue.IsFifo),
            VisibilityTimeout = MappingValidation.Seconds(queue.VisibilityTimeout),
            MessageRetentionPeriod = MappingValidation.Seconds(queue.MessageRetentionPeriod),
        };
        var function = new Model.Function(mapping.Function.Name) { Timeout = MappingValidation.Seconds(mapping.Function.Timeout) };
        var refusals = EventSourceMappingValidation.ValidateAll(MappingValidation.Described(mapping, Model.EventSourceKind.Sqs), function, declared);
        if (refusals.Count > 0)
            throw AwsRefusalException.Of(refusals[0]);
        if (mapping.MinimumPollers > mapping.MaximumPollers)
            throw new InvalidParameterValueException("MinimumPollers must be less than or equal to MaximumPollers.", "P-11");
    }
}
