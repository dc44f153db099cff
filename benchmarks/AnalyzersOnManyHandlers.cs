using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Benchmarks;

/// <summary>What the rules add to a build: the compiler parses nothing anew, but binds, analyses and emits. 1,000 handlers are 100,000 lines.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 2, iterationCount: 6)]
public class AnalyzersOnManyHandlers
{
    private CSharpCompilation project = null!;
    private CSharpCompilation compilation = null!;

    /// <summary>The number of handlers.</summary>
    [Params(100, 1_000)]
    public int Handlers { get; set; }

    /// <summary>Makes the project.</summary>
    [GlobalSetup]
    public void Compile() => project = GeneratedHandlers.Compile(Handlers);

    /// <summary>A compilation that nobody has analysed yet.</summary>
    [IterationSetup]
    public void Fresh() => compilation = project.Clone();

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
        var diagnostics = await compilation.WithAnalyzers(analyzers).GetAllDiagnosticsAsync();
        if (!compilation.Emit(Stream.Null).Success)
            throw new InvalidOperationException("The generated project does not compile.");
        return diagnostics.Count(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden);
    }
}
