using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>The role that the framework makes for the functions without one: what the service states, and what the framework adds for each event.</summary>
internal sealed class ExecutionRole
{
    private readonly ServiceFile service;
    private readonly YamlEntry? written;
    private readonly YamlMapping? settings;
    private readonly List<YamlNode> statements = [];

    /// <summary>Prepares the role of a service.</summary>
    public ExecutionRole(ServiceFile service)
    {
        this.service = service;
        written = service.MappingOf(service.Provider?["iam"]?.Value)?["role"];
        settings = written is null || IsExisting(written.Value) ? null : service.MappingOf(written.Value);
    }

    /// <summary>Why a function's role is not known, or null.</summary>
    public string? WhyUnknown(ServiceFunction function) =>
        function.Body["role"] is not null ? null
        : service.Plugins.WhyRoleIsUnknown is { } why ? why
        : settings?["mode"] is not null || function.Body["iam"] is not null || function.Body["iamRoleStatements"] is not null
            ? "functions have roles of their own"
        : null;

    /// <summary>The role of a function: its own, that of all functions, or the one that the framework makes.</summary>
    public YamlNode RoleOf(ServiceFunction function) =>
        function.Body["role"] is { Value: not YamlScalar { IsNull: true } } own ? ToRole(own.Value)
        : written is not null && settings is null ? ToRole(written.Value)
        : service.Provider?["role"] is { Value: not YamlScalar { IsNull: true } } shared ? ToRole(shared.Value)
        : Made.Attribute(function.Entry.Key, Naming.ExecutionRole, "Arn");

    /// <summary>Adds what the framework allows by itself.</summary>
    /// <param name="at">What it is allowed for.</param>
    /// <param name="actions">The actions.</param>
    /// <param name="resource">What the actions are about.</param>
    public void Allow(YamlNode at, IReadOnlyList<string> actions, YamlNode resource) =>
        statements.Add(
            Made.Mapping(
                at,
                Made.Entry(at, "Effect", Made.Text(at, "Allow")),
                Made.Entry(at, "Action", Made.List(at, [.. actions.Select(action => Made.Text(at, action))])),
                Made.Entry(at, "Resource", resource)
            )
        );

    /// <summary>The role as a resource.</summary>
    public TemplateResource Compile()
    {
        var key = written?.Key ?? service.Root.Entries.First(entry => entry.Key.Value == "provider").Key;
        Allow(key, ManagedPolicies.ActionsOf(ManagedPolicies.BasicExecution)!, Made.Text(key, "*"));
        var own = settings?["statements"] ?? service.Provider?["iamRoleStatements"];
        var policies = Made.List(key, Policy(key, Made.List(key, [.. statements])));
        if (own is { Value: not YamlScalar { IsNull: true } })
            policies = Made.List(key, [.. policies.Items, Policy(own.Key, own.Value)]);
        var properties = Made.Mapping(
            settings ?? key as YamlNode,
            Made.Entry(key, "Policies", policies),
            Made.Renamed(settings, "managedPolicies", "ManagedPolicyArns") ?? Made.Renamed(service.Provider, "iamManagedPolicies", "ManagedPolicyArns"),
            Made.Renamed(settings, "name", "RoleName"),
            Made.Renamed(settings, "permissionsBoundary", "PermissionsBoundary")
                ?? Made.Renamed(settings, "permissionBoundary", "PermissionsBoundary")
                ?? Made.Renamed(service.Provider, "rolePermissionsBoundary", "PermissionsBoundary")
        );
        return Made.Resource(key, Naming.ExecutionRole, ResourceTypes.IamRole, properties, new(Naming.ExecutionRole, settings));
    }

    private static YamlMapping Policy(YamlNode at, YamlNode statements) =>
        Made.Mapping(at, Made.Entry(at, "PolicyDocument", Made.Mapping(at, Made.Entry(at, "Statement", statements))));

    // The logical id of a role of the service stands for its ARN.
    private YamlNode ToRole(YamlNode node) =>
        service.TextOf(node) is { } name && !name.Contains(':') && name.Length > 0 ? Made.Attribute(node, name, "Arn") : node;

    // An ARN, a name or a function; else what the framework's own role is to have.
    private bool IsExisting(YamlNode node) => node.Tag is not null || service.MappingOf(node) is not { } mapping || Intrinsic.Of(mapping) is not null;
}
