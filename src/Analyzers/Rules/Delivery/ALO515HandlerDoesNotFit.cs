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
    private const string Title = "The Handler setting does not fit the code";
    private const string Description = "Lambda loads the assembly, type and method that the Handler setting names when the function starts, and reads each batch as the type of the method's parameter.";

    private static readonly DiagnosticDescriptor Missing = Rule.Create(
        Id, DiagnosticSeverity.Error, Title,
        "Function '{0}' cannot start: its Handler is '{1}', but {2}. Every batch fails until its records expire or are given up. Correct the Handler.{3}",
        Description);

    private static readonly DiagnosticDescriptor OtherSource = Rule.Create(
        Id, DiagnosticSeverity.Error, Title,
        "'{0}' takes {1}, but mapping '{2}'{3} delivers the records of {4}: what it reads of them is empty, so every batch fails, or is acknowledged without having been processed. {5}.{6}",
        Description);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Missing, OtherSource);

    private protected override IEnumerable<DeploymentFinding> Check(DeployedFunction deployed, DeploymentRuleOptions options)
    {
        var (template, function, target, _, why) = deployed.Link;
        if (target != HandlerTarget.Missing || function.Handler.Single() is not { } text || !template.MappingsOf(function).Any()) yield break;

        // A whole signature may stand for the method's name, to choose between overloads.
        if (text.Contains('(')) yield break;
        yield return new(Missing, function.Handler.Place, function.LogicalId, text, why ?? "") { RestsOnParameter = function.Handler.RestsOnParameter };
    }

    private protected override IEnumerable<DeploymentFinding> Check(DeployedMapping deployed, DeploymentRuleOptions options)
    {
        var (mapping, expected) = (deployed.Mapping, deployed.EventKind);
        if (deployed.Handler is not { EventParameter: { } parameter } handler || deployed.Link.IsWrittenInCode) yield break;
        if (expected == EventSourceKind.Unknown || mapping.Kind == EventSourceKind.Unknown || mapping.Kind == expected) yield break;
        var (source, type) = Words(mapping.Kind);
        yield return new(
            OtherSource,
            mapping.Declaration,
            handler.Name,
            parameter.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            mapping.DisplayName,
            deployed.Where(mapping.Declaration),
            source,
            type is null ? "Correct the source of the mapping or the Handler of the function" : $"Take {type}, or correct the source of the mapping or the Handler of the function")
        {
            RestsOnParameter = deployed.Function?.Handler.RestsOnParameter,
        };
    }

    private static (string Source, string? EventType) Words(EventSourceKind kind) => kind switch
    {
        EventSourceKind.Sqs => ("an SQS queue", "SQSEvent"),
        EventSourceKind.Kinesis => ("a Kinesis stream", "KinesisEvent"),
        EventSourceKind.DynamoDb => ("a DynamoDB stream", "DynamoDBEvent"),
        _ => ("another kind of source", null),
    };
}
