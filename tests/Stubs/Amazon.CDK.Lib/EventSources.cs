using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Kinesis;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;

namespace Amazon.CDK.AWS.Lambda.EventSources;

public interface ISqsEventSourceProps;

public class SqsEventSourceProps : ISqsEventSourceProps
{
    public double? BatchSize { get; set; }
    public bool? Enabled { get; set; }
    public IDictionary<string, object>[] Filters { get; set; }
    public Duration MaxBatchingWindow { get; set; }
    public double? MaxConcurrency { get; set; }
    public IProvisionedPollerConfig ProvisionedPollerConfig { get; set; }
    public bool? ReportBatchItemFailures { get; set; }
}

public class SqsEventSource(IQueue queue, ISqsEventSourceProps props = null) : IEventSource
{
    public IQueue Queue { get; } = queue;
    public ISqsEventSourceProps Props { get; } = props;
}

public class StreamEventSourceProps
{
    public double? BatchSize { get; set; }
    public bool? BisectBatchOnError { get; set; }
    public bool? Enabled { get; set; }
    public IDictionary<string, object>[] Filters { get; set; }
    public Duration MaxBatchingWindow { get; set; }
    public Duration MaxRecordAge { get; set; }
    public IEventSourceDlq OnFailure { get; set; }
    public double? ParallelizationFactor { get; set; }
    public bool? ReportBatchItemFailures { get; set; }
    public double? RetryAttempts { get; set; }
    public StartingPosition StartingPosition { get; set; }
    public Duration TumblingWindow { get; set; }
}

public interface IKinesisEventSourceProps;

public class KinesisEventSourceProps : StreamEventSourceProps, IKinesisEventSourceProps
{
    public double? StartingPositionTimestamp { get; set; }
}

public class KinesisEventSource(IStream stream, IKinesisEventSourceProps props) : IEventSource
{
    public IStream Stream { get; } = stream;
    public IKinesisEventSourceProps Props { get; } = props;
}

public class KinesisConsumerEventSource(IStreamConsumer streamConsumer, IKinesisEventSourceProps props) : IEventSource
{
    public IStreamConsumer StreamConsumer { get; } = streamConsumer;
    public IKinesisEventSourceProps Props { get; } = props;
}

public interface IDynamoEventSourceProps;

public class DynamoEventSourceProps : StreamEventSourceProps, IDynamoEventSourceProps;

public class DynamoEventSource(ITable table, IDynamoEventSourceProps props) : IEventSource
{
    public ITable Table { get; } = table;
    public IDynamoEventSourceProps Props { get; } = props;
}

public class SqsDlq(IQueue queue) : IEventSourceDlq
{
    public IQueue Queue { get; } = queue;
}

public class SnsDlq(ITopic topic) : IEventSourceDlq
{
    public ITopic Topic { get; } = topic;
}
