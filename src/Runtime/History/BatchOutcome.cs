namespace AtLeastOnce.Runtime;

/// <summary>How the poller takes a result.</summary>
public enum BatchOutcomeKind
{
    /// <summary>Every record is acknowledged.</summary>
    Success,

    /// <summary>The records named in the response have failed, the rest is acknowledged .</summary>
    PartialFailure,

    /// <summary>No record is acknowledged.</summary>
    WholeBatchFailure,
}

/// <summary>What a poller makes of an invocation's result.</summary>
/// <param name="Kind">How it takes the result.</param>
/// <param name="Rule">The rule that decided: <c>R-11</c>.</param>
/// <param name="Reason">The rule in words, with what was found in the response.</param>
public sealed record BatchOutcome(BatchOutcomeKind Kind, string Rule, string Reason)
{
    /// <summary>The positions in the batch, from 0 and ascending, of the records that count as failed by the response; empty unless it is a partial failure.</summary>
    public IReadOnlyList<int> FailedIndexes { get; init; } = [];

    /// <summary>
    /// The positions of the records that the response names as failed, in a way that is not read: the setting is off (R-20a), or the names of the response are
    /// not spelt as Lambda spells them. These records are deleted all the same.
    /// </summary>
    public IReadOnlyList<int> IgnoredReports { get; init; } = [];
}

/// <summary>What Lambda answers when a function fails .</summary>
/// <param name="Type">The error's type, as a rule the exception's: <c>InvalidOperationException</c>.</param>
/// <param name="Message">The error's message.</param>
public sealed record FunctionError(string Type, string Message)
{
    /// <summary>The exception that left the handler or its serializer; null if the environment itself failed.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The payload as Lambda writes it.</summary>
    public string ToJson() => $$"""{"errorType":{{Json(Type)}},"errorMessage":{{Json(Message)}}}""";

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
