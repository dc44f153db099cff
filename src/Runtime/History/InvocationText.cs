namespace AtLeastOnce.Runtime.History;

/// <summary>How histories tell of invocations.</summary>
internal static class InvocationText
{
    /// <summary>The function and the number.</summary>
    public static string Who(InvocationRecord invocation) => Wording.Of($"{invocation.Function} #{invocation.Number}");

    /// <summary>What it began with.</summary>
    public static string Started(InvocationRecord invocation)
    {
        var counts = invocation.Deliveries.Select(delivery => delivery.ReceiveCount).ToArray();
        var (least, most) = (counts.DefaultIfEmpty(1).Min(), counts.DefaultIfEmpty(1).Max());
        var what = invocation.ShardId is null ? "receive" : "attempt";
        var receives = most == 1 ? "" : Wording.Of($"  {what} {(least == most ? Wording.Of($"{most}") : Wording.Of($"{least} to {most}"))}");
        var remark = invocation.Remark is null ? "" : $"  {invocation.Remark}";
        var until = invocation.VisibleAgainAt is { } visible ? $"  visibility until {Wording.Time(visible)}" : "";
        var numbers = string.Join(" ", invocation.Deliveries.Select(delivery => Wording.Of($"{delivery.Record.Number}")));
        return Wording.Of($"▶ batch of {counts.Length} [{numbers}]{receives}{until}{remark}");
    }

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
