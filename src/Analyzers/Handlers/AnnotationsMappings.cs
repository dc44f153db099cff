using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>
/// The mappings that the Amazon.Lambda.Annotations generator will write for a handler: its <c>[SQSEvent]</c> and <c>[DynamoDBEvent]</c> attributes and its return type
/// (X-20, X-22, X-24).
/// </summary>
internal static class AnnotationsMappings
{
    private const string SqsEventAttribute = "Amazon.Lambda.Annotations.SQS.SQSEventAttribute";
    private const string DynamoDbEventAttribute = "Amazon.Lambda.Annotations.DynamoDB.DynamoDBEventAttribute";

    /// <summary>The mappings of a method's attributes; source and function are looked up in the templates that the generator keeps.</summary>
    public static ImmutableArray<HandlerMapping> Of(Handler handler, ImmutableArray<DeploymentModel> templates)
    {
        var mappings = ImmutableArray.CreateBuilder<HandlerMapping>();
        foreach (var attribute in handler.Method.GetAttributes())
        {
            if (attribute.ConstructorArguments is not [{ Value: string source }, ..])
                continue;
            if (attribute.AttributeClass.Is(SqsEventAttribute))
                mappings.Add(OfQueue(handler, attribute, source, templates));
            else if (attribute.AttributeClass.Is(DynamoDbEventAttribute))
                mappings.Add(OfTable(handler, attribute, source, templates));
        }

        return mappings.ToImmutable();
    }

    private static HandlerMapping OfQueue(Handler handler, AttributeData attribute, string source, ImmutableArray<DeploymentModel> templates)
    {
        var resource = ResourceIn(source);
        var template = TemplateOf<Queue>(handler, resource, templates);
        var name = Named<string>(attribute, "ResourceName") ?? resource ?? source.Substring(source.LastIndexOf(':') + 1);
        return Of(handler, attribute, source, template, new EventSourceMapping(name, EventSourceKind.Sqs)) with
        {
            Queue = resource is null ? null : template?.Find(resource) as Queue,
        };
    }

    private static HandlerMapping OfTable(Handler handler, AttributeData attribute, string source, ImmutableArray<DeploymentModel> templates)
    {
        var resource = ResourceIn(source);
        var name = Named<string>(attribute, "ResourceName") ?? resource ?? TableIn(source);
        return Of(handler, attribute, source, TemplateOf<Table>(handler, resource, templates), new EventSourceMapping(name, EventSourceKind.DynamoDb));
    }

    // The generator sets what the attribute has, and leaves alone what somebody wrote beside it: settings that the attribute has not are those of the template.
    private static HandlerMapping Of(Handler handler, AttributeData attribute, string source, DeploymentModel? template, EventSourceMapping unwritten)
    {
        var (name, kind) = (unwritten.DisplayName, unwritten.Kind);
        var function = template is null ? null : GeneratedFunction(template, handler);
        var beside =
            (function is null ? null : template!.MappingsOf(function).FirstOrDefault(written => written.Kind == kind && written.DisplayName == name))
            ?? unwritten;
        var mapping = new EventSourceMapping(beside.LogicalId, kind)
        {
            Site = beside.Site,
            DisplayName = name,
            IsFunctionEvent = true,
            IsGeneratedByAnnotations = true,
            Source = LinkTo(source),
            Function = LinkTo(function),
            Enabled = Named(attribute, "Enabled") is bool isEnabled ? Deployment.Model.Setting.Of(isEnabled) : beside.Enabled,
            BatchSize = Setting(attribute, "BatchSize") ?? beside.BatchSize,
            MaximumBatchingWindow = Setting(attribute, "MaximumBatchingWindowInSeconds") ?? beside.MaximumBatchingWindow,
            MaximumConcurrency = Setting(attribute, "MaximumConcurrency") ?? beside.MaximumConcurrency,
            MinimumPollers = beside.MinimumPollers,
            MaximumPollers = beside.MaximumPollers,
            StartingPosition =
                kind == EventSourceKind.Sqs
                    ? beside.StartingPosition
                    : Deployment.Model.Setting.Of(Setting(attribute, "StartingPosition")?.Single() == 1 ? "TRIM_HORIZON" : "LATEST"),
            Filters =
                beside.Filters.IsMissing && Named(attribute, "Filters") is not null
                    ? Setting<DeclaredFilters>.Unknown("the generator has not written them yet", default, default)
                    : beside.Filters,
            FunctionResponseTypes = ReturnsBatchResponse(handler)
                ? Deployment.Model.Setting.Of<IReadOnlyList<string>>([EventSourceMapping.ReportBatchItemFailuresType])
                : beside.FunctionResponseTypes,
            ParallelizationFactor = beside.ParallelizationFactor,
            BisectBatchOnFunctionError = beside.BisectBatchOnFunctionError,
            MaximumRetryAttempts = beside.MaximumRetryAttempts,
            MaximumRecordAge = beside.MaximumRecordAge,
            TumblingWindow = beside.TumblingWindow,
            OnFailure = beside.OnFailure,
            OnSuccess = beside.OnSuccess,
        };
        return new(mapping, function, null, template ?? new DeploymentModel(), IsOfAttribute: true);
    }

    /// <summary>The class of the method for which the generator made the class that the string names, <c>Namespace.Type_Method_Generated</c>; null for any other string.</summary>
    public static string? OwnerOf(HandlerString handler) =>
        handler is { Type: { } type, Method: { } method } && type.EndsWith($"_{method}_Generated", StringComparison.Ordinal)
            ? type.Substring(0, type.Length - method.Length - "__Generated".Length)
            : null;

    // @OrdersQueue names a resource of the template; anything else is an ARN.
    private static string? ResourceIn(string source) => source.StartsWith("@", StringComparison.Ordinal) ? source.Substring(1) : null;

    private static ResourceLink LinkTo(string source) => ResourceIn(source) is { } resource ? ResourceLink.To(resource) : ResourceLink.ToLiteral(source);

    private static ResourceLink LinkTo(Function? function) =>
        function is null ? ResourceLink.Unknown("the generator has not written it yet") : ResourceLink.To(function.LogicalId);

    // arn:aws:dynamodb:…:table/Orders/stream/…
    private static string TableIn(string source) => source.Split('/') is [_, var table, ..] ? table : source;

    private static DeploymentModel? TemplateOf<T>(Handler handler, string? resource, ImmutableArray<DeploymentModel> templates)
        where T : Resource =>
        templates.FirstOrDefault(model => resource is not null && !model.IsWrittenInCode && model.Find(resource) is T)
        ?? templates.FirstOrDefault(model => GeneratedFunction(model, handler) is not null);

    // The function that the generator wrote for the method: its Handler names the generated class.
    private static Function? GeneratedFunction(DeploymentModel template, Handler handler) =>
        template.Functions.FirstOrDefault(function =>
            function.IsGeneratedByAnnotations
            && DeploymentLinks.HandlerOf(function) is { } parsed
            && parsed.Method == handler.Method.Name
            && OwnerOf(parsed) is { } owner
            && owner.Substring(owner.LastIndexOf('.') + 1) == handler.Method.ContainingType?.Name
        );

    // The generator writes the response type only for this very type (X-22).
    private static bool ReturnsBatchResponse(Handler handler) => handler.Response.Type.Is("Amazon.Lambda.SQSEvents.SQSBatchResponse");

    private static T? Named<T>(AttributeData attribute, string name)
        where T : class => Named(attribute, name) as T;

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    private static Setting<int>? Setting(AttributeData attribute, string name)
    {
        var value = Named(attribute, name);
        return value is null ? null : Deployment.Model.Setting.Of(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));
    }
}
