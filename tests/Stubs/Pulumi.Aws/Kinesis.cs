namespace Pulumi.Aws.Kinesis
{
    using Inputs;

    public class Stream : CustomResource
    {
        public Stream(string name, StreamArgs args = null, CustomResourceOptions options = null)
            : base("aws:kinesis/stream:Stream", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> Name { get; }

        public static Stream Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class StreamArgs : ResourceArgs
    {
        public Input<string> Name { get; set; }
        public Input<int> RetentionPeriod { get; set; }
        public Input<int> ShardCount { get; set; }
        public Input<StreamStreamModeDetailsArgs> StreamModeDetails { get; set; }
    }

    public class StreamConsumer : CustomResource
    {
        public StreamConsumer(string name, StreamConsumerArgs args, CustomResourceOptions options = null)
            : base("aws:kinesis/streamConsumer:StreamConsumer", name, args, options) { }

        public Output<string> Arn { get; }
        public Output<string> Name { get; }

        public static StreamConsumer Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
    }

    public sealed class StreamConsumerArgs : ResourceArgs
    {
        public Input<string> Name { get; set; }
        public Input<string> StreamArn { get; set; }
    }
}

namespace Pulumi.Aws.Kinesis.Inputs
{
    public sealed class StreamStreamModeDetailsArgs : ResourceArgs
    {
        public Input<string> StreamMode { get; set; }
    }
}
