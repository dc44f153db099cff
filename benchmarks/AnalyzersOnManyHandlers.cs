using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Benchmarks;

/// <summary>What the rules add to a build.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 8)]
public class AnalyzersOnManyHandlers
{
    private CSharpCompilation project = null!;
    private CSharpCompilation compilation = null!;

    /// <summary>The number of handlers.</summary>
    [Params(1_000)]
    public int Handlers { get; set; }

    /// <summary>Makes the project.</summary>
    [GlobalSetup]
    public void Compile() => project = GeneratedHandlers.Compile(Handlers);

    /// <summary>A compilation that nobody has analysed yet.</summary>
    [IterationSetup]
    public void Fresh() => compilation = project.Clone();

    /// <summary>An analyzer that does nothing.</summary>
    [Benchmark(Baseline = true)]
    public Task<int> Nothing() => CountAsync(GeneratedHandlers.Nothing);

    /// <summary>All rules.</summary>
    [Benchmark]
    public Task<int> Rules() => CountAsync(GeneratedHandlers.Rules);

    private async Task<int> CountAsync(System.Collections.Immutable.ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        (await compilation.WithAnalyzers(analyzers).GetAllDiagnosticsAsync()).Count(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden);
}
