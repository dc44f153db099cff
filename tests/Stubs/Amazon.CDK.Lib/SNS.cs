using Constructs;

namespace Amazon.CDK.AWS.SNS;

public interface ITopic : IConstruct
{
    string TopicArn { get; }
}

public class TopicProps
{
    public bool? ContentBasedDeduplication { get; set; }
    public bool? Fifo { get; set; }
    public string TopicName { get; set; }
}

public class Topic(Construct scope, string id, TopicProps props = null) : Resource(scope, id), ITopic
{
    public string TopicArn => props is null ? "" : "arn";
}
