using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>A mapping that reads reported failures from a handler that can never report one: the switch does nothing, and one bad message returns the batch.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO203ReportExpectedButNeverMade : MappedBatchRule
{
    internal const string Id = "ALO203";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The mapping expects failures that the handler never reports",
        "The mapping '{1}' sets ReportBatchItemFailures{2}, but '{0}' can never report a failure: one bad message still returns the whole batch to the queue, and those that succeeded are processed again. Report the failed messages in an SQSBatchResponse.{3}",
        "ReportBatchItemFailures only has Lambda read the list of failures in the response. A handler that returns nothing, or a list that is always empty, still succeeds or fails for the whole batch."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Warning,
        "The mapping expects failures that the handler never reports",
        "The mapping '{1}' sets ReportBatchItemFailures{2}, but '{0}' can never report a failure: one bad record still has the whole batch read again, and its shard waits. Report the first failed record in a StreamsEventResponse.{3}",
        "ReportBatchItemFailures only has Lambda read the list of failures in the response. A handler that returns nothing, or a list that is always empty, still succeeds or fails for the whole batch."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream);

    private protected override bool Applies(Handler handler) =>
        handler.IsBatchSource
        && handler.EventParameter is not null
        && handler.GetsBatches
        && (handler.Response.CannotCarryFailures || handler.Response.CarriesFailures);

    private protected override bool IsToldOnce => true;

    private protected override IEnumerable<(DeployedMapping Subject, DeploymentFinding Finding)> FindingsOf(Handler handler, BatchFlow flow)
    {
        if (handler.Response.CarriesFailures && (flow.CanReport || !flow.IsSeen))
            yield break;
        if (
            flow.Misread is not null
            || flow.OnlyRecord is not null
            || !flow.FailuresThat(FailureFate.Escapes).Any()
            || SwallowedFailures.In(handler, flow).Any()
        )
            yield break;
        foreach (var link in handler.Mappings)
        {
            if (!link.Mapping.ReportBatchItemFailures.All(reports => reports))
                continue;
            var place = link.Mapping.FunctionResponseTypes.Place;
            var subject = new DeployedMapping(link, handler);
            var finding = new DeploymentFinding(handler.IsStream ? OfStream : Descriptor, place, handler.Name, link.Mapping.DisplayName, subject.Where(place))
            {
                RestsOnParameter = link.Mapping.ReportBatchItemFailures.RestsOnParameter,
                MoreProperties = Findings.About(handler),
            };
            yield return (subject, finding);
        }
    }
}
