using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>A template that is being edited: finds where the resources of a model are written, and proves each change by reading its result.</summary>
internal sealed class Template
{
    private readonly string text;
    private readonly DeploymentModel model;
    private readonly YamlMapping? root;
    private readonly MappingEditor? editor;

    /// <summary>Reads the text once more.</summary>
    public Template(string text, DeploymentModel model)
    {
        (this.text, this.model) = (text, model);
        root = YamlText.Read(text, CancellationToken.None).Root as YamlMapping;
        if (root is not null)
            editor = new(text, root);
    }

    private YamlMapping? Resources => root?["Resources"]?.Value as YamlMapping;

    /// <summary>Sets a property of a resource or of a function's event.</summary>
    public IReadOnlyList<TemplateEdit> Set(Resource resource, string property, EditValue value, Func<DeploymentModel, bool> isDone) =>
        Proven([SetProperty(resource, property, value)], isDone);

    /// <summary>Sets a property of a resource, and adds a resource after it.</summary>
    public IReadOnlyList<TemplateEdit> SetAndFollow(
        Resource resource,
        string property,
        EditValue value,
        string id,
        EditValue body,
        Func<DeploymentModel, bool> isDone
    ) => Proven([SetProperty(resource, property, value), Follow(resource, id, body)], isDone);

    /// <summary>Sets properties of a resource or of a function's event, and adds a resource after another one, in one change.</summary>
    /// <param name="resource">The resource, or the function's event.</param>
    /// <param name="properties">The properties and their values.</param>
    /// <param name="follower">The resource to add, and which one it is to follow; null for none.</param>
    /// <param name="isDone">Whether the edited template says what it is meant to.</param>
    public IReadOnlyList<TemplateEdit> SetAll(
        Resource resource,
        IReadOnlyList<(string Name, EditValue Value)> properties,
        (Resource After, string Id, EditValue Body)? follower,
        Func<DeploymentModel, bool> isDone
    )
    {
        var edits = properties.Select(property => SetProperty(resource, property.Name, property.Value));
        return Proven([.. follower is var (after, id, body) ? edits.Append(Follow(after, id, body)) : edits], isDone);
    }

    /// <summary>Sets what all functions of the template share.</summary>
    public IReadOnlyList<TemplateEdit> SetShared(string property, EditValue value, Func<DeploymentModel, bool> isDone) =>
        (root?["Globals"]?.Value as YamlMapping)?["Function"] is { } shared ? Proven([editor!.Set(shared, property.Split('.'), value)], isDone) : [];

    /// <summary>Sets the default of the parameter that a value comes from.</summary>
    public IReadOnlyList<TemplateEdit> SetParameter(SettingValue<int> current, int value, Func<DeploymentModel, bool> isDone) =>
        current is { Provenance: Provenance.ParameterDefault, Parameter: { } name } && root is not null
            ? Proven([ParameterEditor.SetDefault(editor!, root, name, value)], isDone)
            : [];

    /// <summary>Whether one function alone inherits a shared property.</summary>
    public bool IsOnlyHeir(string property)
    {
        var name = property.Split('.')[0];
        var heirs = Resources?.ByName.Values.Count(entry =>
            entry.Value is YamlMapping body
            && body["Type"]?.Value is YamlScalar { Value: ResourceTypes.ServerlessFunction }
            && (body["Properties"]?.Value as YamlMapping)?[name] is null
        );
        return heirs == 1;
    }

    /// <summary>A logical id that no resource has, made of the given one.</summary>
    public string UnusedId(string wanted)
    {
        var id = wanted;
        for (var number = 2; Resources?[id] is not null; number++)
            id = FormattableString.Invariant($"{wanted}{number}");
        return id;
    }

    // Only what is written as one piece can be changed in one piece: no aliases, and nothing that a merge key brings along.
    private YamlEntry? EntryOf(Resource resource)
    {
        if (Resources is not { IsAlias: false } resources)
            return null;
        var candidates = resources.Entries.Concat(resources.Entries.SelectMany(EventsOf));
        return candidates.FirstOrDefault(entry => entry.Key.Start == resource.Declaration.Start && !entry.Value.IsAlias);
    }

    private static IEnumerable<YamlEntry> EventsOf(YamlEntry resource) =>
        resource.Value is YamlMapping { IsAlias: false } body
        && Entry(body, "Properties")?.Value is YamlMapping { IsAlias: false } properties
        && Entry(properties, "Events")?.Value is YamlMapping { IsAlias: false } events
            ? events.Entries
            : [];

    private static YamlEntry? Entry(YamlMapping mapping, string name) => mapping.Entries.FirstOrDefault(entry => entry.Key.Value == name);

    private TemplateEdit? SetProperty(Resource resource, string property, EditValue value) =>
        EntryOf(resource) is { } entry ? editor!.Set(entry, ["Properties", .. property.Split('.')], value) : null;

    private TemplateEdit? Follow(Resource resource, string id, EditValue body) =>
        Resources is { IsAlias: false } resources && EntryOf(resource) is { } entry && resources.Entries.Contains(entry)
            ? editor!.InsertAfter(resources, entry, id, body, IsPartedByBlankLine(resources, entry))
            : null;

    private bool IsPartedByBlankLine(YamlMapping resources, YamlEntry entry)
    {
        if (resources.IsFlow)
            return false;
        var entries = resources.Entries.ToList();
        var index = entries.IndexOf(entry);
        var (from, to) =
            index > 0 ? (entries[index - 1].Value.End, entry.Key.Start)
            : index + 1 < entries.Count ? (entry.Value.End, entries[index + 1].Key.Start)
            : (0, 0);
        return text.Substring(from, to - from).Replace("\r", "").Contains("\n\n");
    }

    private IReadOnlyList<TemplateEdit> Proven(IReadOnlyList<TemplateEdit?> edits, Func<DeploymentModel, bool> isDone)
    {
        if (edits.Any(edit => edit is null))
            return [];
        var ordered = TemplateEdit.Ordered(edits.OfType<TemplateEdit>());
        var edited = TemplateReader.Read(model.Path, TemplateEdit.Apply(text, ordered), CancellationToken.None);
        var isSound =
            edited.IsTemplate
            && edited.Problems.Count <= model.Problems.Count
            && edited.Functions.Count == model.Functions.Count
            && edited.Mappings.Count == model.Mappings.Count
            && isDone(edited);
        return isSound ? ordered : [];
    }
}
