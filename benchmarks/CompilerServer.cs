using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;

namespace AtLeastOnce.Benchmarks;

/// <summary>The compiler's server of the SDK that built this program: the process in which builds of <c>dotnet build</c> are compiled and analysed.</summary>
internal sealed class CompilerServer : IDisposable
{
    // What the compiler says of an analyzer that it goes on without.
    private static readonly string[] LoadFailures = ["CS8032", "CS8033", "CS8034", "CS8040", "CS9057"];

    private readonly string pipe = $"atleastonce-{Environment.ProcessId}";
    private readonly Process process;

    /// <summary>Starts a server of its own.</summary>
    public CompilerServer() => process = Start("VBCSCompiler.dll", $"-pipename:{pipe}");

    /// <summary>Where the compiler lies.</summary>
    public static string Folder { get; } =
        typeof(CompilerServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "CompilerFolder").Value!;

    /// <summary>Compiles a project, and says what that costs the server.</summary>
    /// <param name="arguments">The arguments of the compiler.</param>
    /// <param name="analyzers">Assemblies with analyzers, and those that they need.</param>
    /// <exception cref="InvalidOperationException">The project does not compile, or an analyzer could not be loaded.</exception>
    public BuildTime Build(IEnumerable<string> arguments, ImmutableArray<string> analyzers)
    {
        var response = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(response, [.. arguments, .. analyzers.Select(path => $"/analyzer:\"{path}\"")]);
            process.Refresh();
            var processor = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            // The compiler's client only takes the option from its command line.
            using var client = Start("csc.dll", $"-shared:{pipe}", "-noconfig", $"@{response}");
            var output = client.StandardOutput.ReadToEnd();
            client.WaitForExit();
            var wall = clock.Elapsed;
            process.Refresh();
            if (client.ExitCode != 0 || LoadFailures.Any(id => output.Contains($"warning {id}")))
                throw new InvalidOperationException($"The generated project was not built as it should be:\n{output[..Math.Min(output.Length, 2000)]}");
            return new(
                (process.TotalProcessorTime - processor).TotalMilliseconds,
                wall.TotalMilliseconds,
                output.Split('\n').Count(line => line.Contains(": warning ALO"))
            );
        }
        finally
        {
            File.Delete(response);
        }
    }

    /// <summary>Ends the server.</summary>
    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(Folder, program), .. arguments]) { RedirectStandardOutput = true })!;
}

/// <summary>What a build cost.</summary>
/// <param name="Processor">Milliseconds of the server's processors.</param>
/// <param name="Wall">Milliseconds that passed.</param>
/// <param name="Findings">Findings of the rules.</param>
internal sealed record BuildTime(double Processor, double Wall, int Findings);
