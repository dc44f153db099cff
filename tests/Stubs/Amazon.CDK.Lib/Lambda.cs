using Constructs;

namespace Amazon.CDK.AWS.Lambda;

public interface IEventSource;

public interface IEventSourceDlq;

public interface IProvisionedPollerConfig;

public class ProvisionedPollerConfig : IProvisionedPollerConfig
{
    public double MaximumPollers { get; set; }
    public double MinimumPollers { get; set; }
}

/// <summary>What a mapping lets through.</summary>
public class FilterCriteria
{
    public static IDictionary<string, object> Filter(IDictionary<string, object> filter) => filter;
}

/// <summary>The parts of a filter.</summary>
public static class FilterRule
{
    public static object[] BeginsWith(string elem) => [elem];

    public static IDictionary<string, object>[] Between(double first, double second) => [new Dictionary<string, object> { ["numeric"] = first + second }];

    public static string[] Empty() => [""];

    public static object[] Exists() => [true];

    public static object IsEqual(object item) => item;

    public static IDictionary<string, object>[] NotEquals(string elem) => [new Dictionary<string, object> { ["anything-but"] = elem }];

    public static object[] NotExists() => [false];

    public static object[] Null() => [null];

    public static string[] Or(params string[] elem) => elem;
}

public interface IVersion : IConstruct;

public class Version(Construct scope, string id) : Resource(scope, id), IVersion;

public interface IDestination;

public interface IFunction : IConstruct, IAM.IGrantable
{
    IAM.IRole Role { get; }
    string FunctionArn { get; }
    string FunctionName { get; }

    void AddEventSource(IEventSource source);

    EventSourceMapping AddEventSourceMapping(string id, IEventSourceMappingOptions options);
}

public class Runtime
{
    public static Runtime DOTNET_8 { get; } = new();
    public static Runtime PROVIDED_AL2023 { get; } = new();
}

public class Code
{
    public static Code FromAsset(string path) => new();
}

public class DockerImageCode
{
    public static DockerImageCode FromImageAsset(string directory) => new();
}

public enum StartingPosition
{
    TRIM_HORIZON,
    LATEST,
    AT_TIMESTAMP,
}

public class FunctionOptions
{
    public SQS.IQueue DeadLetterQueue { get; set; }
    public bool? DeadLetterQueueEnabled { get; set; }
    public IDictionary<string, string> Environment { get; set; }
    public IEventSource[] Events { get; set; }
    public string FunctionName { get; set; }
    public double? MemorySize { get; set; }
    public double? ReservedConcurrentExecutions { get; set; }
    public IAM.IRole Role { get; set; }
    public Duration Timeout { get; set; }
}

public interface IFunctionProps;

public class FunctionProps : FunctionOptions, IFunctionProps
{
    public Code Code { get; set; }
    public string Handler { get; set; }
    public Runtime Runtime { get; set; }
}

public class Function : Resource, IFunction
{
    public Function(Construct scope, string id, IFunctionProps props)
        : base(scope, id) { }

    protected Function(Construct scope, string id)
        : base(scope, id) { }

    public IAM.IRole Role => null;
    public string FunctionArn => "";
    public string FunctionName => "";

    public void AddEventSource(IEventSource source) { }

    public void AddToRolePolicy(IAM.PolicyStatement statement) { }

    public Version CurrentVersion => new(this, "CurrentVersion");

    public Alias AddAlias(string aliasName) => new(this, aliasName, new AliasProps { AliasName = aliasName, Version = CurrentVersion });

    public EventSourceMapping AddEventSourceMapping(string id, IEventSourceMappingOptions options) => new(this, id, null);
}

public class AliasProps
{
    public string AliasName { get; set; }
    public IVersion Version { get; set; }
}

public class Alias(Construct scope, string id, AliasProps props) : Resource(scope, id), IFunction
{
    public IAM.IRole Role => null;
    public string FunctionArn => "";
    public string FunctionName => props.AliasName;

    public void AddEventSource(IEventSource source) { }

    public EventSourceMapping AddEventSourceMapping(string id, IEventSourceMappingOptions options) => new(this, id, null);
}

public class DockerImageFunctionProps : FunctionOptions
{
    public DockerImageCode Code { get; set; }
}

public class DockerImageFunction(Construct scope, string id, DockerImageFunctionProps props) : Function(scope, id)
{
    public double? Memory => props.MemorySize;
}

public class CfnFunctionProps
{
    public string FunctionName { get; set; }
    public string Handler { get; set; }
    public double? ReservedConcurrentExecutions { get; set; }
    public string Runtime { get; set; }
    public double? Timeout { get; set; }
}

public class CfnFunction(Construct scope, string id, CfnFunctionProps props) : CfnResource(scope, id)
{
    public string AttrArn => "";
    public string FunctionName => props.FunctionName;
}

public interface IEventSourceMappingOptions;

public class EventSourceMappingOptions : IEventSourceMappingOptions
{
    public double? BatchSize { get; set; }
    public bool? BisectBatchOnError { get; set; }
    public bool? Enabled { get; set; }
    public string EventSourceArn { get; set; }
    public IDictionary<string, object>[] Filters { get; set; }
    public Duration MaxBatchingWindow { get; set; }
    public double? MaxConcurrency { get; set; }
    public Duration MaxRecordAge { get; set; }
    public IEventSourceDlq OnFailure { get; set; }
    public double? ParallelizationFactor { get; set; }
    public bool? ReportBatchItemFailures { get; set; }
    public double? RetryAttempts { get; set; }
    public StartingPosition? StartingPosition { get; set; }
    public Duration TumblingWindow { get; set; }
}

public class EventSourceMappingProps : EventSourceMappingOptions
{
    public IFunction Target { get; set; }
}

public class EventSourceMapping(Construct scope, string id, EventSourceMappingProps props) : Resource(scope, id)
{
    public string Source => props?.EventSourceArn;
}

public class CfnEventSourceMappingProps
{
    public double? BatchSize { get; set; }
    public object BisectBatchOnFunctionError { get; set; }
    public object DestinationConfig { get; set; }
    public object Enabled { get; set; }
    public string EventSourceArn { get; set; }
    public object FilterCriteria { get; set; }
    public string FunctionName { get; set; }
    public string[] FunctionResponseTypes { get; set; }
    public double? MaximumBatchingWindowInSeconds { get; set; }
    public double? MaximumRecordAgeInSeconds { get; set; }
    public double? MaximumRetryAttempts { get; set; }
    public double? ParallelizationFactor { get; set; }
    public string StartingPosition { get; set; }
    public double? TumblingWindowInSeconds { get; set; }
}

public class CfnEventSourceMapping(Construct scope, string id, CfnEventSourceMappingProps props) : CfnResource(scope, id)
{
    public string FunctionName => props.FunctionName;
}
