using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Handlers;

/// <summary>The mappings that the Amazon.Lambda.Annotations generator will write for a handler: its <c>[SQSEvent]</c> attributes and its return type (X-20, X-22).</summary>
internal static class AnnotationsMappings
{
    private const string SqsEventAttribute = "Amazon.Lambda.Annotations.SQS.SQSEventAttribute";

    /// <summary>The mappings of a method's attributes; queue and function are looked up in the templates that the generator keeps.</summary>
    public static ImmutableArray<HandlerMapping> Of(Handler handler, ImmutableArray<DeploymentModel> templates)
    {
        var mappings = ImmutableArray.CreateBuilder<HandlerMapping>();
        foreach (var attribute in handler.Method.GetAttributes())
        {
            if (!attribute.AttributeClass.Is(SqsEventAttribute) || attribute.ConstructorArguments is not [{ Value: string source }, ..])
                continue;
            var resource = source.StartsWith("@", StringComparison.Ordinal) ? source.Substring(1) : null;
            var template =
                templates.FirstOrDefault(model => resource is not null && model.Find(resource) is Queue)
                ?? templates.FirstOrDefault(model => GeneratedFunction(model, handler) is not null);
            var function = template is null ? null : GeneratedFunction(template, handler);
            var name = Named<string>(attribute, "ResourceName") ?? resource ?? source.Substring(source.LastIndexOf(':') + 1);
            var mapping = new EventSourceMapping(name, EventSourceKind.Sqs)
            {
                IsFunctionEvent = true,
                Source = resource is not null ? ResourceLink.To(resource) : ResourceLink.ToLiteral(source),
                Function = function is null ? ResourceLink.Unknown("the generator has not written it yet") : ResourceLink.To(function.LogicalId),
                BatchSize = Setting(attribute, "BatchSize") ?? Setting<int>.Default(Deployment.Aws.Defaults.BatchSizeOf(EventSourceKind.Sqs) ?? 10),
                MaximumBatchingWindow = Setting(attribute, "MaximumBatchingWindowInSeconds") ?? Setting<int>.Default(0),
                MaximumConcurrency = Setting(attribute, "MaximumConcurrency") ?? Setting<int>.Missing(),
                FunctionResponseTypes = Deployment.Model.Setting.Of<IReadOnlyList<string>>(
                    ReturnsBatchResponse(handler) ? [EventSourceMapping.ReportBatchItemFailuresType] : []
                ),
            };
            mappings.Add(
                new(mapping, function, resource is null ? null : template?.Find(resource) as Queue, template ?? new DeploymentModel(), IsWrittenInCode: true)
            );
        }

        return mappings.ToImmutable();
    }

    /// <summary>The class of the method for which the generator made the class that the string names, <c>Namespace.Type_Method_Generated</c>; null for any other string.</summary>
    public static string? OwnerOf(HandlerString handler) =>
        handler is { Type: { } type, Method: { } method } && type.EndsWith($"_{method}_Generated", StringComparison.Ordinal)
            ? type.Substring(0, type.Length - method.Length - "__Generated".Length)
            : null;

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
        where T : class => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as T;

    private static Setting<int>? Setting(AttributeData attribute, string name)
    {
        var value = attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
        return value is null ? null : Deployment.Model.Setting.Of(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture));
    }
}
