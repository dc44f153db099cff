using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.Benchmarks;

/// <summary>
/// What the rules add to a build in the compiler's own server, warm. 1,000 handlers are 100,000 lines. The builds of a round follow each other in another order each time,
/// and are compared within it: a machine that gets slower, or faster, does so for all of them.
/// </summary>
internal static class BuildCost
{
    private const int SmallBuilds = 5;
    private const int WarmSmallRounds = 12;
    private const int WarmLargeRounds = 2;

    private const string Nothing = "nothing";
    private const string AllRules = "all rules";

    // What is judged is built more often than what it is set beside.
    private static readonly (string Name, int Times, Func<string, ImmutableArray<string>> Analyzers)[] Kinds =
    [
        (Nothing, 2, static folder => [EmptyAnalyzer(folder)]),
        (AllRules, 2, static _ => [.. new[] { "AtLeastOnce.Analyzers.dll", "AtLeastOnce.Deployment.dll", "YamlDotNet.dll" }.Select(Beside)]),
        ("Roslynator", 1, static _ => [.. Directory.EnumerateFiles(Beside("roslynator"), "*.dll")]),
        ("Sonar", 1, static _ => [.. Directory.EnumerateFiles(Beside("sonar"), "*.dll")]),
    ];

    /// <summary>
    /// Measures builds of 100 and of 1,000 handlers, that many rounds of both. A round builds the small project several times: how the time grows is told within the round, too.
    /// </summary>
    public static void Measure(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("atleastonce-build-");
        try
        {
            using var server = new CompilerServer();
            var analyzers = Kinds.ToDictionary(kind => kind.Name, kind => kind.Analyzers(folder.FullName));
            var small = Project.Of(100, SmallBuilds, folder);
            var large = Project.Of(10 * small.Handlers, 1, folder);
            for (var round = 0; round < WarmSmallRounds; round++)
                Round(server, small with { Builds = 1 }, analyzers);
            for (var round = 0; round < WarmLargeRounds; round++)
                Round(server, large, analyzers);
            var measured = new List<(Dictionary<string, BuildTime> Small, Dictionary<string, BuildTime> Large)>();
            for (var round = 0; round < rounds; round++)
            {
                measured.Add((Round(server, small, analyzers), Round(server, large, analyzers)));
                Console.WriteLine(
                    Line(
                        $"round {round + 1}: {Ratio(measured[^1].Small):N3} at {small.Handlers:N0}, {Ratio(measured[^1].Large):N3} at {large.Handlers:N0} handlers"
                    )
                );
            }

            Console.WriteLine();
            Console.WriteLine("| Handlers | Analyzers | Processor time, ms | Ratio (quartiles) | Of the sums | Time, ms | Ratio |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            Print(small.Handlers, measured.ConvertAll(round => round.Small));
            Print(large.Handlers, measured.ConvertAll(round => round.Large));
            Console.WriteLine();
            Console.WriteLine(Line($"Ten times the handlers take {Growth(AllRules):N1} times as long with all rules, {Growth(Nothing):N1} without."));

            double Growth(string name) => Quantile(measured.Select(round => round.Large[name].Processor / round.Small[name].Processor), 0.5);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Ratio(Dictionary<string, BuildTime> round) => round[AllRules].Processor / round[Nothing].Processor;

    private static void Print(int handlers, List<Dictionary<string, BuildTime>> rounds)
    {
        foreach (var (name, _, _) in Kinds)
        {
            var times = rounds.ConvertAll(round => round[name]);
            var ratios = rounds.ConvertAll(round => round[name].Processor / round[Nothing].Processor);
            var ofSums = times.Sum(time => time.Processor) / rounds.Sum(round => round[Nothing].Processor);
            var wall = rounds.Select(round => round[name].Wall / round[Nothing].Wall);
            Console.WriteLine(
                Line(
                    $"| {handlers:N0} | {name} | {Quantile(times.Select(time => time.Processor), 0.5):N0} | {Quantile(ratios, 0.5):N2} ({Quantile(ratios, 0.25):N2}–{Quantile(ratios, 0.75):N2}) | {ofSums:N2} | {Quantile(times.Select(time => time.Wall), 0.5):N0} | {Quantile(wall, 0.5):N2} |"
                )
            );
        }
    }

    // What one build costs, with each of the analyzers.
    private static Dictionary<string, BuildTime> Round(CompilerServer server, Project project, Dictionary<string, ImmutableArray<string>> analyzers)
    {
        var times = Kinds.ToDictionary(kind => kind.Name, _ => new List<BuildTime>());
        for (var build = 0; build < project.Builds; build++)
        {
            foreach (var name in Kinds.SelectMany(kind => Enumerable.Repeat(kind.Name, kind.Times)).OrderBy(_ => Random.Shared.Next()))
                times[name].Add(server.Build(project.Arguments, analyzers[name]));
        }

        if (times[AllRules].Exists(time => time.Findings != project.Flawed) || times[Nothing].Exists(time => time.Findings > 0))
            throw new InvalidOperationException("The rules did not find what is wrong with the generated handlers.");
        return times.ToDictionary(
            pair => pair.Key,
            pair => new BuildTime(pair.Value.Average(time => time.Processor), pair.Value.Average(time => time.Wall), pair.Value[0].Findings)
        );
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    // One that has every file bound and does nothing with it, for the compiler that the server is.
    private static string EmptyAnalyzer(string folder)
    {
        var source = """
            using System.Collections.Immutable;
            using Microsoft.CodeAnalysis;
            using Microsoft.CodeAnalysis.Diagnostics;

            [DiagnosticAnalyzer(LanguageNames.CSharp)]
            public sealed class EmptyAnalyzer : DiagnosticAnalyzer
            {
                public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
                    [new("EMPTY", "Nothing", "Nothing", "Benchmark", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

                public override void Initialize(AnalysisContext context)
                {
                    context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
                    context.EnableConcurrentExecution();
                    context.RegisterSemanticModelAction(_ => { });
                }
            }
            """;
        var path = Path.Combine(folder, "EmptyAnalyzer.dll");
        var compilation = CSharpCompilation.Create(
            "EmptyAnalyzer",
            [CSharpSyntaxTree.ParseText(source)],
            GeneratedHandlers
                .Framework.Append(Path.Combine(CompilerServer.Folder, "Microsoft.CodeAnalysis.dll"))
                .Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        return compilation.Emit(path) is { Success: true } ? path : throw new InvalidOperationException("The empty analyzer does not compile.");
    }

    private static double Quantile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)(part * (sorted.Count - 1))];
    }

    private sealed record Project(int Handlers, int Builds, int Flawed, ImmutableArray<string> Arguments)
    {
        public static Project Of(int handlers, int builds, DirectoryInfo folder)
        {
            var sources = folder.CreateSubdirectory(handlers.ToString(CultureInfo.InvariantCulture));
            var files = Enumerable
                .Range(0, handlers)
                .Select(number => (Number: number, Path: Path.Combine(sources.FullName, Line($"File{number}.cs"))))
                .ToList();
            foreach (var (number, path) in files)
                File.WriteAllText(path, GeneratedHandlers.Source(number, ""));
            return new(
                handlers,
                builds,
                Enumerable.Range(0, handlers).Count(GeneratedHandlers.IsFlawed),
                [
                    "/nologo",
                    "/utf8output",
                    "/nostdlib+",
                    "/deterministic+",
                    "/target:library",
                    "/nullable:enable",
                    "/debug:portable",
                    $"/out:\"{Path.Combine(sources.FullName, "Generated.dll")}\"",
                    .. GeneratedHandlers.Framework.Concat(GeneratedHandlers.Packages).Select(path => $"/reference:\"{path}\""),
                    .. files.Select(file => $"\"{file.Path}\""),
                ]
            );
        }
    }
}
