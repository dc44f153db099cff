using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>A module: what the blocks of a folder's files declare, and what its names stand for.</summary>
internal sealed class HclModule : IHclNames
{
    // Local values that are followed to what modules are given.
    private const int MaximumLocals = 64;
    private readonly HclDeclarations declarations;
    private readonly HclEvaluator evaluator;
    private readonly HclInstances instances;
    private readonly HclBodies bodies;
    private readonly Dictionary<string, Resolution> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<HclInstance>> instancesByAddress = new(StringComparer.Ordinal);

    /// <summary>Prepares to read what is declared.</summary>
    /// <param name="declarations">The declarations.</param>
    /// <param name="sourceOf">The text of an expression.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public HclModule(HclDeclarations declarations, Func<HclExpression, string> sourceOf, CancellationToken cancellation)
    {
        this.declarations = declarations;
        evaluator = new(this, cancellation);
        instances = new(evaluator, sourceOf);
        bodies = new(evaluator);
    }

    /// <summary>The resources, in the order written; not read inside where their type is not read.</summary>
    public IEnumerable<TerraformResource> Resources =>
        from declared in declarations.Resources
        from instance in InstancesOf(declared.Key)
        let type = declared.Value.Labels[0]
        select new TerraformResource(
            instance.Address,
            type,
            declared.Value.Start,
            declared.Value.HeadEnd,
            TerraformSchema.IsRead(type)
                ? bodies.OfResource(instance.Block, instance.Scope)
                : new YamlMapping(instance.Block.Body.Start, instance.Block.Body.End, null, [], true),
            instance.Condition
        )
        {
            WhyUnknown = declarations.IsFaulty(declared.Value) ? "a part of it cannot be read" : null,
        };

    /// <summary>Whether a module that is called is given one of the functions or roles, and may add to it.</summary>
    public bool CallsModulesWithResources
    {
        get
        {
            var locals = new HashSet<string>(StringComparer.Ordinal);
            return declarations.ModuleCalls.SelectMany(call => call.Body.Attributes).Any(attribute => MayAddTo(attribute.Value, locals));
        }
    }

    /// <inheritdoc/>
    public Resolution Resolve(string root, HclReference reference, HclScope scope)
    {
        var (start, end) = (reference.Expression.Start, reference.Expression.End);
        switch (root)
        {
            case "var" when reference.NameAt(0) is { } name:
                return Walk(Variable(name, start, end), 1);
            case "local" when reference.NameAt(0) is { } name:
                return Walk(Local(name), 1);
            case "data" when reference.NameAt(0) is { } type && reference.NameAt(1) is { } name:
                return Walk(Declared($"data.{type}.{name}"), 2);
            case "module" when reference.NameAt(0) is { } name:
                return Resolution.Unknown($"module '{name}' is not read");
            // Only the module in the folder itself is read, and a path in it is taken from there.
            case "path" when reference.NameAt(0) is "module" or "root":
                return Values.Of(new YamlScalar(start, end, null, ".", true));
            case "path" or "terraform" when reference.NameAt(0) is { } name:
                return Resolution.Of(new Alternative(SymbolicText.Of(SegmentKind.Parameter, root + "." + name), null, start, end, Basis.Literal));
            default:
                return reference.NameAt(0) is { } second ? Walk(Declared(root + "." + second), 1) : Resolution.Unknown($"'{root}' is not declared here");
        }

        Resolution Walk(Resolution value, int from) => evaluator.Walk(value, reference.Steps, from, reference.Expression, scope);
    }

    private bool MayAddTo(HclExpression expression, HashSet<string> locals) =>
        HclReferences
            .In(expression)
            .Any(reference =>
                reference.Root is TerraformTypes.LambdaFunction or TerraformTypes.LambdaAlias or TerraformTypes.IamRole
                || (
                    reference is { Root: "local" }
                    && reference.NameAt(0) is { } name
                    && locals.Count < MaximumLocals
                    && locals.Add(name)
                    && declarations.Locals.TryGetValue(name, out var local)
                    && MayAddTo(local.Value, locals)
                )
            );

    // A value is worked out once; one that needs itself is not known.
    private Resolution Once(string key, Func<Resolution> work)
    {
        if (known.TryGetValue(key, out var value))
            return value;
        if (!open.Add(key))
            return Resolution.Unknown($"'{key}' refers to itself");
        value = work();
        open.Remove(key);
        known[key] = value;
        return value;
    }

    private Resolution Local(string name) =>
        Once(
            "local." + name,
            () =>
                declarations.Locals.TryGetValue(name, out var local)
                    ? evaluator.Evaluate(local.Value, HclScope.Empty)
                    : Resolution.Unknown($"'local.{name}' is not declared here")
        );

