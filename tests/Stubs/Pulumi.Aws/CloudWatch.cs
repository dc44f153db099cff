namespace Pulumi.Aws.CloudWatch
{
    using Inputs;

    public class EventBus : CustomResource
    {
        public EventBus(string name, EventBusArgs args = null, CustomResourceOptions options = null)
            : base("aws:cloudWatch/eventBus:EventBus", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> Name { get; }

        public static EventBus Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class EventBusArgs : ResourceArgs
    {
        public Input<string> Name { get; set; }
    }

    public class EventRule : CustomResource
    {
        public EventRule(string name, EventRuleArgs args = null, CustomResourceOptions options = null)
            : base("aws:cloudWatch/eventRule:EventRule", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> Name { get; }

        public static EventRule Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class EventRuleArgs : ResourceArgs
    {
        public Input<string> EventBusName { get; set; }
        public Input<string> EventPattern { get; set; }
        public Input<string> Name { get; set; }
        public Input<string> ScheduleExpression { get; set; }
        public Input<string> State { get; set; }
    }

    public class EventTarget : CustomResource
    {
        public EventTarget(string name, EventTargetArgs args, CustomResourceOptions options = null)
            : base("aws:cloudWatch/eventTarget:EventTarget", name, args, options) { }

        public Output<string> Arn { get; }

        public static EventTarget Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class EventTargetArgs : ResourceArgs
    {
        public Input<string> Arn { get; set; }
        public Input<EventTargetDeadLetterConfigArgs> DeadLetterConfig { get; set; }
        public Input<string> EventBusName { get; set; }
        public Input<EventTargetRetryPolicyArgs> RetryPolicy { get; set; }
        public Input<string> Rule { get; set; }
    }
}

namespace Pulumi.Aws.CloudWatch.Inputs
{
    public sealed class EventTargetDeadLetterConfigArgs : ResourceArgs
    {
        public Input<string> Arn { get; set; }
    }

    public sealed class EventTargetRetryPolicyArgs : ResourceArgs
    {
        public Input<int> MaximumEventAgeInSeconds { get; set; }
        public Input<int> MaximumRetryAttempts { get; set; }
    }
}
