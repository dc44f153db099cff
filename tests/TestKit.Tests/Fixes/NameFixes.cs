using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.TestKit.Tests;

/// <summary>Renames "Bad…" to "Good…"; what deviates from a sound fix is overridden.</summary>
internal abstract class NameFixBase : CodeFixProvider
{
    internal const string Key = "TK001.Rename";

    public override ImmutableArray<string> FixableDiagnosticIds => ["TK001"];

    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var action in Actions(context.Document, context.Diagnostics[0]))
            context.RegisterCodeFix(action, context.Diagnostics);
        return Task.CompletedTask;
    }

    protected virtual IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [CodeAction.Create("Rename", cancellation => RenameAsync(document, diagnostic, name => "Good" + name[3..], cancellation), Key)];

    protected static async Task<Document> RenameAsync(Document document, Diagnostic diagnostic, Func<string, string> rename, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation))!;
        var declaration = root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()!;
        var name = SyntaxFactory.Identifier(rename(declaration.Identifier.Text)).WithTriviaFrom(declaration.Identifier);
        return document.WithSyntaxRoot(root.ReplaceToken(declaration.Identifier, name));
    }
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NameFix)), Shared]
internal sealed class NameFix : NameFixBase;

/// <summary>Offers two ways, the second one nested.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TwoWaysFix)), Shared]
internal sealed class TwoWaysFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [
            .. base.Actions(document, diagnostic),
            CodeAction.Create(
                "Other ways",
                [
                    CodeAction.Create(
                        "Rename to nice",
                        cancellation => RenameAsync(document, diagnostic, name => "Nice" + name[3..], cancellation),
                        "TK001.Nice"
                    ),
                ],
                isInlinable: false
            ),
        ];
}

/// <summary>No "fix all", as a fix may decide.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SingleFix)), Shared]
internal sealed class SingleFix : NameFixBase
{
    public override FixAllProvider? GetFixAllProvider() => null;
}
