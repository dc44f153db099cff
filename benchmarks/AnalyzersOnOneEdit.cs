using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Benchmarks;

/// <summary>What an editor waits for after a keystroke in one handler's file: the diagnostics of that file.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 5, iterationCount: 20)]
public class AnalyzersOnOneEdit
{
    private static readonly AnalyzerOptions NoTemplate = new([]);
    private static readonly AnalyzerOptions Template = new([new GeneratedTemplate(GeneratedTemplate.Lines)]);

    private CSharpCompilation project = null!;
    private CSharpCompilation edited = null!;
    private SyntaxTree tree = null!;
    private int edits;

    /// <summary>The number of handlers.</summary>
    [Params(1_000)]
    public int Handlers { get; set; }

    /// <summary>Makes the project, and analyses it once as an editor does when it is opened.</summary>
    [GlobalSetup]
    public void Open()
    {
        project = GeneratedHandlers.Compile(Handlers);
        foreach (var options in new[] { NoTemplate, Template })
            project.WithAnalyzers(GeneratedHandlers.Rules, options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
    }

    /// <summary>Types something.</summary>
    [IterationSetup]
    public void Edit()
    {
        var before = project.SyntaxTrees[Handlers / 2];
        tree = CSharpSyntaxTree.ParseText(GeneratedHandlers.Source(Handlers / 2, FormattableString.Invariant($"// {edits++}")), path: before.FilePath);
        edited = project.ReplaceSyntaxTree(before, tree);
    }

    /// <summary>An analyzer that does nothing.</summary>
    [Benchmark(Baseline = true)]
    public Task<int> Nothing() => CountAsync(GeneratedHandlers.Nothing, NoTemplate);

    /// <summary>All rules.</summary>
    [Benchmark]
    public Task<int> Rules() => CountAsync(GeneratedHandlers.Rules, NoTemplate);

    /// <summary>All rules, beside a template of 10,000 lines that has not changed.</summary>
    [Benchmark]
    public Task<int> RulesBesideTemplate() => CountAsync(GeneratedHandlers.Rules, Template);

    private async Task<int> CountAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, AnalyzerOptions options) =>
        (
            await edited
                .WithAnalyzers(analyzers, options)
                .GetAnalyzerSemanticDiagnosticsAsync(edited.GetSemanticModel(tree), filterSpan: null, CancellationToken.None)
        ).Length;
}
