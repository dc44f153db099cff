using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// A function with a mapping whose <c>Handler</c> names no method of this assembly, or names one that takes the event of another source. Only what is certain: .NET
/// runtimes, no images, and a <c>Handler</c> whose assembly is this one.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("Which method was meant cannot be known.")]
public sealed class ALO515HandlerDoesNotFit : DeploymentRule
{
    internal const string Id = "ALO515";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "The Handler setting does not fit the code",
        "{0}, but {1}: {2}. {3}.{4}",
        "Lambda loads the assembly, type and method that the Handler setting names when the function starts, and reads each batch as the type of the method's parameter."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override IEnumerable<DeploymentFinding> Check(DeployedFunction deployed, DeploymentRuleOptions options)
    {
        var (template, function, target, _, why) = deployed.Link;
        if (target != HandlerTarget.Missing || function.Handler.Single() is not { } text || !template.MappingsOf(function).Any())
            yield break;

        // A whole signature may stand for the method's name, to choose between overloads.
        if (text.Contains('('))
            yield break;
        yield return new(
            Descriptor,
            function.Handler.Place,
            $"The Handler of function '{function.DisplayName}' is '{text}'",
            why ?? "",
            "the function cannot start, and every batch fails until its records expire or are given up",
            "Correct the Handler"
        )
        {
            RestsOnParameter = function.Handler.RestsOnParameter,
        };
    }

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var (mapping, expected) = (deployed.Mapping, deployed.EventKind);
        if (deployed.Handler is not { EventParameter: { } parameter } handler || deployed.Link.IsOfAttribute)
            yield break;
        if (expected == EventSourceKind.Unknown || mapping.Kind == EventSourceKind.Unknown || mapping.Kind == expected)
            yield break;
        var (source, type) = Words(mapping.Kind);
        yield return new(
            Descriptor,
            mapping.Declaration,
            $"'{handler.Name}' takes {parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}",
            $"mapping '{mapping.DisplayName}'{deployed.Where(mapping.Declaration)} delivers the records of {source}",
            "what it reads of them is empty, so every batch fails, or is acknowledged without having been processed",
            type is null
                ? "Correct the source of the mapping or the Handler of the function"
                : $"Take {type}, or correct the source of the mapping or the Handler of the function"
        )
        {
            RestsOnParameter = deployed.Function?.Handler.RestsOnParameter,
        };
    }

    private static (string Source, string? EventType) Words(EventSourceKind kind) =>
        kind switch
        {
            EventSourceKind.Sqs => ("an SQS queue", "SQSEvent"),
            EventSourceKind.Kinesis => ("a Kinesis stream", "KinesisEvent"),
            EventSourceKind.DynamoDb => ("a DynamoDB stream", "DynamoDBEvent"),
            _ => ("another kind of source", null),
        };
}
