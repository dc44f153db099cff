using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Benchmarks;

/// <summary>What the rules cost a project that has nothing to do with Lambda: 300 files of 70 lines.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 5, iterationCount: 20)]
public class AnalyzersWithoutLambda
{
    private const string Usings =
        "using System; using System.Collections.Generic; using System.Linq; using System.Net.Http; using System.Text.Json; using System.Threading.Tasks;\n";

    private CSharpCompilation project = null!;
    private CSharpCompilation compilation = null!;

    /// <summary>Makes the project.</summary>
    [GlobalSetup]
    public void Compile() =>
        project = GeneratedHandlers.CompileWithoutLambda(
            Enumerable.Range(0, 300).Select(number => FormattableString.Invariant($"{Usings}namespace Generated.N{number};\n") + GeneratedHandlers.Domain(""))
        );

    /// <summary>A compilation that is bound, so that only the analyzers are measured.</summary>
    [IterationSetup]
    public void Bind()
    {
        compilation = project.Clone();
        if (!compilation.GetDiagnostics().IsEmpty)
            throw new InvalidOperationException("The generated project does not compile.");
    }

    /// <summary>An analyzer that wants to hear of nothing.</summary>
    [Benchmark(Baseline = true)]
    public async Task<int> Idle() => (await compilation.WithAnalyzers(GeneratedHandlers.Idle).GetAnalyzerDiagnosticsAsync()).Length;

    /// <summary>All rules.</summary>
    [Benchmark]
    public async Task<int> Rules() => (await compilation.WithAnalyzers(GeneratedHandlers.Rules).GetAnalyzerDiagnosticsAsync()).Length;
}
