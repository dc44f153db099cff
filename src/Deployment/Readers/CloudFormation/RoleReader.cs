using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>
/// Reads roles with the policies that are theirs: inline, managed, and attached by resources of their own; and the roles that SAM makes for functions.
/// </summary>
internal sealed class RoleReader(TemplateContext context)
{
    private const string Boundary = "PermissionsBoundary";
    private AttachedPolicies? attached;

    /// <summary>The id of the role that SAM makes for a function.</summary>
    public static string MadeBySamFor(TemplateResource function) => function.LogicalId + "Role";

    /// <summary>The role that a resource declares.</summary>
    public Role Read(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        var policies = new PolicyCollector(context);
        policies.Miss(context.WhyUnknown(resource) ?? (settings.IsWritten(Boundary) ? "it has a permissions boundary" : null));
        var inline = settings.Items("Policies", out var why);
        foreach (var policy in inline)
            policies.AddDocument(settings.Within(policy), "PolicyDocument");
        policies.Miss(why);
        policies.AddManaged(settings, "ManagedPolicyArns");
        attached ??= AttachedPolicies.Of(context);
        policies.Miss(attached.WhyOpen);
        foreach (var policy in attached.To(resource.LogicalId, settings.Text("RoleName").Single()))
        {
            policies.AddDocument(context.SettingsOf(policy, null), "PolicyDocument");
            policies.AddManaged(context.SettingsOf(policy, null), "ManagedPolicyArns");
        }

        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("RoleName"),
            Statements = policies.Statements,
            WhyIncomplete = policies.WhyIncomplete,
        };
    }

    /// <summary>The role that SAM makes for a function; null if the function has one of its own.</summary>
    /// <param name="function">The function.</param>
    /// <param name="read">The function as read.</param>
    /// <param name="events">Its events.</param>
    /// <param name="invokeConfigs">The settings of its asynchronous invocations.</param>
    public Role? ReadMadeBySam(TemplateResource function, Function read, FunctionEvents events, IEnumerable<EventInvokeConfig> invokeConfigs)
    {
        if (read.Role.LogicalId != MadeBySamFor(function))
            return null;
        var settings = context.SettingsOf(function, context.Sections.FunctionGlobals);
        var policies = new PolicyCollector(context);
        policies.Miss((attached ??= AttachedPolicies.Of(context)).WhyOpen);
        policies.Miss(
            events.AreIncomplete ? "some of the function's events are not known"
            : settings.IsWritten(Boundary) ? "it has a permissions boundary"
            : null
        );
        policies.Allow(ManagedPolicies.ActionsOf(ManagedPolicies.BasicExecution)!, [PolicyResource.Any], read.Declaration);
        foreach (var mapping in events.Mappings)
            AddSource(mapping, policies);
        AddDestinations(settings, read, invokeConfigs, policies);
        AddPolicies(settings, policies);
        return new(MadeBySamFor(function))
        {
            Site = new()
            {
                Declaration = read.Declaration,
                Whole = read.Whole,
                Condition = read.Condition,
            },
            Maker = RoleMaker.Sam,
            Statements = policies.Statements,
            WhyIncomplete = policies.WhyIncomplete,
        };
    }

    private static void AddSource(EventSourceMapping mapping, PolicyCollector policies)
    {
        var policy = mapping.Kind switch
        {
            EventSourceKind.Sqs => ManagedPolicies.SqsExecution,
            EventSourceKind.Kinesis => ManagedPolicies.KinesisExecution,
            EventSourceKind.DynamoDb => ManagedPolicies.DynamoDbExecution,
            _ => null,
        };
        if (policy is not null)
            policies.Allow(ManagedPolicies.ActionsOf(policy)!, [PolicyResource.Any], mapping.Declaration);
        else
            policies.Miss("what SAM allows for the function's other sources is not known");

        // Only where the type of the destination is given, SAM allows the function to send to it.
        if (mapping.OnFailure.IsExplicit && mapping.Properties.ContainsKey("DestinationConfig.OnFailure.Type"))
            AddDestination(mapping.OnFailure, policies);
    }

    private static void AddDestinations(SettingReader settings, Function function, IEnumerable<EventInvokeConfig> invokeConfigs, PolicyCollector policies)
    {
        if (settings.IsWritten("DeadLetterQueue"))
            AddDestination(function.DeadLetter, policies);
        foreach (var config in invokeConfigs)
        {
            if (settings.IsWritten("EventInvokeConfig.DestinationConfig.OnSuccess.Type"))
                AddDestination(config.OnSuccess, policies);
            if (settings.IsWritten("EventInvokeConfig.DestinationConfig.OnFailure.Type"))
                AddDestination(config.OnFailure, policies);
        }
    }

    private static void AddDestination(Setting<ResourceLink> destination, PolicyCollector policies)
    {
        string[] actions = ["sqs:SendMessage", "sns:Publish", "s3:PutObject", "s3:ListBucket", "lambda:InvokeFunction", "events:PutEvents"];
        foreach (var value in destination.Values.Where(value => !value.Value.IsUnknown))
            policies.Allow(actions, [PolicyCollector.ToResource(value.Value)], value.Value.Place);
        policies.Miss(destination.WhyUnknown);
    }

    // A name, a document, a template of SAM's, or a list of these.
    private static void AddPolicies(SettingReader settings, PolicyCollector policies)
    {
        var written = settings.Resolve("Policies");
        policies.Miss(written.WhyUnknown);
        foreach (var alternative in written.Alternatives.Where(alternative => !alternative.IsNothing))
        {
            foreach (var item in settings.ItemsOf(alternative))
                AddPolicy(settings, item, policies);
        }
    }

    private static void AddPolicy(SettingReader settings, Resolution policy, PolicyCollector policies)
    {
        if (
            policy is { Alternatives: [{ Node: YamlMapping { Entries: { Count: 1 } entries } } alternative] }
            && entries[0].Key.Value.EndsWith("Policy", StringComparison.Ordinal)
        )
            policies.AddTemplate(settings, entries[0].Key, entries[0].Value);
        else if (policy is { Alternatives: [{ Node: YamlMapping document }] })
            policies.AddDocument(settings.Within(document));
        else
            policies.AddManaged(settings, policy);
    }
}
