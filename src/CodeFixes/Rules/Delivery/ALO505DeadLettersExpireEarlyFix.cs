using System.Composition;
using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Delivery;

/// <summary>Lets the dead-letter queue keep messages as long as SQS can: 14 days.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(ALO505DeadLettersExpireEarlyFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".yaml", ".yml", ".json", ".template", ".tf"]
)]
[Shared]
public sealed class ALO505DeadLettersExpireEarlyFix() : TemplateCodeFix(ALO505DeadLettersExpireEarly.Id, "RaiseMessageRetentionPeriod")
{
    internal override string FixAllTitle => "Keep dead letters for 14 days";

    private protected override string Title(TemplateTarget target) => $"Keep the dead letters of '{target.Queue}' for 14 days in {target.FileName}";

    private protected override IReadOnlyList<TemplateEdit> Edit(DeploymentText text, TemplateTarget target) =>
        target is { Queue: { } id, Value: { } seconds }
        && text.Model.Find(id) is Queue source
        && text.Model.DeadLetterQueueOf(source) is { } queue
        && queue.MessageRetentionPeriod.Values.All(value => value.Value < seconds)
            ? TemplateEdits.SetMessageRetentionPeriod(text, queue, seconds)
            : [];
}
