using System.Composition;
using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Delivery;

/// <summary>Gives the queue a dead-letter queue of its type, which keeps messages for 14 days, and moves them there after 5 receives.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(ALO501NoDeadLetterQueueFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".yaml", ".yml", ".json", ".template", ".tf"]
)]
[Shared]
public sealed class ALO501NoDeadLetterQueueFix() : TemplateCodeFix(ALO501NoDeadLetterQueue.Id, "AddDeadLetterQueue")
{
    internal override string FixAllTitle => "Add dead-letter queues";

    private protected override string Title(TemplateTarget target) => $"Add a dead-letter queue to '{target.Queue}' in {target.FileName}";

    private protected override IReadOnlyList<TemplateEdit> Edit(DeploymentText text, TemplateTarget target) =>
        target.Queue is { } id && text.Model.Find(id) is Queue queue ? TemplateEdits.AddDeadLetterQueue(text, queue) : [];
}
