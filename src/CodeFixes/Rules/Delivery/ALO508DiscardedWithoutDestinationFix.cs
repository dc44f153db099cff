using System.Composition;
using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Delivery;

/// <summary>Gives a stream's mapping a queue that keeps for 14 days which records it gave up.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(ALO508DiscardedWithoutDestinationFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".yaml", ".yml", ".json", ".template", ".tf"]
)]
[Shared]
public sealed class ALO508DiscardedWithoutDestinationFix() : TemplateCodeFix(ALO508DiscardedWithoutDestination.Id, "AddFailureDestination")
{
    internal override string FixAllTitle => "Keep in queues what streams give up";

    private protected override string Title(TemplateTarget target) => $"Keep in a queue what '{target.Mapping}' gives up, in {target.FileName}";

    private protected override IReadOnlyList<TemplateEdit> Edit(DeploymentText text, TemplateTarget target) =>
        target.Mapping is { } id && text.Model.Find(id) is EventSourceMapping mapping ? StreamFailureEdits.AddDestination(text, mapping) : [];
}
