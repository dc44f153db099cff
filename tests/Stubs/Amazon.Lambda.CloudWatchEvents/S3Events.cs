using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.CloudWatchEvents.S3Events;

/// <summary>Bucket, as an event of an S3 object carries it.</summary>
public class Bucket
{
    public string Name { get; set; }
}

/// <summary>S3 object, as an event of an S3 object carries it.</summary>
[DataContract]
public class S3Object
{
    [DataMember(Name = "key")]
    public string Key { get; set; }

    [DataMember(Name = "size")]
    public long Size { get; set; }

    [DataMember(Name = "etag")]
    public string ETag { get; set; }

    [DataMember(Name = "version-id")]
    [JsonPropertyName("version-id")]
    public string VersionId { get; set; }

    [DataMember(Name = "sequencer")]
    public string Sequencer { get; set; }
}

/// <summary>S3 object create, as an event of an S3 object carries it.</summary>
[DataContract]
public class S3ObjectCreate : S3ObjectEventDetails
{
    [DataMember(Name = "source-ip-address")]
    [JsonPropertyName("source-ip-address")]
    public string SourceIpAddress { get; set; }

    [DataMember(Name = "reason")]
    public string Reason { get; set; }
}

/// <summary>An event that tells of a change of an S3 object.</summary>
public class S3ObjectCreateEvent : CloudWatchEvent<S3ObjectCreate>;

/// <summary>S3 object delete, as an event of an S3 object carries it.</summary>
[DataContract]
public class S3ObjectDelete : S3ObjectEventDetails
{
    [DataMember(Name = "source-ip-address")]
    [JsonPropertyName("source-ip-address")]
    public string SourceIpAddress { get; set; }

    [DataMember(Name = "reason")]
    public string Reason { get; set; }

    [DataMember(Name = "deletion-type")]
    [JsonPropertyName("deletion-type")]
    public string DeletionType { get; set; }
}

/// <summary>An event that tells of a change of an S3 object.</summary>
public class S3ObjectDeleteEvent : CloudWatchEvent<S3ObjectDelete>;

/// <summary>S3 object event details, as an event of an S3 object carries it.</summary>
[DataContract]
public class S3ObjectEventDetails
{
    [DataMember(Name = "version")]
    public string Version { get; set; }

    [DataMember(Name = "bucket")]
    public Bucket Bucket { get; set; }

    [DataMember(Name = "object")]
    public S3Object Object { get; set; }

    [DataMember(Name = "request-id")]
    [JsonPropertyName("request-id")]
    public string RequestId { get; set; }

    [DataMember(Name = "requester")]
    public string Requester { get; set; }
}

/// <summary>S3 object restore, as an event of an S3 object carries it.</summary>
[DataContract]
public class S3ObjectRestore : S3ObjectEventDetails
{
    [DataMember(Name = "restore-expiry-time")]
    [JsonPropertyName("restore-expiry-time")]
    public string RestoreExpiryTime { get; set; }

    [DataMember(Name = "source-storage-class")]
    [JsonPropertyName("source-storage-class")]
    public string SourceStorageClass { get; set; }
}

/// <summary>An event that tells of a change of an S3 object.</summary>
public class S3ObjectRestoreEvent : CloudWatchEvent<S3ObjectRestore>;
