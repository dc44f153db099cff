using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>
/// Writes Terraform's resources as the template that deploys the same, in AWS's own names, so that one set of readers reads both. What Terraform writes as a
/// resource of its own, and AWS as a part of another, is put in its place.
/// </summary>
internal sealed class TemplateBuilder
{
    private readonly Dictionary<string, TerraformResource> byAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<YamlEntry>> added = new(StringComparer.Ordinal);
    private readonly HashSet<string> spread = new(StringComparer.Ordinal);

    private TemplateBuilder(IReadOnlyList<TerraformResource> resources)
    {
        foreach (var resource in resources)
            byAddress[resource.Address] = resource;
        foreach (var resource in byAddress.Values)
            AddParts(resource);
    }

    /// <summary>The template.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="hasUnreadParts">Whether something that is not read may add to them.</param>
    public static YamlMapping Build(IReadOnlyList<TerraformResource> resources, bool hasUnreadParts)
    {
        var builder = new TemplateBuilder(resources);
        var entries = builder.byAddress.Values.Select(builder.ToEntry).OfType<YamlEntry>();
        if (hasUnreadParts)
            entries = entries.Concat([new(Word(0, 0, "Fn::Module"), Word(0, 0, ""))]);
        return Mapping(0, 0, new YamlEntry(Word(0, 0, "Resources"), Mapping(0, 0, [.. entries])));
    }

    private YamlEntry? ToEntry(TerraformResource resource)
    {
        if (TerraformSchema.Find(resource.Type) is not { } type)
            return null;
        var (start, end) = (resource.Body.Start, resource.Body.End);
        var properties = PropertyRule.Apply(type.Properties, resource.Body);
        if (added.TryGetValue(resource.Address, out var parts))
            properties = Mapping(start, end, [.. properties.Entries, .. parts]);
        if (resource.Type == TerraformTypes.EventTarget)
            properties = Mapping(start, end, [.. properties.Entries, .. RuleOf(resource)]);
        var body = new List<YamlEntry> { new(Word(start, start, "Type"), Word(start, start, type.AwsType)), new(Word(start, start, "Properties"), properties) };
        if (resource.Condition is { } condition)
            body.Add(new(Word(start, start, "Condition"), Word(start, start, condition)));
        if (resource.WhyUnknown is { } why)
            body.Add(new(Word(start, start, TemplateResource.Unread), Word(start, start, why)));
        return new(Word(resource.Start, resource.HeadEnd, resource.Address), Mapping(start, end, [.. body]));
    }

    private void AddParts(TerraformResource resource)
    {
        if (resource.Type is TerraformTypes.QueueRedrivePolicy or TerraformTypes.QueueRedriveAllowPolicy)
            AddToQueue(resource);
        else if (resource.Type == TerraformTypes.S3BucketNotification && TerraformResource.AddressIn(resource.Body["bucket"]?.Value) is { } bucket)
            AddToBucket(resource, bucket);
    }

    private void AddToQueue(TerraformResource policy)
    {
        var entries = PropertyRule.Apply(TerraformSchema.SeparateRedrive, policy.Body).Entries;
        if (TerraformResource.AddressIn(policy.Body["queue_url"]?.Value) is { } queue)
        {
            foreach (var entry in entries)
                Add(queue, policy.Condition is null ? entry : Perhaps(entry));
        }
        else if (policy.Body["queue_url"] is { } url && Values.Of(url.Value) is not { Alternatives: [{ Text.Literal: not null }] })
        {
            // It may be of any queue that does not have one itself; one such policy is as good as many.
            foreach (var entry in entries.Where(entry => spread.Add(entry.Key.Value)))
            {
                foreach (var other in byAddress.Values.Where(other => other.Type == TerraformTypes.SqsQueue && other.Body[AttributeOf(entry)] is null))
                    Add(other.Address, new(entry.Key, Unknown(entry.Value, $"'{policy.Address}' may be about this queue")));
            }
        }
    }

    private static string AttributeOf(YamlEntry property) => property.Key.Value == "RedrivePolicy" ? "redrive_policy" : "redrive_allow_policy";

    // A policy that may not be deployed itself.
    private static YamlEntry Perhaps(YamlEntry entry)
    {
        var value = Values.Of(entry.Value);
        var (start, end) = (entry.Value.Start, entry.Value.End);
        return new(
            entry.Key,
            value.WhyUnknown is not null
                ? entry.Value
                : new ComputedNode(start, end, Resolution.Of([.. value.Alternatives, .. Values.Nothing(start, end).Alternatives]))
        );
    }

    private void AddToBucket(TerraformResource notification, string bucket)
    {
        if (notification.Body["eventbridge"] is not { } enabled || PropertyRule.Entry(enabled.Key, "EventBridgeEnabled", enabled.Value) is not { } entry)
            return;
        var (start, end) = (enabled.Value.Start, enabled.Value.End);
        Add(
            bucket,
            new(
                Word(enabled.Key.Start, enabled.Key.End, "NotificationConfiguration"),
                Mapping(start, end, new YamlEntry(Word(start, start, "EventBridgeConfiguration"), Mapping(start, end, entry)))
            )
        );
    }

    private void Add(string address, YamlEntry entry)
    {
        if (!added.TryGetValue(address, out var entries))
            added.Add(address, entries = []);
        entries.Add(entry);
    }

    // What a target's rule says is true of the target: which events, whether it is enabled.
    private IEnumerable<YamlEntry> RuleOf(TerraformResource target)
    {
        var rule = target.Body["rule"];
        if (rule is not null && TerraformResource.AddressIn(rule.Value) is { } address && byAddress.TryGetValue(address, out var found))
            return PropertyRule
                .Apply(TerraformSchema.Find(TerraformTypes.EventRule)!.Properties, found.Body)
                .Entries.Where(entry => entry.Key.Value != "EventBusName" || target.Body["event_bus_name"] is null);
        var at = rule?.Value ?? target.Body;
        return new[] { "EventPattern", "State" }.Select(name => new YamlEntry(Word(at.Start, at.End, name), Unknown(at, "its rule is not declared here")));
    }

    private static ComputedNode Unknown(YamlNode at, string why) => new(at.Start, at.End, Resolution.Unknown(why));

    private static YamlScalar Word(int start, int end, string word) => new(start, end, null, word, false);

    private static YamlMapping Mapping(int start, int end, params YamlEntry[] entries) => new(start, end, null, entries, true);
}
