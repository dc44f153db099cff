using System.Composition;
using AtLeastOnce.Analyzers.Rules.Delivery;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Delivery;

/// <summary>Tells SAM the type of a destination, so that it lets the role that it makes send there. A role of the template's own is not changed.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(ALO513PermissionMissingFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".yaml", ".yml", ".json", ".template", ".tf"]
)]
[Shared]
public sealed class ALO513PermissionMissingFix() : TemplateCodeFix(ALO513PermissionMissing.Id, "SetDestinationType")
{
    internal override string FixAllTitle => "Tell SAM the types of destinations";

    private protected override string Title(TemplateTarget target) => $"Tell SAM the type of the destination of '{target.Mapping}' in {target.FileName}";

    private protected override IReadOnlyList<TemplateEdit> Edit(DeploymentText text, TemplateTarget target) =>
        target.Mapping is { } id && text.Model.Find(id) is EventSourceMapping mapping ? StreamFailureEdits.SetDestinationType(text, mapping) : [];
}
