namespace Pulumi.Aws.Sns;

public class Topic : CustomResource
{
    public Topic(string name, TopicArgs args = null, CustomResourceOptions options = null)
        : base("aws:sns/topic:Topic", name, args, options) { }

    public Output<string> Arn { get; }
    public Output<string> Name { get; }

    public static Topic Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
}

public sealed class TopicArgs : ResourceArgs
{
    public Input<bool> ContentBasedDeduplication { get; set; }
    public Input<bool> FifoTopic { get; set; }
    public Input<string> Name { get; set; }
}

public class TopicSubscription : CustomResource
{
    public TopicSubscription(string name, TopicSubscriptionArgs args, CustomResourceOptions options = null)
        : base("aws:sns/topicSubscription:TopicSubscription", name, args, options) { }

    public Output<string> Arn { get; }

    public static TopicSubscription Get(string name, Input<string> id, CustomResourceOptions options = null) => new(name, null, options);
}

public sealed class TopicSubscriptionArgs : ResourceArgs
{
    public Input<string> Endpoint { get; set; }
    public Input<string> FilterPolicy { get; set; }
    public Input<string> FilterPolicyScope { get; set; }
    public Input<string> Protocol { get; set; }
    public Input<bool> RawMessageDelivery { get; set; }
    public Input<string> RedrivePolicy { get; set; }
    public Input<string> Topic { get; set; }
}
