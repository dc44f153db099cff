using AtLeastOnce.Package.Tests.Building;

[assembly: AssemblyFixture(typeof(BuiltConsumers))]

namespace AtLeastOnce.Package.Tests.Building;

/// <summary>
/// All consumers, copied out of the repository and built once against the packed packages: with a packages folder of their own, so that nothing stale
/// is used, and with the packed feed as the only source.
/// </summary>
public sealed class BuiltConsumers : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("AtLeastOnce.Consumers.").FullName;
    private CommandResult? build;

    /// <summary>The folder of the packed packages.</summary>
    internal static string Feed { get; } = Path.Combine(AppContext.BaseDirectory, "feed");

    /// <summary>What the build printed.</summary>
    internal CommandResult Build => build ?? throw new InvalidOperationException("The consumers are built before the first test.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        CopyFolder(Path.Combine(AppContext.BaseDirectory, "Consumers"), folder);
        var projects = Directory
            .EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => Path.GetRelativePath(folder, path));
        File.WriteAllText(Path.Combine(folder, "All.slnx"), $"<Solution>{string.Concat(projects.Select(path => $"<Project Path=\"{path}\" />"))}</Solution>");
        build = await DotnetAsync("", "build", "All.slnx", "-v", "quiet");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What the compiler found in a consumer, one line a finding.</summary>
    /// <param name="consumer">The folder of its project, such as <c>Modes/Strict</c>.</param>
    internal IReadOnlyList<string> FindingsOf(string consumer) => [.. Finding.ReadAll(LogOf(consumer)).Select(finding => finding.ToString())];

    /// <summary>The messages of one rule in a consumer.</summary>
    internal IReadOnlyList<string> MessagesOf(string consumer, string id) => Finding.MessagesOf(LogOf(consumer), id);

    /// <summary>The help links in a consumer's log, by rule.</summary>
    internal IReadOnlyDictionary<string, string> HelpLinksOf(string consumer) => Finding.HelpLinks(LogOf(consumer));

    /// <summary>A path in a consumer.</summary>
    internal string PathOf(string consumer, params string[] names) => Path.Combine([folder, consumer, .. names]);

    /// <summary>A copy of a restored consumer, for a test that changes it.</summary>
    internal string CopyOf(string consumer, string name)
    {
        var copy = Path.Combine(folder, name);
        CopyFolder(PathOf(consumer), copy);
        return copy;
    }

    /// <summary>Runs <c>dotnet</c> in a consumer's folder.</summary>
    internal Task<CommandResult> DotnetAsync(string consumer, params string[] arguments) =>
        CommandLine.DotnetAsync(
            Path.Combine(folder, consumer),
            new Dictionary<string, string>
            {
                ["PackedFeed"] = Feed,
                ["LambdaAssemblies"] = AppContext.BaseDirectory,
                ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(folder, "http"),
            },
            arguments
        );

    private string LogOf(string consumer)
    {
        var log = PathOf(consumer, "findings.sarif");
        if (!File.Exists(log))
            Assert.Fail($"The compiler did not run for {consumer}: {string.Join('\n', Build.LinesWith(PathOf(consumer)))}");
        return log;
    }

    private static void CopyFolder(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
