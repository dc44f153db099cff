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
    private const int SmallBuilds = 5;

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

    /// <summary>
    /// Measures builds of 100 and of 1,000 handlers, that many rounds of both once the code that builds them is compiled itself. A round builds the small project several
    /// times: how the time grows is told within the round, too.
    /// </summary>
    public static async Task MeasureAsync(int rounds)
    {
        if (!GCSettings.IsServerGC)
        {
            await AgainUnderTheServersCollectorAsync();
            return;
        }

        var small = Project.Of(100, SmallBuilds);
        var large = Project.Of(10 * small.Handlers, 1);
        await WarmAsync(small);
        await RoundAsync(large);
        var measured = new List<(Dictionary<string, Cost> Small, Dictionary<string, Cost> Large)>();
        for (var round = 0; round < rounds; round++)
            measured.Add((await RoundAsync(small), await RoundAsync(large)));

        Console.WriteLine("| Handlers | Analyzers | Processor time, ms | Ratio (quartiles) | Time, ms | Ratio | Allocated, MB |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Print(small.Handlers, measured.ConvertAll(round => round.Small));
        Print(large.Handlers, measured.ConvertAll(round => round.Large));
        Console.WriteLine();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Ten times the handlers take {Growth(AllRules):N1} times as long with all rules, {Growth(Nothing):N1} without."
            )
        );

        double Growth(string name) => Quantile(measured.Select(round => round.Large[name].Processor / round.Small[name].Processor), 0.5);
    }

    private static async Task WarmAsync(Project project)
    {
        for (var round = 0; round < MostWarmRounds; round++)
        {
            var compiling = JitInfo.GetCompilationTime();
            var costs = await RoundAsync(project);
            if ((JitInfo.GetCompilationTime() - compiling).TotalMilliseconds < WarmShare * project.Builds * costs.Values.Sum(cost => cost.Processor))
                break;
        }
    }

    private static void Print(int handlers, List<Dictionary<string, Cost>> rounds)
    {
        foreach (var (name, _) in Builds)
        {
            var costs = rounds.ConvertAll(round => round[name]);
            var ratios = rounds.ConvertAll(round => round[name].Processor / round[Nothing].Processor);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {handlers:N0} | {name} | {Quantile(costs.Select(cost => cost.Processor), 0.5):N0} | {Quantile(ratios, 0.5):N2} ({Quantile(ratios, 0.25):N2}–{Quantile(ratios, 0.75):N2}) | {Quantile(costs.Select(cost => cost.Wall), 0.5):N0} | {Quantile(rounds.Select(round => round[name].Wall / round[Nothing].Wall), 0.5):N2} | {Quantile(costs.Select(cost => cost.Allocated), 0.5):N0} |"
                )
            );
        }
    }

    // What one build costs, with each of the analyzers.
    private static async Task<Dictionary<string, Cost>> RoundAsync(Project project)
    {
        var costs = Builds.ToDictionary(build => build.Name, _ => new List<Cost>());
        for (var build = 0; build < project.Builds; build++)
        {
            foreach (var (name, analyzers) in Builds.OrderBy(_ => Random.Shared.Next()))
                costs[name].Add(await BuildAsync(project, analyzers()));
        }

        return costs.ToDictionary(
            pair => pair.Key,
            pair => new Cost(pair.Value.Average(cost => cost.Processor), pair.Value.Average(cost => cost.Wall), pair.Value.Average(cost => cost.Allocated))
        );
    }

    private static async Task<Cost> BuildAsync(Project project, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        var trees = new SyntaxTree[project.Files.Length];
        Parallel.For(0, trees.Length, number => trees[number] = CSharpSyntaxTree.ParseText(project.Files[number].Text, path: project.Files[number].Path));
        var compilation = project.WithoutFiles.AddSyntaxTrees(trees);
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

    private sealed record Project(int Handlers, int Builds, CSharpCompilation WithoutFiles, (SourceText Text, string Path)[] Files)
    {
        public static Project Of(int handlers, int builds)
        {
            var generated = GeneratedHandlers.Compile(handlers);
            return new(
                handlers,
                builds,
                generated.RemoveAllSyntaxTrees(),
                [.. generated.SyntaxTrees.Select(tree => (SourceText.From(tree.ToString(), Encoding.UTF8), tree.FilePath))]
            );
        }
    }
}
