using System.Composition;
using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Delivery;

/// <summary>Limits the retries of a stream's mapping, splits its failed batches, and keeps in a queue which records it gave up, in one change.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(ALO507PoisonRecordBlocksFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".yaml", ".yml", ".json", ".template", ".tf"]
)]
[Shared]
public sealed class ALO507PoisonRecordBlocksFix() : TemplateCodeFix(ALO507PoisonRecordBlocks.Id, "LimitRetries")
{
    internal override string FixAllTitle => "Limit the retries of streams, and keep what is given up in queues";

    private protected override string Title(TemplateTarget target) =>
        $"Limit the retries of '{target.Mapping}', split failed batches, and keep in a queue what is given up, in {target.FileName}";

    private protected override IReadOnlyList<TemplateEdit> Edit(DeploymentText text, TemplateTarget target) =>
        target.Mapping is { } id && text.Model.Find(id) is EventSourceMapping mapping ? StreamFailureEdits.LimitRetries(text, mapping) : [];
}
