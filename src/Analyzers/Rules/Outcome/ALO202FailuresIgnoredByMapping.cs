using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Facts;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Rules.Outcome;

/// <summary>A handler that reports failures to a mapping that does not read the report (R-20a): what it names as failed is deleted.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ALO202FailuresIgnoredByMapping : MappedBatchRule
{
    internal const string Id = "ALO202";

    private static readonly DiagnosticDescriptor Descriptor = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "Reported failures are ignored by the mapping",
        "'{0}' reports failed messages, but its mapping '{1}' does not set ReportBatchItemFailures, so Lambda ignores the report and deletes the failed messages{2}{3}. Add {4}.{5}",
        "Lambda reads batchItemFailures only from functions whose event source mapping has FunctionResponseTypes: [ReportBatchItemFailures]. Without it every response that is no error counts as success for the whole batch."
    );

    private static readonly DiagnosticDescriptor OfStream = Rule.Create(
        Id,
        DiagnosticSeverity.Error,
        "Reported failures are ignored by the mapping",
        "'{0}' reports failed records, but its mapping '{1}' does not set ReportBatchItemFailures, so Lambda ignores the report and moves on past the failed records{2}{3}. Add {4}.{5}",
        "Lambda reads batchItemFailures only from functions whose event source mapping has FunctionResponseTypes: [ReportBatchItemFailures]. Without it every response that is no error moves the checkpoint past the whole batch."
    );

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptor, OfStream);

    private protected override bool Applies(Handler handler) => handler.IsBatchSource && handler.Response.CarriesFailures && !handler.Mappings.IsEmpty;

    private protected override IEnumerable<(DeployedMapping Subject, DeploymentFinding Finding)> FindingsOf(Handler handler, BatchFlow flow)
    {
        if (!flow.CanReport)
            yield break;
        foreach (var link in handler.Mappings)
        {
            // What an attribute cannot say is ALO517.
            if (link.IsOfAttribute || !link.Mapping.ReportBatchItemFailures.All(reports => !reports))
                continue;
            var place = link.Mapping.FunctionResponseTypes.IsExplicit ? link.Mapping.FunctionResponseTypes.Place : link.Mapping.Declaration;
            var subject = new DeployedMapping(link, handler);
            var throws = flow.FailuresThat(FailureFate.Escapes).Any()
                ? $"; where an exception leaves it, the whole batch {(handler.IsStream ? "is read again" : "returns")}"
                : "";
            var finding = new DeploymentFinding(
                handler.IsStream ? OfStream : Descriptor,
                place,
                handler.Name,
                link.Mapping.DisplayName,
                subject.Where(place),
                throws,
                subject.Words.ReportBatchItemFailures
            )
            {
                RestsOnParameter = link.Mapping.ReportBatchItemFailures.RestsOnParameter,
            };
            yield return (subject, finding);
        }
    }
}
