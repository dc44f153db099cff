using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Gathers the statements of a role's policies.</summary>
internal sealed class PolicyCollector(TemplateContext context)
{
    private readonly List<PolicyStatement> statements = [];

    /// <summary>The statements found.</summary>
    public IReadOnlyList<PolicyStatement> Statements => statements;

    /// <summary>Why there may be others, or null.</summary>
    public string? WhyIncomplete { get; private set; }

    /// <summary>Notes that there may be others.</summary>
    public void Miss(string? why) => WhyIncomplete ??= why;

    /// <summary>Adds a policy document.</summary>
    /// <param name="settings">The settings that hold it.</param>
    /// <param name="path">The document's path in them; null if they are the document.</param>
    public void AddDocument(SettingReader settings, string? path = null)
    {
        var written = StatementsOf(settings, path, out var why);
        Miss(why);
        foreach (var statement in written)
            AddStatement(settings.Within(statement), statement);
    }

    /// <summary>The statements of a policy document: a list of them, or one.</summary>
    /// <param name="settings">The settings that hold it.</param>
    /// <param name="path">The document's path in them; null if they are the document.</param>
    /// <param name="whyIncomplete">Why there may be others, or null.</param>
    public static IReadOnlyList<YamlMapping> StatementsOf(SettingReader settings, string? path, out string? whyIncomplete)
    {
        path = path is null ? "Statement" : path + ".Statement";
        whyIncomplete = null;
        return settings.Resolve(path) is { Alternatives: [{ Node: YamlMapping single }] } ? [single] : settings.Items(path, out whyIncomplete);
    }

    /// <summary>Adds a list of managed policies, by name, ARN or reference.</summary>
    /// <param name="settings">The settings that hold it.</param>
    /// <param name="path">The list's path in them.</param>
    public void AddManaged(SettingReader settings, string path)
    {
        var value = settings.Resolve(path);
        Miss(value.WhyUnknown);
        foreach (var alternative in value.Alternatives.Where(alternative => !alternative.IsNothing))
        {
            foreach (var item in settings.ItemsOf(alternative))
                AddManaged(settings, item);
        }

        if (value.Alternatives.Count > 1)
            Miss("its managed policies hang on a condition");
    }

    /// <summary>Adds one managed policy.</summary>
    public void AddManaged(SettingReader settings, Resolution policy)
    {
        if (policy is not { Alternatives: [{ } alternative] })
        {
            Miss(policy.WhyUnknown ?? "a managed policy hangs on a condition");
            return;
        }

        if (alternative.IsNothing)
            return;
        var place = settings.PlaceOf(alternative);
        var link = context.Links.ToLink(alternative, place);
        if (link.WhyUnknown is null && link.Value.LogicalId is { } id && context.Sections.Resources[id] is { Type: ResourceTypes.IamManagedPolicy } declared)
            AddDocument(context.SettingsOf(declared, null), "PolicyDocument");
        else if (alternative.Text is { } text && ManagedPolicies.ActionsOf(text.ToString()) is { } actions)
            Allow(actions, [PolicyResource.Any], place);
        else
            Miss($"the managed policy '{alternative.Text}' is not known");
    }

    /// <summary>Adds a policy that SAM makes of a template.</summary>
    /// <param name="settings">The function's settings.</param>
    /// <param name="name">The template.</param>
    /// <param name="arguments">The names of resources.</param>
    public void AddTemplate(SettingReader settings, YamlScalar name, YamlNode arguments)
    {
        if (SamPolicyTemplates.Find(name.Value) is not { } template)
        {
            Miss($"the policy template '{name.Value}' is not known");
            return;
        }

        var place = context.Map.PlaceOf(name);
        if (template.Parameter is null)
        {
            Allow(template.Actions, [PolicyResource.Any], place);
            return;
        }

        var value = arguments is YamlMapping mapping ? settings.Within(mapping).Resolve(template.Parameter) : Resolution.Nothing;
        if (value is not { Alternatives: [{ Text: { } resource }] })
        {
            Miss(value.WhyUnknown ?? $"'{template.Parameter}' is not given");
            return;
        }

        Allow(template.Actions, [ToResource(SymbolicText.OfPseudoParameters(template.ArnPrefix).Followed(resource))], place);
    }

    /// <summary>Adds an allowing statement.</summary>
    public void Allow(IReadOnlyList<string> actions, IReadOnlyList<PolicyResource> resources, Place place) =>
        statements.Add(new(true, actions, resources, place));

    /// <summary>The resource of a policy that a link is.</summary>
    public static PolicyResource ToResource(ResourceLink link) => new(link.LogicalId, link.LogicalId is null ? link.Literal : null);

    private void AddStatement(SettingReader statement, YamlMapping node)
    {
        var unread = new[] { "NotAction", "NotResource", "Condition" }.FirstOrDefault(name => node[name] is not null);
        var actions = statement.TextOrTexts("Action").OrMissing();
        var effect = statement.Text("Effect");
        if (unread is not null || actions.Single() is null || effect.Single() is null)
        {
            Miss(unread is null ? actions.WhyUnknown ?? effect.WhyUnknown ?? "a statement is not complete" : $"a statement has {unread}");
            return;
        }

        statements.Add(new(effect.Single() == "Allow", actions.Single()!, ResourcesOf(statement), context.Map.PlaceOf(node)));
    }

    private List<PolicyResource> ResourcesOf(SettingReader statement)
    {
        var result = new List<PolicyResource>();
        var value = statement.Resolve("Resource");
        Miss(value.WhyUnknown);
        foreach (var alternative in value.Alternatives)
        {
            foreach (var item in statement.ItemsOf(alternative))
                Add(item);
        }

        return result;

        void Add(Resolution resource)
        {
            Miss(resource.WhyUnknown ?? (resource.Alternatives.Count > 1 ? "a resource hangs on a condition" : null));
            result.AddRange(resource.Alternatives.Select(alternative => alternative.Text).OfType<SymbolicText>().Select(ToResource));
        }
    }

    // What follows a resource's ARN is its parts: a table's streams and indexes, a bucket's objects.
    private PolicyResource ToResource(SymbolicText text)
    {
        if (text.Literal == "*")
            return PolicyResource.Any;
        var isPart = text.Segments.Count == 2 && text.Segments[1] is { Kind: SegmentKind.Literal, Text: ['/', ..] or "*" };
        var link = context.Links.ToLink(isPart ? new([text.Segments[0]]) : text, Place.None);
        return link.WhyUnknown is null && link.Value.LogicalId is { } id ? new(id, null) : new(null, text.ToString());
    }
}
