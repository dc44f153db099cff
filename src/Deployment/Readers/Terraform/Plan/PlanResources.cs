using AtLeastOnce.Deployment.Readers.Terraform.Resources;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Plan;

/// <summary>Lists the resources that a plan will have deployed, those of modules included.</summary>
internal sealed class PlanResources
{
    private const int MaximumModules = 32;
    private readonly Dictionary<string, PlanResource> byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, YamlMapping> unknownByAddress = new(StringComparer.Ordinal);
    private readonly bool tellsUnknown;

    /// <summary>Reads a plan's root.</summary>
    public PlanResources(YamlMapping plan)
    {
        var changes = plan["resource_changes"]?.Value as YamlSequence;
        tellsUnknown = changes is not null;
        foreach (var change in changes?.Items.OfType<YamlMapping>() ?? [])
        {
            if (change["address"]?.Value is YamlScalar address && (change["change"]?.Value as YamlMapping)?["after_unknown"]?.Value is YamlMapping unknown)
                unknownByAddress[address.Value] = unknown;
        }

        Root = new("", new((plan["configuration"]?.Value as YamlMapping)?["root_module"]?.Value as YamlMapping), null);
        if ((plan["planned_values"]?.Value as YamlMapping)?["root_module"]?.Value is YamlMapping root)
            Add(root, Root, 0);
    }

    /// <summary>The root module.</summary>
    public PlanModule Root { get; }

    /// <summary>The resources, in the order written.</summary>
    public IEnumerable<PlanResource> All => byAddress.Values;

    /// <summary>The resource of that address, or null.</summary>
    public PlanResource? Find(string address) => byAddress.TryGetValue(address, out var resource) ? resource : null;

    private void Add(YamlMapping planned, PlanModule module, int depth)
    {
        foreach (var resource in ItemsOf(planned, "resources"))
        {
            if (
                resource["mode"]?.Value is YamlScalar { Value: "managed" }
                && resource["address"]?.Value is YamlScalar address
                && address.Value.StartsWith(module.Prefix, StringComparison.Ordinal)
                && resource["type"]?.Value is YamlScalar type
                && TerraformSchema.Find(type.Value) is { } known
                && resource["values"]?.Value is YamlMapping values
            )
                byAddress[address.Value] = new(address, known, KeyOf(address.Value, module.Prefix.Length), values, UnknownOf(address.Value, values), module);
        }

        foreach (var child in ItemsOf(planned, "child_modules"))
        {
            if (depth < MaximumModules && child["address"]?.Value is YamlScalar address && address.Value.StartsWith(module.Prefix, StringComparison.Ordinal))
                Add(child, new(address.Value + ".", ConfigurationOf(module, address.Value), module), depth + 1);
        }
    }

    // module.queues["eu"] → queues
    private static PlanConfiguration ConfigurationOf(PlanModule parent, string address)
    {
        const string Module = "module.";
        var local = address.Substring(parent.Prefix.Length);
        if (!local.StartsWith(Module, StringComparison.Ordinal))
            return new(null);
        var key = local.IndexOf('[');
        var name = local.Substring(Module.Length, (key < 0 ? local.Length : key) - Module.Length);
        return parent.Configuration.Module(name) ?? new(null);
    }

    private static string KeyOf(string address, int from)
    {
        var key = address.IndexOf('[', from);
        return key < 0 ? "" : address.Substring(key);
    }

    // Where the plan tells what is unknown, what it does not tell is known.
    private YamlMapping? UnknownOf(string address, YamlMapping values) =>
        unknownByAddress.TryGetValue(address, out var unknown) ? unknown
        : tellsUnknown ? new YamlMapping(values.Start, values.Start, null, [], true)
        : null;

    private static IEnumerable<YamlMapping> ItemsOf(YamlMapping owner, string name) => (owner[name]?.Value as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];
}
