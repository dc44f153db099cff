namespace AtLeastOnce.Runtime.History;

/// <summary>How histories tell of invocations.</summary>
internal static class InvocationText
{
    /// <summary>The function and the number.</summary>
    public static string Who(InvocationRecord invocation) => Wording.Of($"{invocation.Function} #{invocation.Number}");

    /// <summary>What it began with.</summary>
    public static string Started(InvocationRecord invocation)
    {
        if (invocation.Mapping is null)
            return StartedDirectly(invocation);
        var counts = invocation.Deliveries.Select(delivery => delivery.ReceiveCount).ToArray();
        var (least, most) = (counts.DefaultIfEmpty(1).Min(), counts.DefaultIfEmpty(1).Max());
        var what = invocation.ShardId is null ? "receive" : "attempt";
        var receives = most == 1 ? "" : Wording.Of($"  {what} {(least == most ? Wording.Of($"{most}") : Wording.Of($"{least} to {most}"))}");
        var remark = invocation.Remark is null ? "" : $"  {invocation.Remark}";
        var until = invocation.VisibleAgainAt is { } visible ? $"  visibility until {Wording.Time(visible)}" : "";
        var numbers = string.Join(" ", invocation.Deliveries.Select(delivery => Wording.Of($"{delivery.Record.Number}")));
        return Wording.Of($"▶ batch of {counts.Length} [{numbers}]{receives}{until}{remark}");
    }

    // By the asynchronous event queue, or by a caller that waits.
    private static string StartedDirectly(InvocationRecord invocation) =>
        invocation.Deliveries is [var delivery]
            ? Wording.Of($"▶ event {delivery.Record.Number}{(delivery.ReceiveCount > 1 ? Wording.Of($"  attempt {delivery.ReceiveCount}") : "")}")
            : $"▶ called with {Wording.Short(invocation.RequestJson)}";

    /// <summary>What came of it.</summary>
    public static string Ended(InvocationRecord invocation)
    {
        var outcome = invocation.Outcome!;
        if (invocation.Error is { } error)
            return $"✖ failed: {error.Type}: {Wording.FirstLine(error.Message)}";
        var returned = string.IsNullOrEmpty(invocation.ResponseJson) ? "returned" : $"returned {Wording.Short(invocation.ResponseJson)}";
        return outcome.Kind switch
        {
            BatchOutcomeKind.WholeBatchFailure => $"✖ {returned}: {outcome.Reason}",
            BatchOutcomeKind.PartialFailure => $"■ {returned}  {outcome.Reason}",
            _ => $"■ {returned}",
        };
    }
}
