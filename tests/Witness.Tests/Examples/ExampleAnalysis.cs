using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Witness.Tests.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>What the rules say about an example.</summary>
internal static class ExampleAnalysis
{
    /// <summary>Every rule of the product, found as the compiler finds them.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> AllRules { get; } =
    [
        .. typeof(LambdaAnalyzer)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>What all rules and the compiler say about code and template, from a suggestion upward.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> FindAsync(Example example, CancellationToken cancellationToken)
    {
        var compilation = CSharpCompilation.Create(
            ExampleProject.AssemblyName,
            [Parse(ExampleProject.CodeFile, example.Code), Parse(ExampleProject.FrameFile, ExampleProject.Frame)],
            ExampleProject.References.Resolve(),
            ExampleProject.Options
        );
        var options = new AnalyzerOptions(example.Template is { } template ? [new AdditionalFile(Rooted(example.FileOfTemplate), template)] : []);
        var found = await compilation.WithAnalyzers(AllRules, options).GetAllDiagnosticsAsync(cancellationToken);
        return [.. found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Info)];
    }

    private static string Rooted(string file) => "/0/" + file;

    private static SyntaxTree Parse(string file, string text) => CSharpSyntaxTree.ParseText(text, path: Rooted(file));

    private sealed class AdditionalFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => source ??= SourceText.From(text, System.Text.Encoding.UTF8);

        private SourceText? source;
    }
}
