using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>Writes changes into CloudFormation and SAM templates: finds where the resources of a model are written.</summary>
internal sealed class TemplateWriter : IDeploymentWriter
{
    private const string Destination = "DestinationConfig.OnFailure.Destination";
    private readonly DeploymentModel model;
    private readonly YamlMapping? root;
    private readonly YamlEditor? editor;

    /// <summary>Reads the text once more.</summary>
    public TemplateWriter(string text, DeploymentModel model)
    {
        this.model = model;
        root = YamlText.Read(text, CancellationToken.None).Root as YamlMapping;
        if (root is not null)
            editor = new(text, root);
    }

    private YamlMapping? Resources => root?["Resources"]?.Value as YamlMapping;

    /// <inheritdoc/>
    public IReadOnlyList<TemplateEdit>? Write(DeploymentChange change)
    {
        if (root is null)
            return null;
        var id = change.Queue is { } added
            ? QueueResources.Unused(QueueResources.IdOf(added.Purpose, NameOf(change.Resource)), name => Resources?[name] is not null)
            : "";
        var edits = change.Properties.Select(property => SetProperty(change.Resource, Named(property, id, change.Resource))).ToList();
        if (change.Queue is { } queue)
            edits.Add(queue.Sender is null ? Follow(queue.Beside, id, QueueResources.BodyOf(queue, queue.Beside.Condition)) : null);
        return edits.Any(edit => edit is null) ? null : [.. edits.OfType<TemplateEdit>().Select(edit => edit with { Path = model.Path })];
    }

    private static string NameOf(Resource resource) => resource is EventSourceMapping mapping ? mapping.DisplayName : resource.LogicalId;

    // Only where the type is told SAM lets the role that it makes send there; CloudFormation knows no type.
    private static PropertyChange Named(PropertyChange change, string queueId, Resource resource)
    {
        var value = change.Value.WithNewQueue(EditValue.Attribute(queueId, "Arn"));
        return change is { Property: Destination, Value: EditNewQueueArn } && resource is EventSourceMapping { IsFunctionEvent: true }
            ? new("DestinationConfig.OnFailure", EditValue.Map(("Type", EditValue.Text("SQS")), ("Destination", value)))
            : change with
            {
                Value = value,
            };
    }

    private TemplateEdit? SetProperty(Resource resource, PropertyChange change)
    {
        var isOfOnlyHeir = change.IsInherited && IsOnlyHeir(change.Property);
        if (change.RestsOnParameter && (!change.IsInherited || isOfOnlyHeir))
        {
            return change is { Provenance: Provenance.ParameterDefault, Parameter: { } name, Value: EditScalar value }
                ? ParameterEditor.SetDefault(editor!, root!, name, value.Written)
                : null;
        }

        if (isOfOnlyHeir)
            return (root?["Globals"]?.Value as YamlMapping)?["Function"] is { } shared ? editor!.Set(shared, change.Property.Split('.'), change.Value) : null;
        return EntryOf(resource) is { } entry ? editor!.Set(entry, ["Properties", .. change.Property.Split('.')], change.Value) : null;
    }

    // Whether one function alone inherits a shared property.
    private bool IsOnlyHeir(string property)
    {
        var name = property.Split('.')[0];
        var heirs = Resources?.ByName.Values.Count(entry =>
            entry.Value is YamlMapping body
            && body["Type"]?.Value is YamlScalar { Value: ResourceTypes.ServerlessFunction }
            && (body["Properties"]?.Value as YamlMapping)?[name] is null
        );
        return heirs == 1;
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

    private TemplateEdit? Follow(Resource resource, string id, EditValue body) =>
        Resources is { IsAlias: false } resources && EntryOf(resource) is { } entry && resources.Entries.Contains(entry)
            ? editor!.InsertAfter(resources, entry, id, body, editor!.IsPartedByBlankLine(resources, entry))
            : null;
}
