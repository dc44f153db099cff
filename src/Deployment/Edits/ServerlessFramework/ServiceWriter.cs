using System.Globalization;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits.ServerlessFramework;

/// <summary>Writes changes into a service of the Serverless Framework: into its functions and their events, and into the CloudFormation of its own.</summary>
internal sealed class ServiceWriter : IDeploymentWriter
{
    private const string Destination = "DestinationConfig.OnFailure.Destination";
    private readonly DeploymentModel model;
    private readonly YamlMapping? root;
    private readonly YamlEditor? editor;
    private readonly ShortEvents? shortEvents;
    private readonly ServiceVariables? variables;

    /// <summary>Reads the text once more.</summary>
    public ServiceWriter(string text, DeploymentModel model)
    {
        this.model = model;
        root = YamlText.Read(text, CancellationToken.None).Root as YamlMapping;
        if (root is null)
            return;
        editor = new(text, root);
        shortEvents = new(text, new(text, root));
        variables = new(root, editor);
    }

    private IEnumerable<YamlMapping> Templates => Parts("resources").Select(part => Entry(part, "Resources")?.Value).OfType<YamlMapping>().Where(IsWritten);

    private IEnumerable<YamlEntry> Functions => Parts("functions").SelectMany(part => part.Entries);

    /// <inheritdoc/>
    public IReadOnlyList<TemplateEdit>? Write(DeploymentChange change)
    {
        if (root is null || change.Queue?.Sender is not null)
            return null;
        var id = change.Queue is { } queue ? IdOf(queue.Purpose, change.Resource) : "";
        var edits = change.Resource switch
        {
            EventSourceMapping mapping when EventOf(mapping) is var (entry, item) => SetEvent(entry, item.IsFlow, change.Properties, id),
            Function function when Functions.FirstOrDefault(entry => IsDeclaredBy(function, entry)) is { } entry => SetAll(
                entry,
                change.Properties.Select(Own)
            ),
            _ when ResourceOf(change.Resource) is { } entry => SetAll(entry, change.Properties.Select(property => CloudFormation(property, id))),
            _ => null,
        };
        if (edits is null)
            return null;
        if (change.Queue is { } added)
        {
            if (Follow(added, id) is not { } follower)
                return null;
            edits = [.. edits, follower];
        }

        return [.. edits.Select(edit => edit with { Path = model.Path })];
    }

    private static YamlEntry? Entry(YamlMapping mapping, string name) => mapping.Entries.FirstOrDefault(entry => entry.Key.Value == name);

    private static bool IsWritten(YamlNode node) => node is { IsAlias: false, Tag: null };

    private static bool IsDeclaredBy(Resource resource, YamlEntry entry) => entry.Key.Start == resource.Declaration.Start && !entry.Value.IsAlias;

    private IEnumerable<YamlMapping> Parts(string section) =>
        Entry(root!, section)?.Value switch
        {
            YamlMapping mapping when IsWritten(mapping) => [mapping],
            YamlSequence list when IsWritten(list) => list.Items.OfType<YamlMapping>().Where(IsWritten),
            _ => [],
        };

    private YamlEntry? ResourceOf(Resource resource) =>
        Templates.SelectMany(template => template.Entries).FirstOrDefault(entry => IsDeclaredBy(resource, entry));

    private (YamlEntry Entry, YamlMapping Item)? EventOf(EventSourceMapping mapping)
    {
        var events = Functions
            .Select(function => function.Value)
            .OfType<YamlMapping>()
            .Where(IsWritten)
            .Select(function => Entry(function, "events")?.Value)
            .OfType<YamlSequence>()
            .Where(IsWritten)
            .SelectMany(list => list.Items.OfType<YamlMapping>().Where(IsWritten));
        foreach (var item in events)
        {
            if (item.Entries.FirstOrDefault(entry => IsDeclaredBy(mapping, entry)) is { } entry)
                return (entry, item);
        }

        return null;
    }

    private IReadOnlyList<TemplateEdit>? SetEvent(YamlEntry entry, bool isFlow, IReadOnlyList<PropertyChange> properties, string queueId)
    {
        var isStream = entry.Key.Value == "stream";
        List<(string[] Path, EditValue Value)> settings =
        [
            .. properties.Select(property =>
                (SettingNames.PathOf(Dialect.ServerlessFramework, property.Property, isStream).Split('.'), EventValue(property, queueId))
            ),
        ];
        return entry.Value is YamlMapping body && Intrinsic.Of(body) is null ? SetAll(entry, settings) : shortEvents!.Expand(entry, isFlow, settings);
    }

    // An event has one response type; a destination that is no text must say what it is.
    private static EditValue EventValue(PropertyChange change, string queueId) =>
        change switch
        {
            { Property: "FunctionResponseTypes", Value: EditList { Items: [var only] } } => only,
            { Property: Destination, Value: EditNewQueueArn } => EditValue.Map(("type", EditValue.Text("sqs")), ("arn", EditValue.Attribute(queueId, "Arn"))),
            _ => change.Value,
        };

    private static (string[] Path, EditValue Value) Own(PropertyChange change) =>
        (SettingNames.PathOf(Dialect.ServerlessFramework, change.Property).Split('.'), change.Value);

    private static (string[] Path, EditValue Value) CloudFormation(PropertyChange change, string queueId) =>
        (["Properties", .. change.Property.Split('.')], change.Value.WithNewQueue(EditValue.Attribute(queueId, "Arn")));

    private List<TemplateEdit>? SetAll(YamlEntry owner, IEnumerable<(string[] Path, EditValue Value)> settings)
    {
        var edits = settings
            .Select(setting => variables!.SetSource(owner, setting.Path, setting.Value, out var edit) ? edit : editor!.Set(owner, setting.Path, setting.Value))
            .ToList();
        return edits.Any(edit => edit is null) ? null : [.. edits.OfType<TemplateEdit>()];
    }

    // A dead-letter queue stands beside its source, any other behind the last resource.
    private TemplateEdit? Follow(NewQueue queue, string id)
    {
        var body = QueueResources.BodyOf(queue, queue.Beside is Queue ? queue.Beside.Condition : null);
        var neighbour = ResourceOf(queue.Beside);
        var template = Templates.LastOrDefault(resources => neighbour is null ? resources.Entries.Count > 0 : resources.Entries.Contains(neighbour));
        if (template is not null)
        {
            var after = neighbour ?? template.Entries[template.Entries.Count - 1];
            return editor!.InsertAfter(template, after, id, body, editor.IsPartedByBlankLine(template, after));
        }

        if (Entry(root!, "resources") is not { } section)
        {
            var last = root!.Entries[root.Entries.Count - 1];
            return editor!.InsertAfter(root, last, "resources", EditValue.Map(("Resources", EditValue.Map((id, body)))), !root.IsFlow);
        }

        return section.Value is YamlMapping or YamlScalar { IsNull: true } ? editor!.Set(section, ["Resources", id], body) : null;
    }

    // orders.stream[1] is no logical id.
    private string IdOf(QueuePurpose purpose, Resource resource)
    {
        var name = resource is EventSourceMapping mapping ? mapping.DisplayName : resource.LogicalId;
        var parts = string.Concat(name.Select(character => char.IsLetterOrDigit(character) ? character : ' '))
            .Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var stem = string.Concat(parts.Select(part => part.Substring(0, 1).ToUpper(CultureInfo.InvariantCulture) + part.Substring(1)));
        return QueueResources.Unused(
            QueueResources.IdOf(purpose, stem),
            id => model.Find(id) is not null || Templates.Any(template => template[id] is not null)
        );
    }
}
