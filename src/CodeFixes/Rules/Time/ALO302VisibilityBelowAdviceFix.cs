using System.Composition;
using AtLeastOnce.Analyzers.Rules.Time;
using AtLeastOnce.CodeFixes.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.CodeFixes.Rules.Time;

/// <summary>Raises the queue's visibility timeout to what AWS advises.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    Name = nameof(ALO302VisibilityBelowAdviceFix),
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".yaml", ".yml", ".json", ".template", ".tf"]
)]
[Shared]
public sealed class ALO302VisibilityBelowAdviceFix() : TemplateVisibilityFix(ALO302VisibilityBelowAdvice.Id);
