namespace Amazon.Lambda.CloudWatchEvents.ECSEvents;

/// <summary>Attachment, as an event of an Amazon ECS task or container instance carries it.</summary>
public class Attachment
{
    public List<NameValue> Details { get; set; }
    public string Id { get; set; }
    public string Status { get; set; }
    public string Type { get; set; }
}

/// <summary>Attribute, as an event of an Amazon ECS task or container instance carries it.</summary>
public class Attribute
{
    public string Name { get; set; }
    public string TargetId { get; set; }
    public string TargetType { get; set; }
    public string Value { get; set; }
}

/// <summary>Container, as an event of an Amazon ECS task or container instance carries it.</summary>
public class Container
{
    public string ContainerArn { get; set; }
    public string Cpu { get; set; }
    public int ExitCode { get; set; }
    public List<string> GpuIds { get; set; }
    public string HealthStatus { get; set; }
    public string Image { get; set; }
    public string ImageDigest { get; set; }
    public string LastStatus { get; set; }
    public List<ManagedAgent> ManagedAgents { get; set; }
    public string Memory { get; set; }
    public string MemoryReservation { get; set; }
    public string Name { get; set; }
    public List<NetworkBinding> NetworkBindings { get; set; }
    public List<NetworkInterface> NetworkInterfaces { get; set; }
    public string Reason { get; set; }
    public string RuntimeId { get; set; }
    public string TaskArn { get; set; }
}

/// <summary>Container instance, as an event of an Amazon ECS task or container instance carries it.</summary>
public class ContainerInstance
{
    public bool AgentConnected { get; set; }
    public string AgentUpdateStatus { get; set; }
    public List<Attachment> Attachments { get; set; }
    public List<Attribute> Attributes { get; set; }
    public string CapacityProviderName { get; set; }
    public string ContainerInstanceArn { get; set; }
    public string Ec2InstanceId { get; set; }
    public int PendingTasksCount { get; set; }
    public DateTime RegisteredAt { get; set; }
    public List<Resource> RegisteredResources { get; set; }
    public List<Resource> RemainingResources { get; set; }
    public int RunningTasksCount { get; set; }
    public string Status { get; set; }
    public string StatusReason { get; set; }
    public List<KeyValuePair<string, string>> Tags { get; set; }
    public long Version { get; set; }
    public VersionInfo VersionInfo { get; set; }
    public string ClusterArn { get; set; }
    public DateTime UpdatedAt { get; set; }
}

/// <summary>Container override, as an event of an Amazon ECS task or container instance carries it.</summary>
public class ContainerOverride
{
    public List<string> Command { get; set; }
    public int Cpu { get; set; }
    public List<NameValue> Environment { get; set; }
    public int Memory { get; set; }
    public int MemoryReservation { get; set; }
    public string Name { get; set; }
}

/// <summary>Network binding, as an event of an Amazon ECS task or container instance carries it.</summary>
public class NetworkBinding
{
    public string BindIP { get; set; }
    public int ContainerPort { get; set; }
    public int HostPort { get; set; }
    public string Protocol { get; set; }
}

/// <summary>Network interface, as an event of an Amazon ECS task or container instance carries it.</summary>
public class NetworkInterface
{
    public string AttachmentId { get; set; }
    public string Ipv6Address { get; set; }
    public string PrivateIpv4Address { get; set; }
}

/// <summary>Resource, as an event of an Amazon ECS task or container instance carries it.</summary>
public class Resource
{
    public double DoubleValue { get; set; }
    public int IntegerValue { get; set; }
    public long LongValue { get; set; }
    public string Name { get; set; }
    public string Type { get; set; }
    public List<string> StringSetValue { get; set; }
}

/// <summary>Version info, as an event of an Amazon ECS task or container instance carries it.</summary>
public class VersionInfo
{
    public string AgentHash { get; set; }
    public string AgentVersion { get; set; }
    public string DockerVersion { get; set; }
}
