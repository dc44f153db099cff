using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>
/// An event attribute of Amazon.Lambda.Annotations that cannot say what the handler needs: <c>[DynamoDBEvent]</c> has no setting for reported failures, retries, age and
/// destination, and <c>[SQSEvent]</c> has the mapping read reports of <c>SQSBatchResponse</c> only. A method that reports otherwise the generator refuses: the
/// finding says what to do instead. Silent where the method cannot fail, and where somebody wrote in the template what the
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
        "The source generator of Amazon.Lambda.Annotations writes the event source mapping from the attribute and the return type. [DynamoDBEvent] has no setting for FunctionResponseTypes, MaximumRetryAttempts, MaximumRecordAgeInSeconds, BisectBatchOnFunctionError and DestinationConfig, and [SQSEvent] sets FunctionResponseTypes only for a method that returns SQSBatchResponse. The generator refuses methods that return anything else but void or Task, and what an attribute cannot say is deployed with the defaults. An event that is written in the template, and not by an attribute, is left as it is."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.Mappings.Any(link => link.IsOfAttribute);

    private protected override IEnumerable<(DeployedMapping Subject, DeploymentFinding Finding)> FindingsOf(Handler handler, BatchFlow flow)
    {
        foreach (var link in handler.Mappings.Where(link => link.IsOfAttribute && !link.Mapping.IsOff))
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
                    $"takes a method that returns nothing or SQSBatchResponse, and this one returns {handler.Response.Type!.Name}",
                    "the source generator refuses it, and the mapping that it writes for any other type ignores the report and has the failed messages deleted",
                    "Return SQSBatchResponse"
                )
                : null;
        }

        if (isUnheard)
            return (
                "reports failed records",
                "takes a method that returns nothing, and has no setting for ReportBatchItemFailures",
                "the source generator refuses it, and the mapping that it writes ignores the report and moves on past the failed records",
                InTemplate
            );
        return link.IsUnlimitedByAttribute && !CannotFail(flow)
            ? (
                "may get a record that always fails",
                "has no setting for retries, record age, destination and reported failures",
                $"such a record holds up all that come behind it in its shard until it expires{Periods.After(Setting<int>.Default(Defaults.DynamoDbStreamRetention))}, and then it is lost without a trace",
                InTemplate
            )
            : null;
    }

    // What is seen in whole and only logs leaves no record behind; of half a method nobody knows yet.
    private static bool CannotFail(BatchFlow flow) =>
        flow.IsSeen && flow.Failures.IsEmpty && !flow.Bodies.Any(body => body.Root.Descendants().OfType<IInvalidOperation>().Any());
}
