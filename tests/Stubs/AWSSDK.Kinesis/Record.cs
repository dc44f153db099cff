namespace Amazon.Kinesis.Model;

/// <summary>A record of a stream as the SDK describes it. Its value types are nullable since version 4 of the SDK.</summary>
public class Record
{
    public DateTime? ApproximateArrivalTimestamp { get; set; }
    public MemoryStream Data { get; set; }
    public EncryptionType EncryptionType { get; set; }
    public string PartitionKey { get; set; }
    public string SequenceNumber { get; set; }
}

/// <summary>How a record is encrypted at rest. Lambda's events never carry it.</summary>
public class EncryptionType;
