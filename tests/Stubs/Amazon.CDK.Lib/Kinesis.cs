using Constructs;

namespace Amazon.CDK.AWS.Kinesis;

public interface IStream : IConstruct
{
    string StreamArn { get; }

    IAM.Grant GrantRead(IAM.IGrantable grantee);
}

public interface IStreamProps
{
    Duration RetentionPeriod { get; }
}

public enum StreamMode
{
    PROVISIONED,
    ON_DEMAND,
}

public class StreamProps : IStreamProps
{
    public Duration RetentionPeriod { get; set; }
    public double? ShardCount { get; set; }
    public StreamMode? StreamMode { get; set; }
    public string StreamName { get; set; }
}

public class Stream(Construct scope, string id, IStreamProps props = null) : Resource(scope, id), IStream
{
    public string StreamArn => "";

    public IAM.Grant GrantRead(IAM.IGrantable grantee) => new();

    public Duration Retention => props?.RetentionPeriod;
}

public interface IStreamConsumer : IConstruct
{
    string StreamConsumerArn { get; }
}

public class StreamConsumerProps
{
    public IStream Stream { get; set; }
    public string StreamConsumerName { get; set; }
}

public class StreamConsumer(Construct scope, string id, StreamConsumerProps props) : Resource(scope, id), IStreamConsumer
{
    public string StreamConsumerArn => props.StreamConsumerName;
}
