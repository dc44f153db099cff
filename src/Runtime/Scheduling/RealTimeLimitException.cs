using System.Globalization;
using AtLeastOnce.Runtime.Scheduling;

namespace AtLeastOnce.Runtime;

/// <summary>
/// A handler did something outside of virtual time that did not end within <see cref="LambdaTestHostOptions.RealTimeLimit"/>.
/// </summary>
public sealed class RealTimeLimitException : Exception
{
    /// <summary>An exception with a message of its own.</summary>
    public RealTimeLimitException(string message)
        : base(message) { }

    internal static RealTimeLimitException Of(IReadOnlyList<WorkScope> scopes, TimeSpan limit)
    {
        var who = scopes.Count == 0 ? "Code of the test" : string.Join(" and ", scopes.Select(scope => scope.Describe()).Order(StringComparer.Ordinal));
        var open = string.Concat(scopes.SelectMany(WaitsFor).Order(StringComparer.Ordinal));
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {who} waited {limit.TotalSeconds:0.###} s of real time for something outside of virtual time.
                {open}The virtual clock stands still while an invocation neither awaits a timer of host.TimeProvider nor a call of host.Wrap(…). Possible causes:
                  - it awaits Task.Delay(…) or a timer of the system's clock: pass host.TimeProvider, as in Task.Delay(delay, timeProvider);
                  - it awaits a lock, channel or TaskCompletionSource that another invocation, which waits for virtual time, holds;
                  - it does real IO, or never ends.
                If it only needs longer, set LambdaTestHostOptions.RealTimeLimit.
                """
            )
        );
    }

    private static IEnumerable<string> WaitsFor(WorkScope scope) =>
        scope.OpenCalls.Select(call => $"{scope.Describe()} waits for {call}, which has not answered.\n");
}
