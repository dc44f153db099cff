using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit.Tests;

/// <summary>Finds the word "bad" in additional files.</summary>
internal abstract class FileAnalyzerBase : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rules.BadValue];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterAdditionalFileAction(file =>
        {
            var text = file.AdditionalFile.GetText(file.CancellationToken)!;
            foreach (var span in Bad(text))
                file.ReportDiagnostic(Diagnostic.Create(Rules.BadValue, Locate(file.AdditionalFile.Path, text, span), Argument(file)));
        });
    }

    internal static IEnumerable<TextSpan> Bad(SourceText text)
    {
        var content = text.ToString();
        for (var at = content.IndexOf("bad", StringComparison.Ordinal); at >= 0; at = content.IndexOf("bad", at + 3, StringComparison.Ordinal))
            yield return new TextSpan(at, 3);
    }

    protected virtual Location Locate(string path, SourceText text, TextSpan span) => Location.Create(path, span, text.Lines.GetLinePositionSpan(span));

    protected virtual string Argument(AdditionalFileAnalysisContext file) => "bad";
}

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class FileAnalyzer : FileAnalyzerBase;

/// <summary>Says the metadata of the file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class MetadataAnalyzer : FileAnalyzerBase
{
    protected override string Argument(AdditionalFileAnalysisContext file) =>
        file.Options.AnalyzerConfigOptionsProvider.GetOptions(file.AdditionalFile).TryGetValue("build_metadata.AdditionalFiles.Kind", out var kind)
            ? kind
            : "unset";
}

/// <summary>Its lines are not those of its span.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class MislocatedAnalyzer : FileAnalyzerBase
{
    protected override Location Locate(string path, SourceText text, TextSpan span) => Location.Create(path, span, new LinePositionSpan(new(0, 0), new(0, 3)));
}

[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnknownFileAnalyzer : FileAnalyzerBase
{
    protected override Location Locate(string path, SourceText text, TextSpan span) =>
        Location.Create(path + ".bak", span, text.Lines.GetLinePositionSpan(span));
}

/// <summary>Marks a class when a template holds the word "bad": located in C#, fixed in the template.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class DeployedClassAnalyzer : NameAnalyzerBase
{
    protected override void Report(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var file in context.Options.AdditionalFiles.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var text = file.GetText(context.CancellationToken)!;
            if (FileAnalyzerBase.Bad(text).ToArray() is { Length: > 0 } spans && text.ToString().Contains(type.Name, StringComparison.Ordinal))
            {
                var span = spans[0];
                context.ReportDiagnostic(
                    Diagnostic.Create(Rules.BadName, type.Locations[0], [Location.Create(file.Path, span, text.Lines.GetLinePositionSpan(span))], type.Name)
                );
            }
        }
    }
}

/// <summary>Reports in the template while C# is analysed.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class TemplateFromCodeAnalyzer : NameAnalyzerBase
{
    protected override void Report(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        var file = context.Options.AdditionalFiles[0];
        var text = file.GetText(context.CancellationToken)!;
        var span = FileAnalyzerBase.Bad(text).First();
        context.ReportDiagnostic(Diagnostic.Create(Rules.BadName, Location.Create(file.Path, span, text.Lines.GetLinePositionSpan(span)), type.Name));
    }
}