    // What a file of values says is still no more than what holds unless something else is given, as a variable's default.
    private Resolution Variable(string name, int start, int end)
    {
        if (!declarations.Variables.TryGetValue(name, out var variable))
            return Resolution.Unknown($"variable '{name}' is not declared here");
        if ((declarations.Given.TryGetValue(name, out var given) ? given : variable.Body["default"]?.Value) is { } value)
            return Once("var." + name, () => evaluator.Evaluate(value, HclScope.Empty).On(new(Provenance.ParameterDefault, name)));
        return AllowedValues(variable, name) is { Count: > 0 } allowed
            ? Resolution.Of([
                .. allowed.SelectMany(item => evaluator.Evaluate(item, HclScope.Empty).On(new(Provenance.ParameterAllowedValue, name)).Alternatives),
            ])
            : Resolution.Of(new Alternative(SymbolicText.Of(SegmentKind.Parameter, name), null, start, end, Basis.Literal));
    }

    // validation { condition = contains([…], var.name) }
    private static IReadOnlyList<HclExpression>? AllowedValues(HclBlock variable, string name) =>
        variable
            .Body.Blocks.Where(block => block.Type == "validation")
            .Select(block => block.Body["condition"]?.Value)
            .OfType<HclCall>()
            .Where(call =>
                call is { Name: "contains", Arguments: [HclTuple, { } tested] }
                && HclReference.Of(tested) is { Root: "var", Steps: [{ Name: { } only }] }
                && only == name
            )
            .Select(call => ((HclTuple)call.Arguments[0]).Items)
            .FirstOrDefault();

    private IReadOnlyList<HclInstance> InstancesOf(string address)
    {
        if (instancesByAddress.TryGetValue(address, out var found))
            return found;
        found = instances.Of(declarations.Find(address)!, address);
        instancesByAddress[address] = found;
        return found;
    }

    private Resolution Declared(string address) =>
        declarations.Find(address) is { } block
            ? Once(address, () => HclInstances.ValueOf(block, InstancesOf(address), NodeOf))
            : Resolution.Unknown($"'{address}' is not declared here");

    private InstanceNode NodeOf(HclInstance instance) =>
        new(instance.Address, (attribute, start, end) => AttributeOf(instance, attribute, start, end), instance.IsAnyOf);

    private Resolution AttributeOf(HclInstance instance, string attribute, int start, int end)
    {
        var typeName = instance.Block.Labels[0];
        if (instance.Block.Type == "data")
            return Once(instance.Address + "." + attribute, () => DataOf(instance, typeName, attribute, start, end));
        if (TerraformSchema.Find(typeName) is not { } type)
            return Resolution.Unknown($"'{instance.Address}' is none of AWS's resources");
        if (type.IdentityOf(instance.Address, attribute) is { } identity)
            return Resolution.Of(new Alternative(new([identity]), null, start, end, Basis.Literal));
        if (instance.Block.Body[attribute] is { } written)
            return Once(instance.Address + "." + attribute, () => evaluator.Evaluate(written.Value, instance.Scope));
        return type.Defaults.TryGetValue(attribute, out var value)
            ? Values.Of(new YamlScalar(start, end, null, value, true)).On(new(Provenance.DocumentedDefault, null))
            : Resolution.Unknown($"'{instance.Address}.{attribute}' is known only when deployed");
    }

    private static HclAttribute? ArchivedBy(HclBody archive) => archive["source_dir"] ?? archive["source_file"] ?? archive["output_path"];

    private Resolution DataOf(HclInstance data, string type, string attribute, int start, int end)
    {
        var symbol = (type, attribute) switch
        {
            ("aws_region", "name" or "id" or "region") when data.Block.Body.Attributes.Count == 0 => "AWS::Region",
            ("aws_caller_identity", "account_id" or "id") => "AWS::AccountId",
            ("aws_partition", "partition" or "id") => "AWS::Partition",
            ("aws_partition", "dns_suffix") => "AWS::URLSuffix",
            _ => null,
        };
        if (symbol is not null)
            return Resolution.Of(new Alternative(SymbolicText.Of(SegmentKind.PseudoParameter, symbol), null, start, end, Basis.Literal));
        // An archive stands for what it is made of.
        if (type == "archive_file" && attribute == "output_path" && ArchivedBy(data.Block.Body) is { } source)
            return evaluator.Evaluate(source.Value, data.Scope);
        if (type == TerraformTypes.IamPolicyDocument && attribute is "json" or "minified_json")
            return PolicyOf(data);
        if (type == "aws_iam_policy" && attribute is "arn" or "id" && (data.Block.Body["arn"] ?? data.Block.Body["name"]) is { } policy)
            return evaluator.Evaluate(policy.Value, data.Scope);
        return Resolution.Unknown($"'{data.Address}' is looked up while deploying");
    }

    private Resolution PolicyOf(HclInstance data)
    {
        if (data.Block.Body.Attributes.FirstOrDefault(attribute => attribute.Name is "source_policy_documents" or "override_policy_documents") is { } other)
            return Resolution.Unknown($"the policy is merged with others ({other.Name})");
        return Values.Of(PropertyRule.Apply(TerraformSchema.PolicyDocument, bodies.Of(data.Block.Body, data.Scope)));
    }
}
