using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.TestKit;

/// <summary>What a host needs to find the parts: an analyzer without its attribute never runs, a fix without its export is never offered.</summary>
internal static class ExportCheck
{
    /// <exception cref="VerificationException">An analyzer is not declared for C#.</exception>
    internal static void VerifyAnalyzers(IEnumerable<DiagnosticAnalyzer> analyzers)
    {
        foreach (var type in analyzers.Select(analyzer => analyzer.GetType()))
        {
            if (type.GetCustomAttribute<DiagnosticAnalyzerAttribute>(inherit: false)?.Languages.Contains(LanguageNames.CSharp) is not true)
                throw new VerificationException($"{type.FullName} has no [DiagnosticAnalyzer(LanguageNames.CSharp)].");
        }
    }

    /// <exception cref="VerificationException">A fix is not exported for C#, has no name, or claims nothing that the analyzers report.</exception>
    internal static void VerifyFixes(IEnumerable<CodeFixProvider> fixes, IReadOnlyCollection<DiagnosticDescriptor> descriptors)
    {
        foreach (var fix in fixes)
        {
            var export = Export(fix);
            if (!export.Languages.Contains(LanguageNames.CSharp))
                throw new VerificationException($"{fix.GetType().FullName} is not exported for C#.");
            if (string.IsNullOrEmpty(export.Name))
                throw new VerificationException($"{fix.GetType().FullName} is exported without a Name.");
            var claimed = string.Join(", ", fix.FixableDiagnosticIds);
            if (!fix.FixableDiagnosticIds.Any(id => DiagnosticText.IsCompilerId(id) || descriptors.Any(descriptor => descriptor.Id == id)))
                throw new VerificationException($"{fix.GetType().FullName} claims {claimed}, none of which the tested analyzers report.");
        }
    }

    /// <exception cref="VerificationException">No host would offer the fix in this document.</exception>
    internal static void VerifyOfferedIn(CodeFixProvider fix, TextDocument document)
    {
        var export = Export(fix);
        var kind = (document is Document ? TextDocumentKind.Document : TextDocumentKind.AdditionalDocument).ToString();
        if (!export.DocumentKinds.Contains(kind))
            throw new VerificationException($"{fix.GetType().FullName} fixes diagnostics in {document.Name}, but its DocumentKinds do not list {kind}.");
        var extension = Path.GetExtension(document.FilePath ?? document.Name);
        if (export.DocumentExtensions is { } extensions && !extensions.Contains(extension))
        {
            throw new VerificationException(
                $"{fix.GetType().FullName} fixes diagnostics in {document.Name}, but its DocumentExtensions do not list {extension}."
            );
        }
    }

    private static ExportCodeFixProviderAttribute Export(CodeFixProvider fix) =>
        fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>(inherit: false)
        ?? throw new VerificationException($"{fix.GetType().FullName} has no [ExportCodeFixProvider(LanguageNames.CSharp)].");
}
