using System.Composition;
using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Outcome;

/// <summary>Makes the mapping read the failures that the handler reports.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(ALO202FailuresIgnoredByMappingFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".yaml", ".yml", ".json", ".template", ".tf"]
)]
[Shared]
public sealed class ALO202FailuresIgnoredByMappingFix() : TemplateCodeFix(ALO202FailuresIgnoredByMapping.Id, "EnableReportBatchItemFailures")
{
    internal override string FixAllTitle => "Enable ReportBatchItemFailures";

    private protected override string Title(TemplateTarget target) => $"Enable ReportBatchItemFailures for '{target.Mapping}' in {target.FileName}";

    private protected override IReadOnlyList<TemplateEdit> Edit(DeploymentText text, TemplateTarget target) =>
        target.Mapping is { } id && text.Model.Find(id) is EventSourceMapping mapping ? TemplateEdits.AddReportBatchItemFailures(text, mapping) : [];
}
