using System.Collections.Immutable;
using System.Composition;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit.Tests;

internal sealed class UnexportedFix : NameFixBase;

[ExportCodeFixProvider(LanguageNames.VisualBasic, Name = nameof(OtherLanguageFix)), Shared]
internal sealed class OtherLanguageFix : NameFixBase;

[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
internal sealed class NamelessFix : NameFixBase;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OtherKindFix), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)]), Shared]
internal sealed class OtherKindFix : NameFixBase;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnrelatedFix)), Shared]
internal sealed class UnrelatedFix : NameFixBase
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["TK777"];
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ThrowingFix)), Shared]
internal sealed class ThrowingFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) => throw new InvalidCastException("wrong node");
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeylessFix)), Shared]
internal sealed class KeylessFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [CodeAction.Create("Rename", cancellation => RenameAsync(document, diagnostic, name => "Good" + name[3..], cancellation))];
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SameTitleFix)), Shared]
internal sealed class SameTitleFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [.. base.Actions(document, diagnostic), CodeAction.Create("Rename", _ => Task.FromResult(document), "TK001.Other")];
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SameKeyFix)), Shared]
internal sealed class SameKeyFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [.. base.Actions(document, diagnostic), CodeAction.Create("Other", _ => Task.FromResult(document), Key)];
}

/// <summary>Registers its action for a diagnostic that it was not asked about.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ForeignDiagnosticFix)), Shared]
internal sealed class ForeignDiagnosticFix : NameFixBase
{
    private static readonly DiagnosticDescriptor s_foreign = Rules.Warning("TK888", "foreign");

    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        context.RegisterCodeFix(Actions(context.Document, context.Diagnostics[0]).Single(), Diagnostic.Create(s_foreign, context.Diagnostics[0].Location));
        return Task.CompletedTask;
    }
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncompilableFix)), Shared]
internal sealed class UncompilableFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [CodeAction.Create("Rename", cancellation => RenameAsync(document, diagnostic, _ => "int", cancellation), Key)];
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IdleFix)), Shared]
internal sealed class IdleFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [CodeAction.Create("Rename", _ => Task.FromResult(document), Key)];
}

/// <summary>What it writes is found again.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EndlessFix)), Shared]
internal sealed class EndlessFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [CodeAction.Create("Rename", cancellation => RenameAsync(document, diagnostic, name => name + "X", cancellation), Key)];
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InoperativeFix)), Shared]
internal sealed class InoperativeFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) => [new Inoperative()];

    private sealed class Inoperative : CodeAction
    {
        public override string Title => "Nothing";

        public override string EquivalenceKey => Key;

        protected override Task<IEnumerable<CodeActionOperation>> ComputeOperationsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<CodeActionOperation>>([]);
    }
}

/// <summary>Writes the document anew, in UTF-16 and with the other checksum algorithm.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EncodingFix)), Shared]
internal sealed class EncodingFix : NameFixBase
{
    protected override IEnumerable<CodeAction> Actions(Document document, Diagnostic diagnostic) =>
        [
            CodeAction.Create(
                "Rename",
                async cancellation =>
                {
                    var text = await document.GetTextAsync(cancellation);
                    var algorithm = text.ChecksumAlgorithm == SourceHashAlgorithm.Sha1 ? SourceHashAlgorithm.Sha256 : SourceHashAlgorithm.Sha1;
                    return document.WithText(SourceText.From(text.ToString().Replace("Bad", "Good", StringComparison.Ordinal), Encoding.Unicode, algorithm));
                },
                Key
            ),
        ];
}

/// <summary>"Fix all" names the types otherwise than the single fix does, in the scopes that are asked for.</summary>
internal abstract class DeviatingFixAllBase(FixAllScope deviating) : NameFixBase
{
    public override FixAllProvider GetFixAllProvider() => new Provider(deviating);

    private sealed class Provider(FixAllScope deviating) : FixAllProvider
    {
        public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) =>
            fixAllContext.Scope == deviating
                ? Task.FromResult<CodeAction?>(
                    CodeAction.Create(
                        "All",
                        async cancellation =>
                        {
                            var solution = fixAllContext.Solution;
                            foreach (var document in fixAllContext.Project.Documents)
                            {
                                var text = (await document.GetTextAsync(cancellation)).ToString();
                                solution = solution.WithDocumentText(
                                    document.Id,
                                    SourceText.From(text.Replace("Bad", "Fine", StringComparison.Ordinal), Encoding.UTF8)
                                );
                            }

                            return solution;
                        },
                        Key
                    )
                )
                : WellKnownFixAllProviders.BatchFixer.GetFixAsync(fixAllContext)!;
    }
}

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeviatingInDocumentFix)), Shared]
internal sealed class DeviatingInDocumentFix() : DeviatingFixAllBase(FixAllScope.Document);

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeviatingInProjectFix)), Shared]
internal sealed class DeviatingInProjectFix() : DeviatingFixAllBase(FixAllScope.Project);

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeviatingInSolutionFix)), Shared]
internal sealed class DeviatingInSolutionFix() : DeviatingFixAllBase(FixAllScope.Solution);

/// <summary>"Fix all" fixes one of several.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OneOfAllFix)), Shared]
internal sealed class OneOfAllFix : NameFixBase
{
    public override FixAllProvider GetFixAllProvider() => new Provider();

    private sealed class Provider : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            var document = fixAllContext.Document!;
            var first = (await fixAllContext.GetDocumentDiagnosticsAsync(document)).First();
            return CodeAction.Create("All", cancellation => RenameAsync(document, first, name => "Good" + name[3..], cancellation), Key);
        }
    }
}

/// <summary>"Fix all" has nothing to offer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NothingForAllFix)), Shared]
internal sealed class NothingForAllFix : NameFixBase
{
    public override FixAllProvider GetFixAllProvider() => new Provider();

    private sealed class Provider : FixAllProvider
    {
        public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) => Task.FromResult<CodeAction?>(null);
    }
}

/// <summary>"Fix all" gives back what it got.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IdleForAllFix)), Shared]
internal sealed class IdleForAllFix : NameFixBase
{
    public override FixAllProvider GetFixAllProvider() => new Provider();

    private sealed class Provider : FixAllProvider
    {
        public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) =>
            Task.FromResult<CodeAction?>(CodeAction.Create("All", _ => Task.FromResult(fixAllContext.Solution), Key));
    }
}
