using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>What the files of a module declare.</summary>
internal sealed class HclDeclarations
{
    private readonly Dictionary<string, HclBlock> resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HclBlock> data = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HclBlock> variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HclAttribute> locals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HclExpression> given = new(StringComparer.Ordinal);
    private readonly List<HclBlock> moduleCalls = [];
    private readonly List<HclFault> faults = [];

    /// <summary>The resources by address, in the order written.</summary>
    public IReadOnlyDictionary<string, HclBlock> Resources => resources;

    /// <summary>The variables by name.</summary>
    public IReadOnlyDictionary<string, HclBlock> Variables => variables;

    /// <summary>The local values by name.</summary>
    public IReadOnlyDictionary<string, HclAttribute> Locals => locals;

    /// <summary>The values that files of values give to variables.</summary>
    public IReadOnlyDictionary<string, HclExpression> Given => given;

    /// <summary>The modules that are called.</summary>
    public IReadOnlyList<HclBlock> ModuleCalls => moduleCalls;

    /// <summary>The resource or data source of that address, or null.</summary>
    public HclBlock? Find(string address) =>
        resources.TryGetValue(address, out var resource) ? resource
        : data.TryGetValue(address, out var source) ? source
        : null;

    /// <summary>Whether a part of a block cannot be read.</summary>
    public bool IsFaulty(HclBlock block) => faults.Any(fault => Holds(block, fault));

    /// <summary>Whether something cannot be read that is not within a resource: it may be another one.</summary>
    public bool MayHideResources => faults.Any(fault => !resources.Values.Concat(data.Values).Any(block => Holds(block, fault)));

    /// <summary>Notes what cannot be read.</summary>
    public void Add(IEnumerable<HclFault> unread) => faults.AddRange(unread);

    private static bool Holds(HclBlock block, HclFault fault) => block.Start <= fault.Start && fault.Start <= block.Body.End;

    /// <summary>Adds what a configuration file declares. Of two declarations of one name the first counts.</summary>
    public void Add(HclBody file)
    {
        foreach (var block in file.Blocks)
        {
            switch (block)
            {
                case { Type: "resource", Labels: [{ } type, { } name] }:
                    Add(resources, $"{type}.{name}", block);
                    break;
                case { Type: "data", Labels: [{ } type, { } name] }:
                    Add(data, $"data.{type}.{name}", block);
                    break;
                case { Type: "variable", Labels: [{ } name] }:
                    Add(variables, name, block);
                    break;
                case { Type: "module", Labels: [_] }:
                    moduleCalls.Add(block);
                    break;
                case { Type: "locals" }:
                    foreach (var local in block.Body.Attributes)
                        Add(locals, local.Name, local);
                    break;
            }
        }
    }

    /// <summary>Lays a file of overrides over what is declared: attributes one by one, blocks by their type.</summary>
    public void Override(HclBody file)
    {
        foreach (var block in file.Blocks)
        {
            switch (block)
            {
                case { Type: "resource", Labels: [{ } type, { } name] }:
                    Override(resources, $"{type}.{name}", block);
                    break;
                case { Type: "data", Labels: [{ } type, { } name] }:
                    Override(data, $"data.{type}.{name}", block);
                    break;
                case { Type: "variable", Labels: [{ } name] }:
                    Override(variables, name, block);
                    break;
                case { Type: "locals" }:
                    foreach (var local in block.Body.Attributes)
                        locals[local.Name] = local;
                    break;
            }
        }
    }

    /// <summary>Adds what a file of values gives; later files go before earlier ones.</summary>
    public void AddGiven(HclBody file)
    {
        foreach (var value in file.Attributes)
            given[value.Name] = value.Value;
    }

    private static void Add<T>(Dictionary<string, T> declared, string name, T declaration)
    {
        if (!declared.ContainsKey(name))
            declared.Add(name, declaration);
    }

    private static void Override(Dictionary<string, HclBlock> declared, string name, HclBlock block)
    {
        if (!declared.TryGetValue(name, out var original))
            return;
        var body = block.Body;
        declared[name] = original with
        {
            Body = new(
                original.Body.Start,
                original.Body.End,
                [.. original.Body.Attributes.Where(attribute => body[attribute.Name] is null), .. body.Attributes],
                [.. original.Body.Blocks.Where(inner => !body.Blocks.Any(other => other.Type == inner.Type)), .. body.Blocks]
            ),
        };
    }
}
