namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>The policies that are resources of their own, by the roles they name.</summary>
internal sealed class AttachedPolicies
{
    private readonly Dictionary<string, List<TemplateResource>> byRole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TemplateResource>> byName = new(StringComparer.Ordinal);

    /// <summary>Why a policy may be one of any role, or null.</summary>
    public string? WhyOpen { get; private set; }

    /// <summary>The policies of a template.</summary>
    public static AttachedPolicies Of(TemplateContext context)
    {
        var result = new AttachedPolicies { WhyOpen = context.Sections.HasMadeResources ? "what is not read of the template may attach policies" : null };
        foreach (var resource in context.Sections.Resources.Values)
        {
            var path = resource.Type switch
            {
                ResourceTypes.IamPolicy or ResourceTypes.IamManagedPolicy => "Roles",
                ResourceTypes.IamRolePolicy => "RoleName",
                _ => null,
            };
            if (path is not null)
                result.Add(resource, context.SettingsOf(resource, null), path);
        }

        return result;
    }

    /// <summary>The policies of a role.</summary>
    /// <param name="id">The role's logical id.</param>
    /// <param name="name">Its name, if it is known.</param>
    public IEnumerable<TemplateResource> To(string id, string? name)
    {
        var named = name is not null && byName.TryGetValue(name, out var some) ? some : [];
        return byRole.TryGetValue(id, out var own) ? own.Concat(named).Distinct() : named;
    }

    private static void Add(Dictionary<string, List<TemplateResource>> policies, string role, TemplateResource policy)
    {
        if (!policies.TryGetValue(role, out var list))
            policies.Add(role, list = []);
        list.Add(policy);
    }

    private void Add(TemplateResource policy, SettingReader settings, string path)
    {
        var roles = settings.Resolve(path);
        WhyOpen ??= roles.WhyUnknown;
        foreach (var item in roles.Alternatives.SelectMany(alternative => settings.ItemsOf(alternative)))
        {
            if (item.Alternatives.Any(alternative => alternative.IsNothing))
                continue;
            if (item is not { Alternatives: [{ Text: { } text }] })
                WhyOpen ??= item.WhyUnknown ?? "the role of a policy hangs on a condition";
            else if (text.Segments is [{ Kind: SegmentKind.Reference, Text: var id }])
                Add(byRole, id, policy);
            else if (text.Literal is { } literal)
                Add(byName, literal, policy);
            else
                WhyOpen ??= "the role of a policy is known only when deployed";
        }
    }
}
