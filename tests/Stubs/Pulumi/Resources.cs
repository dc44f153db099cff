namespace Pulumi;

public abstract class ResourceArgs;

public sealed class ResourceTransformationArgs;

public readonly struct ResourceTransformationResult;

public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);

public abstract class ResourceOptions
{
    private InputList<Resource> _dependsOn;

    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= new();
        set => _dependsOn = value;
    }

    public List<string> IgnoreChanges { get; set; } = [];
    public Resource Parent { get; set; }
    public bool? Protect { get; set; }
    public List<ResourceTransformation> ResourceTransformations { get; set; } = [];
    public string Version { get; set; }
}

public sealed class CustomResourceOptions : ResourceOptions
{
    public bool? DeleteBeforeReplace { get; set; }
    public string ImportId { get; set; }

    public static CustomResourceOptions Merge(CustomResourceOptions options1, CustomResourceOptions options2) => options2 ?? options1;
}

public sealed class ComponentResourceOptions : ResourceOptions;

public class StackOptions
{
    public List<ResourceTransformation> ResourceTransformations { get; set; } = [];
}

/// <summary>What is deployed.</summary>
public class Resource
{
    private protected Resource(string name) => _name = name;

    private readonly string _name;

    public string GetResourceName() => _name;

    public Output<string> Urn { get; } = new();
}

public class CustomResource : Resource
{
    public CustomResource(string type, string name, ResourceArgs args, CustomResourceOptions options = null)
        : base(name) { }

    public Output<string> Id { get; } = new();
}

/// <summary>A resource that is made of others.</summary>
public class ComponentResource : Resource
{
    public ComponentResource(string type, string name, ComponentResourceOptions options = null)
        : base(name) { }

    protected void RegisterOutputs() { }

    protected void RegisterOutputs(IDictionary<string, object> outputs) { }
}

/// <summary>All that a program deploys.</summary>
public class Stack : ComponentResource
{
    public Stack(StackOptions options = null)
        : base("pulumi:pulumi:Stack", "") { }
}

public sealed class InvokeOptions;

public class InvokeArgs;
