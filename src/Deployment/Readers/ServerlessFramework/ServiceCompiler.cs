using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>Makes the CloudFormation resources of a service's functions and of their events, with the logical ids that the framework gives them.</summary>
internal sealed class ServiceCompiler(ServiceFile service)
{
    private readonly ExecutionRole role = new(service);

    /// <summary>The resources of all functions, and the role that they share.</summary>
    public IEnumerable<TemplateResource> Compile()
    {
        var resources = service.Functions.SelectMany(Compile).ToList();
        return [.. resources, role.Compile(), .. DeploymentBucket()];
    }

    // Policies of the service may name the bucket that its code is put into.
    private IEnumerable<TemplateResource> DeploymentBucket()
    {
        if (service.Provider is not { } provider || provider["deploymentBucket"] is not null)
            yield break;
        var key = service.Root["provider"]!.Key;
        yield return Made.Resource(key, Naming.DeploymentBucket, ResourceTypes.S3Bucket, Made.Mapping(key), new(Naming.DeploymentBucket, null));
    }

    private IEnumerable<TemplateResource> Compile(ServiceFunction function)
    {
        var alias = AliasOf(function);
        var events = new ServiceEvents(service, function, alias?.LogicalId ?? Naming.Function(function.Name), role);
        events.Compile();
        yield return Function(function, events.AreIncomplete);
        if (alias is not null)
            yield return alias;
        if (InvokeConfig(function, alias) is { } config)
            yield return config;
        foreach (var resource in events.Resources)
            yield return resource;
        var key = function.Entry.Key;
        yield return Made.Resource(key, Naming.LogGroup(function.Name), ResourceTypes.LogGroup, Made.Mapping(key), new(function.Name, null));
    }

    private TemplateResource Function(ServiceFunction function, bool hasUnreadEvents)
    {
        var (key, body) = (function.Entry.Key, function.Body);
        var image = body["image"];
        var properties = Made.Mapping(
            body,
            Made.Renamed(body, "name", "FunctionName") ?? Made.Entry(key, "FunctionName", Made.Text(key, $"${{self:service}}-${{sls:stage}}-{function.Name}")),
            Made.Renamed(body, "handler", "Handler"),
            Made.Renamed(body, "runtime", "Runtime"),
            Made.RenamedUnlessZero(body, "timeout", "Timeout"),
            Made.RenamedUnlessZero(body, "memorySize", "MemorySize"),
            Made.Renamed(body, "reservedConcurrency", "ReservedConcurrentExecutions"),
            EnvironmentOf(body),
            ArtifactOf(body) ?? ArtifactOf(service.Root),
            Made.Wrapped(body, "onError", "DeadLetterConfig", target => Made.Mapping(target, Made.Entry(target, "TargetArn", target))),
            image is null ? null : Made.Entry(image.Key, "PackageType", Made.Text(image.Key, "Image")),
            Made.Wrapped(service.MappingOf(image?.Value), "command", "ImageConfig", command => Made.Mapping(command, Made.Entry(command, "Command", command))),
            Made.Entry(key, "Role", role.RoleOf(function))
        );
        if (body["onError"]?.Value is YamlScalar { Tag: null, IsNull: false } deadLetter)
            role.Allow(deadLetter, ["sns:Publish"], deadLetter);
        var provider = service.Provider;
        var shared = provider is null
            ? null
            : Made.Mapping(
                provider,
                Made.Renamed(provider, "runtime", "Runtime"),
                Made.RenamedUnlessZero(provider, "timeout", "Timeout"),
                Made.RenamedUnlessZero(provider, "memorySize", "MemorySize"),
                EnvironmentOf(provider)
            );
        var origin = new ResourceOrigin(function.Name, body)
        {
            Shared = shared,
            HasUnreadEvents = hasUnreadEvents,
            WhyRoleIsUnknown = role.WhyUnknown(function),
        };
        return Made.Resource(key, Naming.Function(function.Name), ResourceTypes.LambdaFunction, properties, origin, body["condition"]?.Value);
    }

    private static YamlEntry? EnvironmentOf(YamlMapping body) =>
        Made.Wrapped(body, "environment", "Environment", variables => Made.Mapping(variables, Made.Entry(variables, "Variables", variables)));

    private YamlEntry? ArtifactOf(YamlMapping? body) => Made.Renamed(service.MappingOf(body?["package"]?.Value), "artifact", "Code");

    // Events and settings of a function with an alias are about the alias.
    private TemplateResource? AliasOf(ServiceFunction function)
    {
        var isProvisioned = IsGiven(function.Body["provisionedConcurrency"]);
        if (!isProvisioned && !IsGiven(function.Body["snapStart"]))
            return null;
        var at = function.Body[isProvisioned ? "provisionedConcurrency" : "snapStart"]!.Key;
        var properties = Made.Mapping(
            at,
            Made.Entry(at, "Name", Made.Text(at, isProvisioned ? Naming.ProvisionedAlias : Naming.SnapStartAlias)),
            Made.Entry(at, "FunctionName", Made.Reference(at, Naming.Function(function.Name)))
        );
        return Made.Resource(at, Naming.Alias(function.Name, !isProvisioned), ResourceTypes.LambdaAlias, properties, new(function.Name, null));
    }

    private bool IsGiven(YamlEntry? entry) =>
        entry is { Value: not YamlScalar { IsNull: true } } && service.TextOf(entry.Value) != "0" && service.FlagOf(entry.Value) != false;

    private TemplateResource? InvokeConfig(ServiceFunction function, TemplateResource? alias)
    {
        var body = function.Body;
        var first = body["destinations"] ?? body["maximumEventAge"] ?? body["maximumRetryAttempts"];
        if (first is null)
            return null;
        var destinations = service.MappingOf(body["destinations"]?.Value);
        var config =
            body["destinations"] is not { } written ? null
            : destinations is null ? Made.Entry(written.Key, "DestinationConfig", written.Value)
            : Made.Entry(
                written.Key,
                "DestinationConfig",
                Made.Mapping(
                    destinations,
                    Made.Wrapped(destinations, "onSuccess", "OnSuccess", target => Destination(target)),
                    Made.Wrapped(destinations, "onFailure", "OnFailure", target => Destination(target))
                )
            );
        var at = first.Key;
        var properties = Made.Mapping(
            body,
            Made.Entry(at, "FunctionName", Made.Reference(at, Naming.Function(function.Name))),
            alias is null ? null : Made.Entry(at, "Qualifier", alias.Properties!["Name"]!.Value),
            Made.RenamedUnlessZero(body, "maximumEventAge", "MaximumEventAgeInSeconds"),
            Made.Renamed(body, "maximumRetryAttempts", "MaximumRetryAttempts"),
            config
        );
        return Made.Resource(at, Naming.InvokeConfig(function.Name), ResourceTypes.LambdaEventInvokeConfig, properties, new(function.Name, body));
    }

    // An ARN, one with its type, or the name of a function of the service.
    private YamlMapping Destination(YamlNode written)
    {
        var arn = service.MappingOf(written)?["arn"]?.Value ?? written;
        var name = service.TextOf(arn);
        if (name is not null && service.Functions.Any(function => function.Name == name))
            arn = Made.Attribute(arn, Naming.Function(name), "Arn");
        else
            role.Allow(arn, ["sqs:SendMessage", "sns:Publish", "lambda:InvokeFunction", "events:PutEvents"], arn);
        return Made.Mapping(written, Made.Entry(written, "Destination", arn));
    }
}
