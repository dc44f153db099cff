using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.Analyzers.Tests;

/// <summary>The clients that the effect catalogue names and no package at hand declares, in an assembly of their own as a project has them.</summary>
internal static class LookAlikes
{
    private static readonly Lazy<MetadataReference> Compiled = new(Compile);

    /// <summary>The assembly.</summary>
    public static MetadataReference Reference => Compiled.Value;

    private static PortableExecutableReference Compile()
    {
        var compilation = CSharpCompilation.Create(
            "LookAlikes",
            AnalysedCode.In("LookAlikes").Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Name)),
            References.None.Resolve(),
            new(OutputKind.DynamicallyLinkedLibrary)
        );
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success
            ? MetadataReference.CreateFromImage(image.ToArray())
            : throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
    }
}
