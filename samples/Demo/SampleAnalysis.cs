using System.Collections.Immutable;
using System.Globalization;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Demo;

/// <summary>Runs the analyzers over a sample's folder, as a build with the package would.</summary>
public static class SampleAnalysis
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>The findings of a sample, in the order of files and lines, with their severity and message.</summary>
    /// <param name="folder">The sample's folder: its sources and <c>template.yaml</c>; its name is the assembly's.</param>
    public static async Task<IReadOnlyList<Diagnostic>> FindAsync(string folder)
    {
        var sources = Directory
            .GetFiles(folder, "*.cs")
            .Order(StringComparer.Ordinal)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: path));
        var compilation = CSharpCompilation.Create(
            Path.GetFileName(folder),
            [.. sources, CSharpSyntaxTree.ParseText(ImplicitUsings, path: "ImplicitUsings.g.cs")],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        var analyzers = typeof(LambdaAnalyzer)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .ToImmutableArray();
        var template = new TemplateFile(Path.Combine(folder, "template.yaml"));
        var found = await compilation.WithAnalyzers(analyzers, new AnalyzerOptions([template])).GetAllDiagnosticsAsync();
        return
        [
            .. found
                .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden)
                .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>A finding as the compiler prints it, the file relative to <paramref name="folder"/>.</summary>
    public static string Print(Diagnostic finding, string folder)
    {
        var place = finding.Location.GetLineSpan();
        var start = place.StartLinePosition;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetRelativePath(folder, place.Path)}({start.Line + 1},{start.Character + 1}): {finding.Severity.ToString().ToLowerInvariant()} {finding.Id}: {finding.GetMessage(CultureInfo.InvariantCulture)}"
        );
    }

    // The framework and the packages of AWS, as the sample's own project references them.
    private static IEnumerable<MetadataReference> References()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework || IsOfAws(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path));
    }

    private static bool IsOfAws(string file) =>
        file.StartsWith("Amazon.Lambda.", StringComparison.Ordinal) || file.StartsWith("AWSSDK.", StringComparison.Ordinal);

    private sealed class TemplateFile(string path) : AdditionalText
    {
        private readonly SourceText text = SourceText.From(File.ReadAllText(path));

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => text;
    }
}
