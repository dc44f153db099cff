namespace Amazon.Lambda.CloudWatchEvents.ECSEvents;

/// <summary>An event that tells of a change of an Amazon ECS task or container instance.</summary>
public class ECSContainerInstanceStateChangeEvent : CloudWatchEvent<ContainerInstance>;

/// <summary>An event that tells of a change of an Amazon ECS task or container instance.</summary>
public class ECSTaskStateChangeEvent : CloudWatchEvent<Task>;

/// <summary>Ephemeral storage, as an event of an Amazon ECS task or container instance carries it.</summary>
public class EphemeralStorage
{
    public int SizeInGiB { get; set; }
}

/// <summary>Inference accelerator, as an event of an Amazon ECS task or container instance carries it.</summary>
public class InferenceAccelerator
{
    public string DeviceName { get; set; }
    public string DeviceType { get; set; }
}

/// <summary>Inference accelerator override, as an event of an Amazon ECS task or container instance carries it.</summary>
public class InferenceAcceleratorOverride : InferenceAccelerator;

/// <summary>Managed agent, as an event of an Amazon ECS task or container instance carries it.</summary>
public class ManagedAgent
{
    public DateTime LastStartedAt { get; set; }
    public string LastStatus { get; set; }
    public string Name { get; set; }
    public string Reason { get; set; }
}

/// <summary>Task, as an event of an Amazon ECS task or container instance carries it.</summary>
public class Task
{
    public List<Attachment> Attachments { get; set; }
    public List<Attribute> Attributes { get; set; }
    public string AvailabilityZone { get; set; }
    public string CapacityProviderName { get; set; }
    public string ClusterArn { get; set; }
    public string Connectivity { get; set; }
    public DateTime ConnectivityAt { get; set; }
    public string ContainerInstanceArn { get; set; }
    public List<Container> Containers { get; set; }
    public string Cpu { get; set; }
    public DateTime CreatedAt { get; set; }
    public string DesiredStatus { get; set; }
    public bool EnableExecuteCommand { get; set; }
    public EphemeralStorage EphemeralStorage { get; set; }
    public DateTime ExecutionStoppedAt { get; set; }
    public string Group { get; set; }
    public string HealthStatus { get; set; }
    public List<InferenceAccelerator> InferenceAccelerators { get; set; }
    public string LastStatus { get; set; }
    public string LaunchType { get; set; }
    public string Memory { get; set; }
    public TaskOverride Overrides { get; set; }
    public string PlatformVersion { get; set; }
    public DateTime PullStartedAt { get; set; }
    public DateTime PullStoppedAt { get; set; }
    public DateTime StartedAt { get; set; }
    public string StartedBy { get; set; }
    public string StopCode { get; set; }
    public DateTime StoppedAt { get; set; }
    public string StoppedReason { get; set; }
    public DateTime StoppingAt { get; set; }
    public List<KeyValuePair<string, string>> Tags { get; set; }
    public string TaskArn { get; set; }
    public string TaskDefinitionArn { get; set; }
    public long Version { get; set; }
    public DateTime UpdatedAt { get; set; }
}

/// <summary>Task override, as an event of an Amazon ECS task or container instance carries it.</summary>
public class TaskOverride
{
    public List<ContainerOverride> ContainerOverrides { get; set; }
    public string Cpu { get; set; }
    public EphemeralStorage EphemeralStorage { get; set; }
    public string ExecutionRoleArn { get; set; }
    public List<InferenceAcceleratorOverride> InferenceAcceleratorOverrides { get; set; }
    public string Memory { get; set; }
    public string TaskRoleArn { get; set; }
}
