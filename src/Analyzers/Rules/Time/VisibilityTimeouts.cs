using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Rules.Time;

/// <summary>What the rules about visibility timeouts share.</summary>
internal static class VisibilityTimeouts
{
    /// <summary>
    /// By how many times the function's timeout a queue must hide a message, beside the batching window: AWS advises 6. <c>alo302.visibility_factor</c> in a configuration
    /// file, or the MSBuild property <c>Alo302VisibilityFactor</c>; 1 to 40.
    /// </summary>
    public static DeploymentRuleOption Factor { get; } = new("alo302.visibility_factor", "Alo302VisibilityFactor", VisibilityAdvice.Factor, 1, 40);

    /// <summary>The place to point at: where the timeout is written, else the queue that leaves it out.</summary>
    public static Place PlaceOf(Queue queue) => queue.VisibilityTimeout.IsExplicit ? queue.VisibilityTimeout.Place : queue.Declaration;

    /// <summary>The advised visibility timeout as it is reckoned: <c>6 × function timeout 30 s + batching window 5 s</c>.</summary>
    public static string Reckoning(int factor, int functionTimeout, int batchingWindow) =>
        FormattableString.Invariant($"{factor} × function timeout {functionTimeout} s")
        + (batchingWindow == 0 ? "" : FormattableString.Invariant($" + batching window {batchingWindow} s"));
}
