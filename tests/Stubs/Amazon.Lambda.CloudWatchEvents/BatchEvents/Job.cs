namespace Amazon.Lambda.CloudWatchEvents.BatchEvents;

/// <summary>An event that tells of a change of an AWS Batch job.</summary>
public class BatchJobStateChangeEvent : CloudWatchEvent<Job>;

/// <summary>Array properties detail, as an event of an AWS Batch job carries it.</summary>
public class ArrayPropertiesDetail
{
    public int Index { get; set; }
    public int Size { get; set; }
    public Dictionary<string, int> StatusSummary { get; set; }
}

/// <summary>Evaluate on exit, as an event of an AWS Batch job carries it.</summary>
public class EvaluateOnExit
{
    public string Action { get; set; }
    public string OnExitCode { get; set; }
    public string OnReason { get; set; }
    public string OnStatusReason { get; set; }
}

/// <summary>Job, as an event of an AWS Batch job carries it.</summary>
public class Job
{
    public ArrayPropertiesDetail ArrayProperties { get; set; }
    public List<AttemptDetail> Attempts { get; set; }
    public ContainerDetail Container { get; set; }
    public long CreatedAt { get; set; }
    public List<JobDependency> DependsOn { get; set; }
    public string JobArn { get; set; }
    public string JobDefinition { get; set; }
    public string JobId { get; set; }
    public string JobName { get; set; }
    public string JobQueue { get; set; }
    public NodeDetails NodeDetails { get; set; }
    public NodeProperties NodeProperties { get; set; }
    public Dictionary<string, string> Parameters { get; set; }
    public List<string> PlatformCapabilities { get; set; }
    public bool PropagateTags { get; set; }
    public RetryStrategy RetryStrategy { get; set; }
    public long StartedAt { get; set; }
    public string Status { get; set; }
    public string StatusReason { get; set; }
    public long StoppedAt { get; set; }
    public Dictionary<string, string> Tags { get; set; }
    public JobTimeout Timeout { get; set; }
}

/// <summary>Job dependency, as an event of an AWS Batch job carries it.</summary>
public class JobDependency
{
    public string JobId { get; set; }
    public string Type { get; set; }
}

/// <summary>Job timeout, as an event of an AWS Batch job carries it.</summary>
public class JobTimeout
{
    public int AttemptDurationSeconds { get; set; }
}

/// <summary>Node details, as an event of an AWS Batch job carries it.</summary>
public class NodeDetails
{
    public bool IsMainNode { get; set; }
    public int NodeIndex { get; set; }
}

/// <summary>Node properties, as an event of an AWS Batch job carries it.</summary>
public class NodeProperties
{
    public int MainNode { get; set; }
    public List<NodeRangeProperty> NodeRangeProperties { get; set; }
    public int NumNodes { get; set; }
}

/// <summary>Node range property, as an event of an AWS Batch job carries it.</summary>
public class NodeRangeProperty
{
    public ContainerProperties Container { get; set; }
    public string TargetNodes { get; set; }
}

/// <summary>Retry strategy, as an event of an AWS Batch job carries it.</summary>
public class RetryStrategy
{
    public int Attempts { get; set; }
    public List<EvaluateOnExit> EvaluateOnExit { get; set; }
}
