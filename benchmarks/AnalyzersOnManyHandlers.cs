using System.Collections.Immutable;
using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Benchmarks;

/// <summary>
/// What the rules add to a build as the compiler's server does it: warm, under the server's garbage collector, from the texts to the assembly and its symbols.
/// 1,000 handlers are 100,000 lines.
/// </summary>
[GcServer(true)]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 3, iterationCount: 7)]
public class AnalyzersOnManyHandlers
{
    private static readonly EmitOptions WithSymbols = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private CSharpCompilation project = null!;
    private (SourceText Text, string Path)[] files = null!;

    /// <summary>The number of handlers.</summary>
    [Params(100, 1_000)]
    public int Handlers { get; set; }

    /// <summary>Makes the project.</summary>
    [GlobalSetup]
    public void Generate()
    {
        var generated = GeneratedHandlers.Compile(Handlers);
        files = [.. generated.SyntaxTrees.Select(tree => (SourceText.From(tree.ToString(), Encoding.UTF8), tree.FilePath))];
        project = generated.RemoveAllSyntaxTrees();
    }

    /// <summary>An analyzer that does nothing.</summary>
    [Benchmark(Baseline = true)]
    public Task<int> Nothing() => BuildAsync(GeneratedHandlers.Nothing);

    /// <summary>All rules.</summary>
    [Benchmark]
    public Task<int> Rules() => BuildAsync(GeneratedHandlers.Rules);

    /// <summary>The rules of Roslynator.Analyzers, as they are enabled by default.</summary>
    [Benchmark]
    public Task<int> Roslynator() => BuildAsync(OtherAnalyzers.Roslynator);

    /// <summary>The rules of SonarAnalyzer.CSharp, as they are enabled by default.</summary>
    [Benchmark]
    public Task<int> Sonar() => BuildAsync(OtherAnalyzers.Sonar);

    private async Task<int> BuildAsync(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var trees = new SyntaxTree[files.Length];
        Parallel.For(0, files.Length, number => trees[number] = CSharpSyntaxTree.ParseText(files[number].Text, path: files[number].Path));
        var compilation = project.AddSyntaxTrees(trees);
        var diagnostics = await compilation.WithAnalyzers(analyzers).GetAllDiagnosticsAsync();
        if (!compilation.Emit(Stream.Null, new MemoryStream(), options: WithSymbols).Success)
            throw new InvalidOperationException("The generated project does not compile.");
        return diagnostics.Count(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden);
    }
}
