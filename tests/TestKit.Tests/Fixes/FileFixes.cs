using System.Collections.Immutable;
using System.Composition;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit.Tests;

/// <summary>Replaces "bad" by "good" in additional files.</summary>
internal abstract class FileFixBase : CodeFixProvider
{
    internal const string Key = "TK101.Replace";

    public override ImmutableArray<string> FixableDiagnosticIds => ["TK101"];

    public override FixAllProvider? GetFixAllProvider() => new FileFixAll();

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create("Replace", cancellation => FixAsync(context.TextDocument, context.Diagnostics, cancellation), Key),
            context.Diagnostics
        );
        return Task.CompletedTask;
    }

    protected virtual SourceText Fixed(SourceText text, IEnumerable<TextSpan> spans) => text.WithChanges(spans.Select(span => new TextChange(span, "good")));

    private async Task<Solution> FixAsync(TextDocument document, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var text = await document.GetTextAsync(cancellation);
        return document.Project.Solution.WithAdditionalDocumentText(document.Id, Fixed(text, diagnostics.Select(diagnostic => diagnostic.Location.SourceSpan)));
    }

    private sealed class FileFixAll : FixAllProvider
    {
        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Project, FixAllScope.Solution];

        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            var diagnostics = await fixAllContext.GetAllDiagnosticsAsync(fixAllContext.Project);
            return CodeAction.Create(
                "Replace all",
                async cancellation =>
                {
                    var solution = fixAllContext.Solution;
                    foreach (var file in diagnostics.GroupBy(diagnostic => diagnostic.Location.GetLineSpan().Path))
                    {
                        var document = fixAllContext.Project.AdditionalDocuments.Single(document => document.FilePath == file.Key);
                        var text = await document.GetTextAsync(cancellation);
                        solution = solution.WithAdditionalDocumentText(
                            document.Id,
                            text.WithChanges(file.Select(diagnostic => new TextChange(diagnostic.Location.SourceSpan, "good")))
                        );
                    }

                    return solution;
                },
                Key
            );
        }
    }
}

[
    ExportCodeFixProvider(
        LanguageNames.CSharp,
        Name = nameof(FileFix),
        DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)],
        DocumentExtensions = [".yaml"]
    ),
    Shared
]
internal sealed class FileFix : FileFixBase;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KindlessFileFix)), Shared]
internal sealed class KindlessFileFix : FileFixBase;

[
    ExportCodeFixProvider(
        LanguageNames.CSharp,
        Name = nameof(OtherExtensionFileFix),
        DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)],
        DocumentExtensions = [".json"]
    ),
    Shared
]
internal sealed class OtherExtensionFileFix : FileFixBase;

/// <summary>Builds the text anew instead of changing it, so its encoding is lost.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RebuildingFileFix), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)]), Shared]
internal sealed class RebuildingFileFix : FileFixBase
{
    protected override SourceText Fixed(SourceText text, IEnumerable<TextSpan> spans) =>
        SourceText.From(text.ToString().Replace("bad", "good", StringComparison.Ordinal), Encoding.UTF8, text.ChecksumAlgorithm);
}

/// <summary>Edits the template for a diagnostic that lies in C#.</summary>
internal abstract class TemplateFixBase : CodeFixProvider
{
    internal const string Key = "TK001.Template";

    public override ImmutableArray<string> FixableDiagnosticIds => ["TK001"];

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(
            CodeAction.Create("Edit the template", cancellation => FixAsync(context.Document.Project, context.Diagnostics, cancellation), Key),
            context.Diagnostics
        );
        return Task.CompletedTask;
    }

    protected static async Task<Solution> FixAsync(Project project, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var solution = project.Solution;
        foreach (var file in diagnostics.Select(diagnostic => diagnostic.AdditionalLocations[0]).Distinct().GroupBy(location => location.GetLineSpan().Path))
        {
            var document = project.AdditionalDocuments.Single(document => document.FilePath == file.Key);
            var text = await document.GetTextAsync(cancellation);
            solution = solution.WithAdditionalDocumentText(document.Id, text.WithChanges(file.Select(location => new TextChange(location.SourceSpan, "good"))));
        }

        return solution;
    }
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TemplateFix)), Shared]
internal sealed class TemplateFix : TemplateFixBase
{
    public override FixAllProvider GetFixAllProvider() => new Provider();

    private sealed class Provider : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            var diagnostics = fixAllContext is { Scope: FixAllScope.Document, Document: { } document }
                ? await fixAllContext.GetDocumentDiagnosticsAsync(document)
                : await fixAllContext.GetAllDiagnosticsAsync(fixAllContext.Project);
            return CodeAction.Create("Edit the templates", cancellation => FixAsync(fixAllContext.Project, diagnostics, cancellation), Key);
        }
    }
}

/// <summary>The stock "fix all" does not merge edits of additional documents.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BatchedTemplateFix)), Shared]
internal sealed class BatchedTemplateFix : TemplateFixBase
{
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;
}
