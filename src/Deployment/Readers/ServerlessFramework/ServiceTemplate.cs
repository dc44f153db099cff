using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>Lays a service's own CloudFormation over what the framework makes, as the framework does: part over part, then the extensions.</summary>
internal sealed class ServiceTemplate(ServiceFile service)
{
    /// <summary>The sections of the template that is deployed.</summary>
    /// <param name="made">What the framework makes.</param>
    public TemplateSections Over(IEnumerable<TemplateResource> made)
    {
        var resources = new Dictionary<string, TemplateResource>(StringComparer.Ordinal);
        foreach (var resource in made)
            resources[resource.LogicalId] = resources.TryGetValue(resource.LogicalId, out var same) ? Joined(same, resource) : resource;
        var template = service.Templates.Aggregate(Made.Mapping(service.Root), Merge);
        if (Section(template, "Resources") is { } written)
        {
            foreach (var entry in written.Members)
                Add(resources, entry);
        }

        if (Section(template, "extensions") is { } extensions)
        {
            foreach (var entry in extensions.Members)
                Extend(resources, entry);
        }

        return new(template, resources, service.Elsewhere);
    }

    // Two events with one id are one to the framework; a bucket notifies all functions that want it to.
    private static TemplateResource Joined(TemplateResource first, TemplateResource second)
    {
        if (NotificationsOf(first) is not { } ones || NotificationsOf(second) is not { } others)
            return second;
        var all = Made.Mapping(ones, Made.Entry(ones, "LambdaConfigurations", Made.List(ones, [.. ones.Items, .. others.Items])));
        var properties = Assigned(first.Properties!, Made.Mapping(ones, Made.Entry(ones, "NotificationConfiguration", all)));
        return first with { Body = Assigned(first.Body, Made.Mapping(first.Body, Made.Entry(first.Body, "Properties", properties))) };
    }

    private static YamlSequence? NotificationsOf(TemplateResource resource) =>
        (resource.Properties?["NotificationConfiguration"]?.Value as YamlMapping)?["LambdaConfigurations"]?.Value as YamlSequence;

    // What both write as a mapping, or as a list, is laid over each other; else the later one counts.
    private static YamlMapping Merge(YamlMapping first, YamlMapping second)
    {
        List<YamlEntry> entries = [.. first.Members];
        foreach (var entry in second.Members)
        {
            var at = entries.FindIndex(other => other.Key.Value == entry.Key.Value);
            if (at < 0)
                entries.Add(entry);
            else
                entries[at] = new(entry.Key, Merge(entries[at].Value, entry.Value));
        }

        return new(first.Start, first.End, first.Tag, entries, first.IsFlow);
    }

    private static YamlNode Merge(YamlNode first, YamlNode second) =>
        (first, second) switch
        {
            (YamlMapping one, YamlMapping other) when Intrinsic.Of(one) is null && Intrinsic.Of(other) is null => Merge(one, other),
            (YamlSequence one, YamlSequence other) => new YamlSequence(
                second.Start,
                second.End,
                second.Tag,
                [.. other.Items.Select((item, i) => i < one.Items.Count ? Merge(one.Items[i], item) : item), .. one.Items.Skip(other.Items.Count)],
                other.IsFlow
            ),
            _ => second,
        };

    private YamlMapping? Section(YamlMapping template, string name)
    {
        var section = service.Variables.Collection(template[name]?.Value, out var why) as YamlMapping;
        if (why is not null && template[name]?.Value is YamlScalar scalar)
            service.Miss($"'{scalar.Value}'");
        return section;
    }

    private void Add(Dictionary<string, TemplateResource> resources, YamlEntry entry)
    {
        if (service.MappingOf(entry.Value) is not { } body)
            return;
        if (body["Properties"] is { Value: YamlScalar } properties && service.MappingOf(properties.Value) is { } resolved)
            body = Merge(body, Made.Mapping(body, new YamlEntry(properties.Key, resolved)));
        var id = entry.Key.Value;
        if (resources.TryGetValue(id, out var made))
            resources[id] = made with { Body = Merge(made.Body, body), Type = TemplateSections.ResourceOf(entry, body)?.Type ?? made.Type };
        else if (TemplateSections.ResourceOf(entry, body) is { } resource)
            resources[id] = resource;
    }

    // An extension's properties take the place of the resource's, each as a whole.
    private void Extend(Dictionary<string, TemplateResource> resources, YamlEntry extension)
    {
        if (!resources.TryGetValue(extension.Key.Value, out var resource) || service.MappingOf(extension.Value) is not { } body)
            return;
        var entries = resource.Body.Members.ToDictionary(entry => entry.Key.Value, StringComparer.Ordinal);
        foreach (var entry in body.Members)
        {
            var isPart = entry.Key.Value is "Properties" or "Metadata";
            entries[entry.Key.Value] =
                isPart && entries.TryGetValue(entry.Key.Value, out var before) && before.Value is YamlMapping one && service.MappingOf(entry.Value) is { } other
                    ? new(before.Key, Assigned(one, other))
                    : entry;
        }

        resources[extension.Key.Value] = resource with { Body = new(resource.Body.Start, resource.Body.End, null, [.. entries.Values], resource.Body.IsFlow) };
    }

    private static YamlMapping Assigned(YamlMapping first, YamlMapping second) =>
        new(first.Start, first.End, first.Tag, [.. first.Members.Where(entry => second[entry.Key.Value] is null), .. second.Members], first.IsFlow);
}
