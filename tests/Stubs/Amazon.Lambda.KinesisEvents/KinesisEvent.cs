namespace Amazon.Lambda.KinesisEvents;

/// <summary>A batch of records of one shard.</summary>
public class KinesisEvent
{
    public IList<KinesisEventRecord> Records { get; set; }

    /// <summary>What the producer put, and where in its shard it lies.</summary>
    public class Record : Amazon.Kinesis.Model.Record
    {
        public string KinesisSchemaVersion { get; set; }
    }

    /// <summary>One delivery of a record.</summary>
    public class KinesisEventRecord
    {
        public string AwsRegion { get; set; }
        public string EventId { get; set; }
        public string EventName { get; set; }
        public string EventSource { get; set; }
        public string EventSourceARN { get; set; }
        public string EventVersion { get; set; }
        public string InvokeIdentityArn { get; set; }
        public Record Kinesis { get; set; }
    }
}
