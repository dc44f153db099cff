using Constructs;

namespace Amazon.CDK.AWS.Kinesis;

public interface IStream : IConstruct
{
    string StreamArn { get; }
}

public interface IStreamProps
{
    Duration RetentionPeriod { get; }
}

public class StreamProps : IStreamProps
{
    public Duration RetentionPeriod { get; set; }
    public double? ShardCount { get; set; }
    public string StreamName { get; set; }
}

public class Stream(Construct scope, string id, IStreamProps props = null) : Resource(scope, id), IStream
{
    public string StreamArn => "";
    public Duration Retention => props?.RetentionPeriod;
}
