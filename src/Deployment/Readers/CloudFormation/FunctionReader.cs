using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads <c>AWS::Serverless::Function</c> and <c>AWS::Lambda::Function</c>.</summary>
internal sealed class FunctionReader(TemplateContext context)
{
    private InvokePermissions? permissions;

    /// <summary>The function that a resource declares.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="hasUnreadEvents">Whether some of its events could not be understood.</param>
    public Function Read(TemplateResource resource, bool hasUnreadEvents)
    {
        var isSam = resource.Type == ResourceTypes.ServerlessFunction;
        var settings = context.SettingsOf(resource, isSam ? context.Sections.FunctionGlobals : null);
        var metadata = context.SettingsOf(resource.Body["Metadata"]?.Value as YamlMapping);
        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("FunctionName"),
            Handler = settings.Text("Handler"),
            ImageCommand = settings.Texts("ImageConfig.Command").OrMissing(),
            Runtime = settings.Text("Runtime"),
            CodeUri = settings.Text(isSam ? "CodeUri" : "Code"),
            PackageType = settings.Text("PackageType", Defaults.PackageType),
            DisplayName = resource.Origin?.DisplayName ?? resource.LogicalId,
            Timeout = settings.Number("Timeout", resource.Defaults.FunctionTimeout),
            MemorySize = settings.Number("MemorySize", resource.Defaults.FunctionMemorySize),
            ReservedConcurrency = settings.Number("ReservedConcurrentExecutions", null),
            DeadLetter = context.Links.Read(settings, isSam ? "DeadLetterQueue.TargetArn" : "DeadLetterConfig.TargetArn"),
            Role =
                isSam && !settings.IsWritten("Role") && context.WhyUnknown(resource) is null ? ResourceLink.To(RoleReader.MadeBySamFor(resource))
                : resource.Origin?.WhyRoleIsUnknown is { } why ? ResourceLink.Unknown(why, context.Map.PlaceOf(resource.Entry.Key))
                : context.Links.ReadRequired(settings, "Role"),
            AutoPublishAlias = isSam ? settings.Text("AutoPublishAlias") : Setting<string>.Missing(),
            Environment = context.Links.ReadQueuesOrTexts(settings, "Environment.Variables"),
            BuildMethod = metadata.Text("BuildMethod"),
            IsGeneratedByAnnotations = GeneratedEvents.IsGenerated(metadata),
            HasUnreadEvents = hasUnreadEvents || context.Sections.HasMadeResources,
            MayBeInvokedByOthers = (permissions ??= InvokePermissions.Of(context)).Permit(resource),
        };
    }
}
