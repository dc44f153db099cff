namespace Pulumi.Aws.Lambda
{
    using Inputs;

    public class FunctionEventInvokeConfig : CustomResource
    {
        public FunctionEventInvokeConfig(string name, FunctionEventInvokeConfigArgs args, CustomResourceOptions options = null)
            : base("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", name, args, options) { }

        public Output<string> FunctionName { get; }

        public static FunctionEventInvokeConfig Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class FunctionEventInvokeConfigArgs : ResourceArgs
    {
        public Input<FunctionEventInvokeConfigDestinationConfigArgs> DestinationConfig { get; set; }
        public Input<string> FunctionName { get; set; }
        public Input<int> MaximumEventAgeInSeconds { get; set; }
        public Input<int> MaximumRetryAttempts { get; set; }
        public Input<string> Qualifier { get; set; }
    }
}

namespace Pulumi.Aws.Lambda.Inputs
{
    public sealed class FunctionEventInvokeConfigDestinationConfigArgs : ResourceArgs
    {
        public Input<FunctionEventInvokeConfigDestinationConfigOnFailureArgs> OnFailure { get; set; }
        public Input<FunctionEventInvokeConfigDestinationConfigOnSuccessArgs> OnSuccess { get; set; }
    }

    public sealed class FunctionEventInvokeConfigDestinationConfigOnFailureArgs : ResourceArgs
    {
        public Input<string> Destination { get; set; }
    }

    public sealed class FunctionEventInvokeConfigDestinationConfigOnSuccessArgs : ResourceArgs
    {
        public Input<string> Destination { get; set; }
    }
}
