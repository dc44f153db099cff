using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Pulumi;

/// <summary>The resources that a program makes, by the creation that makes them, and what each is called.</summary>
/// <param name="values">Follows values.</param>
internal sealed class PulumiResources(ProgramValues values)
{
    private readonly Dictionary<(SyntaxNode, ProgramFrame), (string Address, string Type)> made = [];
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>A resource that is made. Its name is that of the program; a type that comes with it tells it from one of another type.</summary>
    /// <param name="creation">The creation.</param>
    /// <param name="type">Terraform's type.</param>
    public void Add(Written creation, string type)
    {
        var kind = creation.Operation.Type!.Name;
        var name = NameOf(creation) ?? kind;
        var address = name;
        for (var number = 1; !used.Add(address); number++)
            address = number == 1 ? $"{name} ({kind})" : FormattableString.Invariant($"{name} ({kind} {number})");
        made[(creation.Operation.Syntax, creation.Frame)] = (address, type);
    }

    /// <summary>The address of a resource that was added.</summary>
    public string AddressOf(Written creation) => made[(creation.Operation.Syntax, creation.Frame)].Address;

    /// <summary>The resource of which a property is taken; null for one that is made elsewhere, or chosen in code.</summary>
    public Written? OwnerOf(IPropertyReferenceOperation reference, ProgramFrame frame) =>
        reference.Instance is { } instance && values.Single(new(instance, frame)) is { } owner && made.ContainsKey((owner.Operation.Syntax, owner.Frame))
            ? owner
            : null;

    /// <summary>What a property of a resource gives that names the resource, such as its ARN; null for any other property.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="property">The property.</param>
    public SymbolicText? IdentityOf(Written owner, string property)
    {
        var (address, type) = made[(owner.Operation.Syntax, owner.Frame)];
        return TerraformSchema.Find(type)?.IdentityOf(address, PulumiTypes.AttributeOf(type, property)) is { } segment ? new([segment]) : null;
    }

    /// <summary>What a resource is given as a property; null where it is given nothing, or something that cannot be followed.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="property">The property.</param>
    public Written? ArgumentOf(Written owner, string property) =>
        ArgumentsOf(owner, out _) is { Operation: IObjectCreationOperation creation } arguments
        && values.ObjectOf(creation) is { IsChangedElsewhere: false } written
        && !written.IsChanged(property)
            ? values.MemberOf(arguments, property, out _)
            : null;

    /// <summary>The creation of a resource's arguments; null where there are none, or they are made elsewhere.</summary>
    /// <param name="creation">The resource.</param>
    /// <param name="isLeftOut">Whether there are none.</param>
    public Written? ArgumentsOf(Written creation, out bool isLeftOut) => Given(creation, PulumiTypes.IsArguments, out isLeftOut);

    /// <summary>The creation of an argument that may be left out; null where it is, or is made elsewhere.</summary>
    /// <param name="creation">The resource.</param>
    /// <param name="isWanted">Whether an argument of a type is the one.</param>
    /// <param name="isLeftOut">Whether it is left out.</param>
    public Written? Given(Written creation, Func<ITypeSymbol?, bool> isWanted, out bool isLeftOut)
    {
        var given = ((IObjectCreationOperation)creation.Operation).Arguments.FirstOrDefault(argument => isWanted(argument.Parameter?.Type));
        isLeftOut = given is null || given.ArgumentKind == ArgumentKind.DefaultValue || given.Value.ConstantValue is { HasValue: true, Value: null };
        return !isLeftOut && values.Single(new(given!.Value, creation.Frame)) is { Operation: IObjectCreationOperation } made ? made : null;
    }

    // new Queue("orders", …), new Queue($"{name}-queue", …)
    private string? NameOf(Written creation) =>
        ((IObjectCreationOperation)creation.Operation).Arguments.FirstOrDefault(argument =>
            argument.Parameter is { Ordinal: 0, Type.SpecialType: SpecialType.System_String }
        )
            is { Value: var name }
            ? values.Text(new(name, creation.Frame)) ?? (name as IInterpolatedStringOperation)?.Syntax.ToString().Trim('$', '"')
            : null;
}
