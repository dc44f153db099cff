namespace Amazon.Lambda.CloudWatchEvents.BatchEvents;

/// <summary>Attempt container detail, as an event of an AWS Batch job carries it.</summary>
public class AttemptContainerDetail
{
    public string ContainerInstanceArn { get; set; }
    public int ExitCode { get; set; }
    public string LogStreamName { get; set; }
    public List<NetworkInterfaceDetail> NetworkInterfaces { get; set; }
    public string Reason { get; set; }
    public string TaskArn { get; set; }
}

/// <summary>Attempt detail, as an event of an AWS Batch job carries it.</summary>
public class AttemptDetail
{
    public AttemptContainerDetail Container { get; set; }
    public long StartedAt { get; set; }
    public string StatusReason { get; set; }
    public long StoppedAt { get; set; }
}

/// <summary>Container detail, as an event of an AWS Batch job carries it.</summary>
public class ContainerDetail
{
    public List<string> Command { get; set; }
    public string ContainerInstanceArn { get; set; }
    public List<NameValue> Environment { get; set; }
    public string ExecutionRoleArn { get; set; }
    public int ExitCode { get; set; }
    public FargatePlatformConfiguration FargatePlatformConfiguration { get; set; }
    public string Image { get; set; }
    public string InstanceType { get; set; }
    public string JobRoleArn { get; set; }
    public LinuxParameters LinuxParameters { get; set; }
    public LogConfiguration LogConfiguration { get; set; }
    public string LogStreamName { get; set; }
    public int Memory { get; set; }
    public List<MountPoint> MountPoints { get; set; }
    public NetworkConfiguration NetworkConfiguration { get; set; }
    public List<NetworkInterfaceDetail> NetworkInterfaces { get; set; }
    public bool Privileged { get; set; }
    public bool ReadonlyRootFilesystem { get; set; }
    public string Reason { get; set; }
    public List<ResourceRequirement> ResourceRequirements { get; set; }
    public List<Secret> Secrets { get; set; }
    public string TaskArn { get; set; }
    public List<Ulimit> Ulimits { get; set; }
    public string User { get; set; }
    public int Vcpus { get; set; }
    public List<Volume> Volumes { get; set; }
}

/// <summary>Container properties, as an event of an AWS Batch job carries it.</summary>
public class ContainerProperties
{
    public List<string> Command { get; set; }
    public List<NameValue> Environment { get; set; }
    public string ExecutionRoleArn { get; set; }
    public FargatePlatformConfiguration FargatePlatformConfiguration { get; set; }
    public string Image { get; set; }
    public string InstanceType { get; set; }
    public string JobRoleArn { get; set; }
    public LinuxParameters LinuxParameters { get; set; }
    public LogConfiguration LogConfiguration { get; set; }
    public int Memory { get; set; }
    public List<MountPoint> MountPoints { get; set; }
    public NetworkConfiguration NetworkConfiguration { get; set; }
    public bool Privileged { get; set; }
    public bool ReadonlyRootFilesystem { get; set; }
    public List<ResourceRequirement> ResourceRequirements { get; set; }
    public List<Secret> Secrets { get; set; }
    public List<Ulimit> Ulimits { get; set; }
    public string User { get; set; }
    public int Vcpus { get; set; }
    public List<Volume> Volumes { get; set; }
}

/// <summary>Device, as an event of an AWS Batch job carries it.</summary>
public class Device
{
    public string ContainerPath { get; set; }
    public string HostPath { get; set; }
    public List<string> Permissions { get; set; }
}

/// <summary>EFS authorization config, as an event of an AWS Batch job carries it.</summary>
public class EFSAuthorizationConfig
{
    public string AccessPointId { get; set; }
    public string Iam { get; set; }
}

/// <summary>EFS volume configuration, as an event of an AWS Batch job carries it.</summary>
public class EFSVolumeConfiguration
{
    public EFSAuthorizationConfig AuthorizationConfig { get; set; }
    public string FileSystemId { get; set; }
    public string RootDirectory { get; set; }
    public string TransitEncryption { get; set; }
    public int TransitEncryptionPort { get; set; }
}

/// <summary>Fargate platform configuration, as an event of an AWS Batch job carries it.</summary>
public class FargatePlatformConfiguration
{
    public string PlatformVersion { get; set; }
}

/// <summary>Host, as an event of an AWS Batch job carries it.</summary>
public class Host
{
    public string SourcePath { get; set; }
}

/// <summary>Linux parameters, as an event of an AWS Batch job carries it.</summary>
public class LinuxParameters
{
    public List<Device> Devices { get; set; }
    public bool InitProcessEnabled { get; set; }
    public int MaxSwap { get; set; }
    public int SharedMemorySize { get; set; }
    public int Swappiness { get; set; }
    public List<Tmpfs> Tmpfs { get; set; }
}

/// <summary>Log configuration, as an event of an AWS Batch job carries it.</summary>
public class LogConfiguration
{
    public string LogDriver { get; set; }
    public Dictionary<string, string> Options { get; set; }
    public List<Secret> SecretOptions { get; set; }
}

/// <summary>Mount point, as an event of an AWS Batch job carries it.</summary>
public class MountPoint
{
    public string ContainerPath { get; set; }
    public bool ReadOnly { get; set; }
    public string SourceVolume { get; set; }
}

/// <summary>Network configuration, as an event of an AWS Batch job carries it.</summary>
public class NetworkConfiguration
{
    public string AssignPublicIp { get; set; }
}

/// <summary>Network interface detail, as an event of an AWS Batch job carries it.</summary>
public class NetworkInterfaceDetail
{
    public string AttachmentId { get; set; }
    public string Ipv6Address { get; set; }
    public string PrivateIpv4Address { get; set; }
}

/// <summary>Resource requirement, as an event of an AWS Batch job carries it.</summary>
public class ResourceRequirement
{
    public string Type { get; set; }
    public string Value { get; set; }
}

/// <summary>Secret, as an event of an AWS Batch job carries it.</summary>
public class Secret
{
    public string Name { get; set; }
    public string ValueFrom { get; set; }
}

/// <summary>Tmpfs, as an event of an AWS Batch job carries it.</summary>
public class Tmpfs
{
    public string ContainerPath { get; set; }
    public List<string> MountOptions { get; set; }
    public int Size { get; set; }
}

/// <summary>Ulimit, as an event of an AWS Batch job carries it.</summary>
public class Ulimit
{
    public int HardLimit { get; set; }
    public string Name { get; set; }
    public int SoftLimit { get; set; }
}

/// <summary>Volume, as an event of an AWS Batch job carries it.</summary>
public class Volume
{
    public EFSVolumeConfiguration EfsVolumeConfiguration { get; set; }
    public Host Host { get; set; }
    public string Name { get; set; }
}
