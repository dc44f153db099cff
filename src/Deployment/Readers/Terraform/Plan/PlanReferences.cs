using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Plan;

/// <summary>Follows the references of a plan's configuration, from module to module.</summary>
/// <param name="resources">The resources.</param>
internal sealed class PlanReferences(PlanResources resources)
{
    private const int MaximumSteps = 32;
    private const int MaximumReferences = 256;
    private const string Arn = "arn";

    /// <summary>What a reference leads to: a resource and one of its attributes.</summary>
    internal readonly record struct Target(PlanResource Resource, string Attribute)
    {
        /// <summary>The piece of text that it is, if the attribute names the resource.</summary>
        public Segment? Identity => Resource.Type.IdentityOf(Resource.Address.Value, Attribute);
    }

    /// <summary>The references of an expression; of each only the longest way of writing it.</summary>
    public static IReadOnlyList<string> Of(YamlNode? expression)
    {
        var all =
            ((expression as YamlMapping)?["references"]?.Value as YamlSequence)?.Items.OfType<YamlScalar>().Select(item => item.Value).Distinct().ToList()
            ?? [];
        return [.. all.Where(one => !all.Any(other => IsWithin(other, one)))];
    }

    /// <summary>The attributes of resources that an expression uses, or null if it uses something else too.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="module">The module it stands in.</param>
    /// <param name="key">The key of the resource it stands in, for references to resources that have the same.</param>
    public IReadOnlyList<Target>? TargetsOf(YamlNode? expression, PlanModule module, string key)
    {
        var steps = MaximumSteps;
        var targets = new List<Target>();
        return Add(expression, module, key, targets, ref steps) && targets.Count > 0 ? targets : null;
    }

    /// <summary>The root module's variable that an expression of a module rests on, or null.</summary>
    public static string? VariableOf(YamlNode? expression, PlanModule module)
    {
        for (var current = module; ; current = current.Parent)
        {
            if (Of(expression).FirstOrDefault(reference => reference.StartsWith("var.", StringComparison.Ordinal)) is not { } reference)
                return null;
            var name = reference.Split('.')[1];
            if (current.Parent is null)
                return name;
            expression = current.Configuration.Arguments?[name]?.Value;
        }
    }

    private static bool IsWithin(string longer, string shorter) =>
        longer.Length > shorter.Length && longer.StartsWith(shorter, StringComparison.Ordinal) && longer[shorter.Length] is '.' or '[';

    private bool Add(YamlNode? expression, PlanModule module, string key, List<Target> targets, ref int steps)
    {
        foreach (var reference in Of(expression))
        {
            if (reference is "each.key" or "each.value" or "count.index")
                continue;
            if (steps-- <= 0 || !Add(reference, module, key, targets, ref steps))
                return false;
        }

        return true;
    }

    private bool Add(string reference, PlanModule module, string key, List<Target> targets, ref int steps)
    {
        var parts = reference.Split('.');
        if (parts.Length == 2 && parts[0] == "var")
            return module.Parent is { } parent && Add(module.Configuration.Arguments?[parts[1]]?.Value, parent, "", targets, ref steps);
        if (parts.Length == 3 && parts[0] == "module" && module.Configuration.Module(NameOf(parts[1])) is { } called)
            return Add(called.OutputOf(parts[2]), new($"{module.Prefix}module.{parts[1]}.", called, module), "", targets, ref steps);
        if (parts.Length < 2 || parts[0] is "data" or "module" or "local" or "var")
            return false;

        // Keys may have dots; the attribute has none. Which one is meant of a resource with a key that is computed, a plan does not tell.
        var attribute = parts.Length == 2 ? Arn : parts[parts.Length - 1];
        var address = module.Prefix + (parts.Length == 2 ? reference : reference.Substring(0, reference.Length - attribute.Length - 1));
        if ((resources.Find(address) ?? resources.Find(address + key)) is not { } found)
            return false;
        targets.Add(new(found, attribute));
        return true;
    }

    private static string NameOf(string call) => call.IndexOf('[') is >= 0 and var key ? call.Substring(0, key) : call;
}
