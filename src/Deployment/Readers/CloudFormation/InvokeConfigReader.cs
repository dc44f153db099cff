using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads <c>AWS::Lambda::EventInvokeConfig</c>, aliases and versions, and what SAM functions say of their own.</summary>
internal sealed class InvokeConfigReader(TemplateContext context)
{
    private const string Section = "EventInvokeConfig";

    /// <summary>The settings that a resource of its own declares.</summary>
    public EventInvokeConfig Read(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        return Read(
            resource.LogicalId,
            context.SiteOf(resource),
            settings,
            "",
            context.Links.ReadRequired(settings, "FunctionName"),
            settings.Text("Qualifier", Defaults.LatestQualifier)
        );
    }

    /// <summary>An alias.</summary>
    public FunctionAlias ReadAlias(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("Name"),
            Function = context.Links.ReadRequired(settings, "FunctionName"),
        };
    }

    /// <summary>A version.</summary>
    public FunctionVersion ReadVersion(TemplateResource resource) =>
        new(resource.LogicalId) { Site = context.SiteOf(resource), Function = context.Links.ReadRequired(context.SettingsOf(resource, null), "FunctionName") };

    /// <summary>What SAM makes of a function's own settings: an alias, and the settings of its asynchronous invocations.</summary>
    public IEnumerable<Resource> ReadOwn(TemplateResource function)
    {
        var settings = context.SettingsOf(function, context.Sections.FunctionGlobals);
        var place = context.Map.PlaceOf(function.Entry.Key);
        var link = ResourceLink.To(function.LogicalId, place);
        var alias = settings.Text("AutoPublishAlias");
        var site = new ResourceSite
        {
            Declaration = place,
            Whole = context.Map.PlaceOf(function.Entry.Key.Start, function.Entry.Value.End),
            Condition = function.Condition,
        };
        if (alias.Single() is { } name)
            yield return new FunctionAlias($"{function.LogicalId}Alias{name}")
            {
                Site = site,
                Name = alias,
                Function = link,
            };
        if (context.WhyUnknown(function) is null && !settings.IsWritten(Section))
            yield break;
        var own = function.Properties?[Section];
        yield return Read(
            function.LogicalId + Section,
            own is null ? site : context.SiteOf(own, own.Value as YamlMapping, function.Condition),
            settings,
            Section + ".",
            link,
            alias.IsMissing ? Setting<string>.Default(Defaults.LatestQualifier) : alias
        );
    }

    private EventInvokeConfig Read(string id, ResourceSite site, SettingReader settings, string prefix, ResourceLink function, Setting<string> qualifier) =>
        new(id)
        {
            Site = site,
            Function = function,
            Qualifier = qualifier,
            MaximumRetryAttempts = settings.Number(prefix + "MaximumRetryAttempts", Defaults.AsynchronousRetries),
            MaximumEventAge = settings.Number(prefix + "MaximumEventAgeInSeconds", Defaults.AsynchronousEventAge),
            OnSuccess = Destination(settings, prefix + "DestinationConfig.OnSuccess"),
            OnFailure = Destination(settings, prefix + "DestinationConfig.OnFailure"),
        };

    // SAM makes a queue or topic where only the type of a destination is given.
    private Setting<ResourceLink> Destination(SettingReader settings, string path)
    {
        var destination = context.Links.Read(settings, path + ".Destination");
        return destination.IsMissing && settings.IsWritten(path + ".Type")
            ? Setting<ResourceLink>.Unknown("SAM makes the destination", settings.Text(path + ".Type").KeyPlace, settings.Text(path + ".Type").ValuePlace)
            : destination;
    }
}
