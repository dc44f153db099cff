using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime;

/// <summary>A synchronous invocation was refused, because the function was at its limit of concurrency (Y-3). Nobody tries again but the caller.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The function's name.</param>
/// <param name="Reason">Which limit it was.</param>
public sealed record CallThrottled(TimeSpan At, string Function, string Reason) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new(Function, $"◌ call throttled: {Reason} (Y-3)");
}

/// <summary>A load balancer answered a request.</summary>
/// <param name="At">Virtual time since the host's start.</param>
/// <param name="Function">The name of the function behind it.</param>
/// <param name="Request">The method and path.</param>
/// <param name="StatusCode">The status that the client got.</param>
/// <param name="ErrorReason">Why it is the load balancer's own answer and not the function's; else null (L-4).</param>
public sealed record LoadBalancerAnswered(TimeSpan At, string Function, string Request, int StatusCode, string? ErrorReason) : EsmEvent(At)
{
    /// <inheritdoc/>
    internal override EventText Tell() => new("load balancer", Wording.Of($"{Request} → {StatusCode}{(ErrorReason is null ? "" : $": {ErrorReason} (L-4)")}"));
}
