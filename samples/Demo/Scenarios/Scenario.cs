using AtLeastOnce.Runtime;

namespace AtLeastOnce.Demo.Scenarios;

/// <summary>What the demo does with a flawed sample.</summary>
internal abstract class Scenario
{
    /// <summary>The sample's name; its flawed variant is in the folder <c>samples/‹name›.Flawed</c>.</summary>
    public abstract string Sample { get; }

    /// <summary>What happens, as part of a sentence.</summary>
    public abstract string Story { get; }

    /// <summary>Runs it.</summary>
    /// <param name="template">The path of the sample's template.</param>
    public abstract Task<ScenarioResult> RunAsync(string template);
}

/// <summary>What came of it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Ledger">Where the records ended.</param>
/// <param name="Effects">What the handler did to the world, in a line: acknowledged is not processed.</param>
internal sealed record ScenarioResult(EsmRun Run, Ledger Ledger, string Effects);
