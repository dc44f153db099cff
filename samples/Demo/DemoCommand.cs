using AtLeastOnce.Demo.Scenarios;
using AtLeastOnce.Runtime;

namespace AtLeastOnce.Demo;

/// <summary>Shows a flawed sample: what the analyzers say about it, and what happens when it is run.</summary>
public static class DemoCommand
{
    private static readonly Scenario[] Scenarios =
    [
        new OrdersScenario(),
        new ClickStreamScenario(),
        new TableAuditScenario(),
        new AccountCommandsScenario(),
        new UploadThumbnailsScenario(),
        new UsageReportScenario(),
    ];

    /// <summary>The names of the samples that can be shown; the first is shown where none is named.</summary>
    public static IReadOnlyList<string> Samples { get; } = [.. Scenarios.Select(scenario => scenario.Sample)];

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The name of a sample, in any case; or none.</param>
    /// <param name="output">Where it is printed.</param>
    /// <param name="error">Where it is told what was wrong with the arguments.</param>
    /// <returns>The exit code: 0, or 2 where the arguments name no sample.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        if (arguments.Count > 1)
        {
            await error.WriteLineAsync($"One sample is shown at a time, but {arguments.Count} are named. The samples are {string.Join(", ", Samples)}.");
            return 2;
        }

        var name = arguments.Count == 0 ? Samples[0] : arguments[0];
        if (Array.Find(Scenarios, candidate => candidate.Sample.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } scenario)
        {
            await error.WriteLineAsync($"There is no sample '{name}'. The samples are {string.Join(", ", Samples)}.");
            return 2;
        }

        await ShowAsync(scenario, output);
        return 0;
    }

    private static async Task ShowAsync(Scenario scenario, TextWriter output)
    {
        var flawed = $"{scenario.Sample}.Flawed";
        var folder = SampleFolder.Of(flawed);
        await output.WriteLineAsync($"1. What the analyzers say about samples/{flawed}:");
        await output.WriteLineAsync();
        foreach (var finding in await SampleAnalysis.FindAsync(folder))
        {
            await output.WriteLineAsync(SampleAnalysis.Print(finding, folder));
            await output.WriteLineAsync();
        }

        await output.WriteLineAsync($"2. What happens: {scenario.Story}. The same handler, the same template:");
        await output.WriteLineAsync();
        var result = await scenario.RunAsync(Path.Combine(folder, "template.yaml"));
        await output.WriteLineAsync(result.Run.Timeline);
        await output.WriteLineAsync($"  ledger: {result.Ledger}");
        await output.WriteLineAsync($"  {result.Effects}");
        if (FailureOf(result.Run) is not { } failure)
            return;
        await output.WriteLineAsync();
        await output.WriteLineAsync("3. How a unit test says it:");
        await output.WriteLineAsync();
        await output.WriteLineAsync($"{failure.GetType().FullName}: {failure.Message}");
    }

    private static EsmExpectationException? FailureOf(EsmRun run)
    {
        try
        {
            run.EnsureNothingLost();
            return null;
        }
        catch (EsmExpectationException exception)
        {
            return exception;
        }
    }
}
