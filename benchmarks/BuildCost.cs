using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Benchmarks;

/// <summary>
/// What the rules add to a build as the compiler's server does it: warm, under the server's garbage collector, from the texts to the assembly and its symbols.
/// 1,000 handlers are 100,000 lines. The builds of a round follow each other in another order each time, and are compared within it: a machine that gets slower, or
/// faster, does so for all of them.
/// </summary>
internal static class BuildCost
{
    private const int MostWarmRounds = 24;

    // What the compiler of the runtime may still take of a round's time for it to count as warm.
    private const double WarmShare = 0.005;

    private static readonly EmitOptions WithSymbols = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    private const string Nothing = "nothing";
    private const string AllRules = "all rules";

    private static readonly (string Name, Func<ImmutableArray<DiagnosticAnalyzer>> Analyzers)[] Builds =
    [
        (Nothing, static () => GeneratedHandlers.Nothing),
        (AllRules, static () => GeneratedHandlers.Rules),
        ("Roslynator", static () => OtherAnalyzers.Roslynator),
        ("Sonar", static () => OtherAnalyzers.Sonar),
    ];

    /// <summary>Measures builds of 100 and of 1,000 handlers, each that many times once the code that builds them is compiled itself.</summary>
    public static async Task MeasureAsync(int rounds)
    {
        if (!GCSettings.IsServerGC)
        {
            await AgainUnderTheServersCollectorAsync();
            return;
        }

        Console.WriteLine("| Handlers | Analyzers | Processor time, ms | Ratio (quartiles) | Time, ms | Ratio | Allocated, MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var took = new Dictionary<int, double>();
        foreach (var handlers in (int[])[100, 1_000])
            took[handlers] = await MeasureAsync(handlers, rounds);
        Console.WriteLine();
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Building ten times the handlers with all rules takes {took[1_000] / took[100]:N1} times as long.")
        );
    }

    private static async Task<double> MeasureAsync(int handlers, int rounds)
    {
        var generated = GeneratedHandlers.Compile(handlers);
        var files = generated.SyntaxTrees.Select(tree => (SourceText.From(tree.ToString(), Encoding.UTF8), tree.FilePath)).ToArray();
        var project = generated.RemoveAllSyntaxTrees();
        for (var round = 0; round < MostWarmRounds; round++)
        {
            var compiling = JitInfo.GetCompilationTime();
            var costs = await RoundAsync(project, files);
            if ((JitInfo.GetCompilationTime() - compiling).TotalMilliseconds < WarmShare * costs.Values.Sum(cost => cost.Processor))
                break;
        }

        var measured = Builds.ToDictionary(build => build.Name, _ => new List<Cost>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, cost) in await RoundAsync(project, files))
                measured[name].Add(cost);
        }

        var baseline = measured[Nothing];
        foreach (var (name, _) in Builds)
        {
            var costs = measured[name];
            var ratios = costs.Zip(baseline, (cost, nothing) => cost.Processor / nothing.Processor).ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {handlers:N0} | {name} | {Quantile(costs.Select(cost => cost.Processor), 0.5):N0} | {Quantile(ratios, 0.5):N2} ({Quantile(ratios, 0.25):N2}–{Quantile(ratios, 0.75):N2}) | {Quantile(costs.Select(cost => cost.Wall), 0.5):N0} | {Quantile(costs.Zip(baseline, (cost, nothing) => cost.Wall / nothing.Wall), 0.5):N2} | {Quantile(costs.Select(cost => cost.Allocated), 0.5):N0} |"
                )
            );
        }

        return Quantile(measured[AllRules].Select(cost => cost.Processor), 0.5);
    }

    private static async Task<Dictionary<string, Cost>> RoundAsync(CSharpCompilation project, (SourceText Text, string Path)[] files)
    {
        var costs = new Dictionary<string, Cost>();
        foreach (var (name, analyzers) in Builds.OrderBy(_ => Random.Shared.Next()))
            costs.Add(name, await BuildAsync(project, files, analyzers()));
        return costs;
    }

    private static async Task<Cost> BuildAsync(CSharpCompilation project, (SourceText Text, string Path)[] files, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var trees = new SyntaxTree[files.Length];
        Parallel.For(0, files.Length, number => trees[number] = CSharpSyntaxTree.ParseText(files[number].Text, path: files[number].Path));
        var compilation = project.AddSyntaxTrees(trees);
        await compilation.WithAnalyzers(analyzers).GetAllDiagnosticsAsync();
        if (!compilation.Emit(new MemoryStream(), new MemoryStream(), options: WithSymbols).Success)
            throw new InvalidOperationException("The generated project does not compile.");
        return new(
            (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMilliseconds,
            clock.Elapsed.TotalMilliseconds,
            (GC.GetTotalAllocatedBytes() - allocated) / 1e6
        );
    }

    private static double Quantile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)(part * (sorted.Count - 1))];
    }

    // The collector is chosen when a process starts.
    private static async Task AgainUnderTheServersCollectorAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, Environment.GetCommandLineArgs().Skip(1));
        start.Environment["DOTNET_gcServer"] = "1";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Environment.ExitCode = process.ExitCode;
    }

    private sealed record Cost(double Processor, double Wall, double Allocated);
}
