namespace Pulumi.Aws.Lambda
{
    using Inputs;

    public class EventSourceMapping : CustomResource
    {
        public EventSourceMapping(string name, EventSourceMappingArgs args, CustomResourceOptions options = null)
            : base("aws:lambda/eventSourceMapping:EventSourceMapping", name, args, options) { }

        public Output<string> FunctionArn { get; }
        public Output<string> State { get; }
        public Output<string> Uuid { get; }

        public static EventSourceMapping Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class EventSourceMappingArgs : ResourceArgs
    {
        private InputList<string> _functionResponseTypes;
        private InputList<string> _topics;

        public Input<int> BatchSize { get; set; }
        public Input<bool> BisectBatchOnFunctionError { get; set; }
        public Input<EventSourceMappingDestinationConfigArgs> DestinationConfig { get; set; }
        public Input<bool> Enabled { get; set; }
        public Input<string> EventSourceArn { get; set; }
        public Input<EventSourceMappingFilterCriteriaArgs> FilterCriteria { get; set; }
        public Input<string> FunctionName { get; set; }

        public InputList<string> FunctionResponseTypes
        {
            get => _functionResponseTypes ??= new();
            set => _functionResponseTypes = value;
        }

        public Input<int> MaximumBatchingWindowInSeconds { get; set; }
        public Input<int> MaximumRecordAgeInSeconds { get; set; }
        public Input<int> MaximumRetryAttempts { get; set; }
        public Input<int> ParallelizationFactor { get; set; }
        public Input<EventSourceMappingProvisionedPollerConfigArgs> ProvisionedPollerConfig { get; set; }
        public Input<string> Queues { get; set; }
        public Input<EventSourceMappingScalingConfigArgs> ScalingConfig { get; set; }
        public Input<string> StartingPosition { get; set; }
        public Input<string> StartingPositionTimestamp { get; set; }

        public InputList<string> Topics
        {
            get => _topics ??= new();
            set => _topics = value;
        }

        public Input<int> TumblingWindowInSeconds { get; set; }
    }
}

namespace Pulumi.Aws.Lambda.Inputs
{
    public sealed class EventSourceMappingDestinationConfigArgs : ResourceArgs
    {
        public Input<EventSourceMappingDestinationConfigOnFailureArgs> OnFailure { get; set; }
    }

    public sealed class EventSourceMappingDestinationConfigOnFailureArgs : ResourceArgs
    {
        public Input<string> DestinationArn { get; set; }
    }

    public sealed class EventSourceMappingFilterCriteriaArgs : ResourceArgs
    {
        private InputList<EventSourceMappingFilterCriteriaFilterArgs> _filters;

        public InputList<EventSourceMappingFilterCriteriaFilterArgs> Filters
        {
            get => _filters ??= new();
            set => _filters = value;
        }
    }

    public sealed class EventSourceMappingFilterCriteriaFilterArgs : ResourceArgs
    {
        public Input<string> Pattern { get; set; }
    }

    public sealed class EventSourceMappingProvisionedPollerConfigArgs : ResourceArgs
    {
        public Input<int> MaximumPollers { get; set; }
        public Input<int> MinimumPollers { get; set; }
    }

    public sealed class EventSourceMappingScalingConfigArgs : ResourceArgs
    {
        public Input<int> MaximumConcurrency { get; set; }
    }
}
