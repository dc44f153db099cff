using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Plan;

/// <summary>The configuration of a module as a plan tells it.</summary>
internal sealed class PlanConfiguration
{
    private readonly YamlMapping? node;
    private readonly Dictionary<string, YamlMapping> resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlanConfiguration> modules = new(StringComparer.Ordinal);

    /// <summary>The root module's configuration.</summary>
    public PlanConfiguration(YamlMapping? node)
        : this(node, null, null) { }

    private PlanConfiguration(YamlMapping? node, PlanConfiguration? parent, YamlMapping? arguments)
    {
        (this.node, Parent, Arguments) = (node, parent, arguments);
        foreach (var resource in (node?["resources"]?.Value as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (resource["address"]?.Value is YamlScalar address)
                resources[address.Value] = resource;
        }

        foreach (var call in (node?["module_calls"]?.Value as YamlMapping)?.Members ?? [])
        {
            if (call.Value is YamlMapping called)
                modules[call.Key.Value] = new(called["module"]?.Value as YamlMapping, this, called["expressions"]?.Value as YamlMapping);
        }
    }

    /// <summary>The module that calls this one, or null.</summary>
    public PlanConfiguration? Parent { get; }

    /// <summary>What the call gives to the module's variables, or null.</summary>
    public YamlMapping? Arguments { get; }

    /// <summary>The module of a call, or null.</summary>
    public PlanConfiguration? Module(string name) => modules.TryGetValue(name, out var module) ? module : null;

    /// <summary>What a resource's configuration writes, by its address in the module without a key; null if it is not told.</summary>
    public YamlMapping? ExpressionsOf(string address) =>
        resources.TryGetValue(address, out var resource) ? resource["expressions"]?.Value as YamlMapping : null;

    /// <summary>A variable's default, or null.</summary>
    public YamlNode? DefaultOf(string variable) => ((node?["variables"]?.Value as YamlMapping)?[variable]?.Value as YamlMapping)?["default"]?.Value;

    /// <summary>The expression of an output, or null.</summary>
    public YamlNode? OutputOf(string name) => ((node?["outputs"]?.Value as YamlMapping)?[name]?.Value as YamlMapping)?["expression"]?.Value;
}
