using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// An event attribute of Amazon.Lambda.Annotations that cannot say what the handler needs: <c>[DynamoDBEvent]</c> has no setting for reported failures, retries, age and
/// destination, and <c>[SQSEvent]</c> has the mapping read reports of <c>SQSBatchResponse</c> only. Silent where somebody wrote in the template what the
/// attribute lacks: the generator leaves it there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("The handler's response, or the way in which its event is declared, has to become another one, and only the team knows which.")]
public sealed class ALO517AttributeCannotExpress : MappedBatchRule
{
    internal const string Id = "ALO517";
    private const string InTemplate =
        "Take the attribute away and write the event in the template, with FunctionResponseTypes, MaximumRetryAttempts and an OnFailure destination";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The event attribute cannot express what the handler needs",
        "'{0}' {1}, but its attribute [{2}] {3}: {4}. {5}.{6}",
        "The source generator of Amazon.Lambda.Annotations writes the event source mapping from the attribute and the return type. [DynamoDBEvent] has no setting for FunctionResponseTypes, MaximumRetryAttempts, MaximumRecordAgeInSeconds, BisectBatchOnFunctionError and DestinationConfig, and [SQSEvent] sets FunctionResponseTypes only for a method that returns SQSBatchResponse; so the mapping is deployed with the defaults. An event that is written in the template, and not by an attribute, is left as it is."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.Mappings.Any(link => link.IsOfAttribute);

    private protected override IEnumerable<(DeployedMapping Subject, DeploymentFinding Finding)> FindingsOf(Handler handler, BatchFlow flow)
    {
        foreach (var link in handler.Mappings.Where(link => link.IsOfAttribute && !link.Mapping.Enabled.All(enabled => !enabled)))
        {
            if (Lack(handler, flow, link) is not var (need, lack, consequence, remedy))
                continue;
            var finding = new DeploymentFinding(
                Descriptor,
                link.Mapping.Declaration,
                handler.Name,
                need,
                handler.IsStream ? "DynamoDBEvent" : "SQSEvent",
                lack,
                consequence,
                remedy
            )
            {
                RestsOnParameter = link.Mapping.ReportBatchItemFailures.RestsOnParameter,
            };
            yield return (new DeployedMapping(link, handler), finding);
        }
    }

    private static (string Need, string Lack, string Consequence, string Remedy)? Lack(Handler handler, BatchFlow flow, HandlerMapping link)
    {
        var isUnheard = handler.Response.CarriesFailures && flow.CanReport && link.Mapping.ReportBatchItemFailures.All(reports => !reports);
        if (!handler.IsStream)
        {
            return isUnheard
                ? (
                    "reports failed messages",
                    $"sets ReportBatchItemFailures only for a method that returns SQSBatchResponse, and this one returns {handler.Response.Type!.Name}",
                    "Lambda ignores the report and deletes the failed messages",
                    "Return SQSBatchResponse"
                )
                : null;
        }

        if (isUnheard)
            return (
                "reports failed records",
                "has no setting for ReportBatchItemFailures",
                "Lambda ignores the report and moves on past the failed records",
                InTemplate
            );
        return link.IsUnlimitedByAttribute
            ? (
                "may get a record that always fails",
                "has no setting for retries, record age, destination and reported failures",
                $"such a record holds up all that come behind it in its shard until it expires{Periods.After(Setting<int>.Default(Defaults.DynamoDbStreamRetention))}, and then it is lost without a trace",
                InTemplate
            )
            : null;
    }
}
