using AtLeastOnce.Analyzers.Deployments.Programs;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Cdk;

/// <summary>
/// The roles that the CDK makes for functions, and what they are granted: by event sources, which let the function read, and by <c>queue.GrantConsumeMessages(function)</c>
/// and its like. Whatever is granted on a resource is taken for all that may be done with it. A mapping that is a construct of its own grants nothing on its source.
/// </summary>
internal sealed class CdkRoles(ProgramValues values, CdkResources resources)
{
    private const string Iam = "Amazon.CDK.AWS.IAM";

    // Permissions that are written out, not granted.
    private static readonly string[] PolicyTypes =
    [
        "Policy",
        "PolicyStatement",
        "PolicyDocument",
        "ManagedPolicy",
        "CfnPolicy",
        "CfnManagedPolicy",
        "CfnRolePolicy",
    ];

    private readonly List<(string Function, string Role, ResourceSite Site)> made = [];
    private readonly Dictionary<string, List<PolicyStatement>> granted = new(StringComparer.Ordinal);
    private string? whyIncomplete;

    /// <summary>The roles of the functions that have none of their own.</summary>
    public IEnumerable<Role> All =>
        made.Select(role => new Role(role.Role)
        {
            Site = role.Site,
            Maker = RoleMaker.Cdk,
            Statements = granted.TryGetValue(role.Function, out var statements) ? statements : [],
            WhyIncomplete = whyIncomplete,
        });

    /// <summary>The role of a function; unknown where the function is given one, or is declared as CloudFormation has it.</summary>
    /// <param name="function">The function's logical id.</param>
    /// <param name="site">Where it is made.</param>
    /// <param name="isGivenOne">Whether its properties may name a role.</param>
    public ResourceLink Of(string function, ResourceSite site, bool isGivenOne)
    {
        if (isGivenOne)
            return ResourceLink.Unknown("it is made in code");
        var role = resources.Unused(function + "/ServiceRole");
        made.Add((function, role, site));
        return ResourceLink.To(role);
    }

    /// <summary>Looks for what is granted, and for what may be.</summary>
    public void Read(ProgramWalk walk)
    {
        if (!walk.Creations.Any(creation => creation.Operation.Type.Is("Amazon.CDK.App")))
            whyIncomplete = "who uses the stack cannot be seen, and may grant more";
        else if (walk.Unseen.Count > 0 || walk.GivesAway)
            whyIncomplete = "a package may grant more";
        else if (walk.Creations.Any(creation => creation.Operation.Type is { } type && type.IsIn(Iam) && PolicyTypes.Contains(type.Name)))
            whyIncomplete = "policies are written in code";
        foreach (var call in walk.Calls)
            Read(call);
    }

    /// <summary>What an event source lets its function do: read the source, and send what is given up.</summary>
    public void GrantSource(EventSourceMapping mapping)
    {
        Grant(mapping.Function, mapping.Source);
        GrantDestination(mapping);
    }

    /// <summary>What a mapping lets its function do that is a construct of its own: send what is given up.</summary>
    public void GrantDestination(EventSourceMapping mapping)
    {
        if (mapping.OnFailure.Single() is { } destination)
            Grant(mapping.Function, destination);
    }

    private void Read(Written call)
    {
        var invocation = (IInvocationOperation)call.Operation;
        var (method, type) = (invocation.TargetMethod.Name, invocation.TargetMethod.ContainingType);
        if (method.StartsWith("AddTo", StringComparison.Ordinal) || method is "AddManagedPolicy" or "AttachInlinePolicy" || type.Is(Iam + ".Grant"))
            whyIncomplete ??= "policies are written in code";
        if (!method.StartsWith("Grant", StringComparison.Ordinal))
            return;
        var grantee = invocation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
        if (invocation.Instance is null || grantee is null || resources.LinkTo(new(grantee, call.Frame)) is not { LogicalId: not null } function)
            whyIncomplete ??= "whom a grant is for cannot be followed";
        else if (values.Single(new(invocation.Instance, call.Frame)) is { } target)
            Grant(function, resources.LinkTo(target));
        else
            whyIncomplete ??= "what a grant is for cannot be followed";
    }

    private void Grant(ResourceLink function, ResourceLink target)
    {
        if (function.LogicalId is not { } id)
        {
            whyIncomplete ??= "whom an event source is for cannot be followed";
            return;
        }

        if (!granted.TryGetValue(id, out var statements))
            granted.Add(id, statements = []);

        // What is made elsewhere may be any of the resources here.
        var about = target.LogicalId is { } known ? new(known, null) : PolicyResource.Any;
        statements.Add(new(true, ["*"], [about], target.Place));
    }
}
