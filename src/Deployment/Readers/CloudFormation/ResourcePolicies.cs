using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>
/// What the policies of queues, topics, streams and buckets themselves allow. Whom they let in is not told apart, except that services are no roles: what may be
/// allowed to a role counts.
/// </summary>
internal sealed class ResourcePolicies(TemplateContext context)
{
    /// <summary>Where Terraform writes the policy of a queue or a topic within it.</summary>
    public const string OfOwner = "Policy";

    // Where each type of policy names what it is about, and where it says what is allowed.
    private static readonly Dictionary<string, (string Target, string Document)> Types = new(StringComparer.Ordinal)
    {
        [ResourceTypes.SqsQueuePolicy] = ("Queues", "PolicyDocument"),
        [ResourceTypes.SqsQueueInlinePolicy] = ("Queue", "PolicyDocument"),
        [ResourceTypes.SnsTopicPolicy] = ("Topics", "PolicyDocument"),
        [ResourceTypes.SnsTopicInlinePolicy] = ("TopicArn", "PolicyDocument"),
        [ResourceTypes.S3BucketPolicy] = ("Bucket", "PolicyDocument"),
        [ResourceTypes.KinesisResourcePolicy] = ("ResourceArn", "ResourcePolicy"),
    };

    private static readonly IReadOnlyList<string> AnyAction = ["*"];

    private readonly List<PolicyStatement> statements = [];

    /// <summary>The allowing statements found, each of which names what it is about.</summary>
    public IReadOnlyList<PolicyStatement> Statements => statements;

    /// <summary>Adds what a resource allows that is a policy, or has one.</summary>
    public void Add(TemplateResource resource)
    {
        if (Types.TryGetValue(resource.Type, out var type))
        {
            var settings = context.SettingsOf(resource, null);
            AddDocument(settings, type.Document, [.. TargetsOf(settings, type.Target)], resource);
        }
        else if (resource.Type is ResourceTypes.SqsQueue or ResourceTypes.SnsTopic && context.SettingsOf(resource, null) is var own && own.IsWritten(OfOwner))
        {
            AddDocument(own, OfOwner, [new(resource.LogicalId, null)], resource);
        }
    }

    private IEnumerable<PolicyResource> TargetsOf(SettingReader settings, string path)
    {
        var value = settings.Resolve(path);
        if (value.WhyUnknown is not null)
            yield return PolicyResource.Any;
        foreach (var item in value.Alternatives.SelectMany(settings.ItemsOf))
        {
            var link =
                item is { Alternatives: [{ IsNothing: false } only] } && context.Links.ToLink(only, settings.PlaceOf(only)) is { WhyUnknown: null } found
                    ? found.Value
                    : null;
            yield return link is null ? PolicyResource.Any : PolicyCollector.ToResource(link);
        }
    }

    private void AddDocument(SettingReader settings, string path, IReadOnlyList<PolicyResource> targets, TemplateResource resource)
    {
        var place = context.Map.PlaceOf(resource.Body);
        var written = PolicyCollector.StatementsOf(settings, path, out var why);
        if (why is not null)
            statements.Add(new(true, AnyAction, targets, place));
        foreach (var statement in written)
            AddStatement(settings.Within(statement), targets, context.Map.PlaceOf(statement));
    }

    private void AddStatement(SettingReader statement, IReadOnlyList<PolicyResource> targets, Place place)
    {
        if (statement.Text("Effect").Single() != "Deny" && !IsForServices(statement))
            statements.Add(new(true, statement.TextOrTexts("Action").OrMissing().Single() ?? AnyAction, targets, place));
    }

    private static bool IsForServices(SettingReader statement) =>
        statement.Resolve("Principal") is { WhyUnknown: null, Alternatives: { Count: > 0 } principals }
        && principals.All(principal => principal.Node is YamlMapping { Entries.Count: > 0 } named && named.Entries.All(entry => entry.Key.Value is "Service"));
}
