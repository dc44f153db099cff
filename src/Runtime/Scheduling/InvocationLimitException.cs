using System.Globalization;

namespace AtLeastOnce.Runtime;

/// <summary>A run made more invocations than <see cref="LambdaTestHostOptions.InvocationLimit"/> allows.</summary>
public sealed class InvocationLimitException : Exception
{
    /// <summary>An exception with a message of its own.</summary>
    public InvocationLimitException(string message)
        : base(message) { }

    internal static InvocationLimitException Of(int limit, long now) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                The run made more than {limit:N0} invocations and was given up after {TimeSpan.FromTicks(now)} of virtual time. Possible causes:
                  - a handler sends to the queue that feeds it, again and again;
                  - a message always fails, its queue has no dead-letter queue, a long retention period and a short visibility timeout: give the queue a DeadLetter;
                  - the scenario is that large: set LambdaTestHostOptions.InvocationLimit, or run a part of it with RunForAsync(TimeSpan).
                """
            )
        );
}
