using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Benchmarks;

/// <summary>Well-known analyzers of the same code, to compare with. They lie beside this program.</summary>
internal static class OtherAnalyzers
{
    private static readonly Loader TheLoader = new();

    public static ImmutableArray<DiagnosticAnalyzer> Roslynator { get; } = Load("roslynator", "Roslynator.CSharp.Analyzers.dll");

    public static ImmutableArray<DiagnosticAnalyzer> Sonar { get; } = Load("sonar", "SonarAnalyzer.CSharp.dll");

    private static ImmutableArray<DiagnosticAnalyzer> Load(string folder, string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, folder);
        foreach (var assembly in Directory.EnumerateFiles(path, "*.dll"))
            TheLoader.AddDependencyLocation(assembly);
        return new AnalyzerFileReference(Path.Combine(path, file), TheLoader).GetAnalyzers(LanguageNames.CSharp);
    }

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        private readonly List<string> locations = [];

        public Loader() =>
            AssemblyLoadContext.Default.Resolving += (context, name) =>
                locations.Find(location => Path.GetFileNameWithoutExtension(location) == name.Name) is { } found ? context.LoadFromAssemblyPath(found) : null;

        public void AddDependencyLocation(string fullPath) => locations.Add(fullPath);

        public Assembly LoadFromPath(string fullPath) => AssemblyLoadContext.Default.LoadFromAssemblyPath(fullPath);
    }
}
