using System.Text;
using System.Text.Json;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>The identifiers of a batch, as a response may name them.</summary>
internal interface IBatchIdentifiers
{
    /// <summary>Records in the batch.</summary>
    int Count { get; }

    /// <summary>The position of the record with the identifier, or -1.</summary>
    int IndexOf(string identifier);
}

/// <summary>Reads a function's result as the poller does: the decision tables of R-1 to R-20c. Pure; one instance a mapping setting.</summary>
/// <param name="reportsFailures">Whether the mapping has ReportBatchItemFailures.</param>
/// <param name="scalars">How a response that is no object is taken (R-17).</param>
internal sealed class BatchResponse(bool reportsFailures, ScalarResponseRule scalars = ScalarResponseRule.Success)
{
    /// <summary>The property that reports failures; matched by case.</summary>
    public const string Failures = "batchItemFailures";

    /// <summary>The property of a failure that names the record; matched by case.</summary>
    public const string Identifier = "itemIdentifier";

    private static readonly BatchOutcome NullPayload = Success("R-1", "success: the response is null");
    private static readonly BatchOutcome EmptyPayload = Success("R-2", "success: the response is empty");
    private static readonly BatchOutcome EmptyList = Success("R-3", "success: the response is an empty list");
    private static readonly BatchOutcome EmptyObject = Success("R-4", "success: the response is an empty object");
    private static readonly BatchOutcome NoFailures = Success("R-5", "success: no failure reported");
    private static readonly BatchOutcome NullFailures = Success("R-6", "success: batchItemFailures is null");
    private static readonly BatchOutcome NotAsked = Success("R-20a", "success: returned without a function error");

    /// <summary>Judges a result.</summary>
    /// <param name="payload">The response's bytes; of no meaning if there is an error.</param>
    /// <param name="error">The function's error, or null.</param>
    /// <param name="batch">The records of the batch.</param>
    public BatchOutcome Judge(ReadOnlySpan<byte> payload, FunctionError? error, IBatchIdentifiers batch)
    {
        if (error is not null)
            return Failure(reportsFailures ? "R-18" : "R-20b", $"function error {error.Type}: {FirstLine(error.Message)}");
        if (!reportsFailures)
            return NotRead(payload, batch, "R-20a", NotAsked, "the mapping does not set ReportBatchItemFailures, so the response was ignored");
        if (payload.IsEmpty)
            return EmptyPayload;
        try
        {
            var reader = new Utf8JsonReader(payload);
            reader.Read();
            var outcome = Judge(ref reader, payload, batch);
            while (reader.Read()) { }
            return outcome;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Failure("R-12", $"the response is not JSON: {FirstLine(exception.Message)}");
        }
    }

    private BatchOutcome Judge(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, IBatchIdentifiers batch)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return JudgeObject(ref reader, payload, batch);
            case JsonTokenType.Null:
                return NullPayload;
            case JsonTokenType.String when reader.ValueTextEquals(""u8):
                return EmptyPayload;
            case JsonTokenType.StartArray:
                reader.Read();
                if (reader.TokenType == JsonTokenType.EndArray)
                    return EmptyList;
                SkipToEnd(ref reader);
                break;
        }

        return scalars == ScalarResponseRule.WholeBatchFailure
            ? Failure("R-17", "the response is not an object")
            : NotRead(
                payload,
                batch,
                "R-17",
                Success("R-17", "success: the response is not an object"),
                "the response is not an object, so it was read like an empty one"
            );
    }

    private static BatchOutcome JudgeObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, IBatchIdentifiers batch)
    {
        BatchOutcome? outcome = null;
        var isEmpty = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            isEmpty = false;
            var isFailures = reader.ValueTextEquals("batchItemFailures"u8);
            reader.Read();
            if (isFailures)
                outcome = JudgeFailures(ref reader, batch);
            else
                reader.Skip();
        }

        if (outcome is not null)
            return outcome;
        return isEmpty
            ? EmptyObject
            : NotRead(
                payload,
                batch,
                "R-15",
                Success("R-15", "success: the response has no batchItemFailures, so it was read like an empty one"),
                "the response has no 'batchItemFailures' as Lambda spells it, so it was read like an empty one"
            );
    }

    private static BatchOutcome JudgeFailures(ref Utf8JsonReader reader, IBatchIdentifiers batch)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return NullFailures;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            var kind = reader.TokenType;
            reader.Skip();
            return Failure("R-16", $"batchItemFailures is not a list but {Words(kind)}");
        }

        BatchOutcome? invalid = null;
        SortedSet<int>? failed = null;
        var isRepeated = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (rule, wrong, index) = JudgeEntry(ref reader, batch);
            if (wrong is not null)
                invalid ??= Failure(rule, wrong);
            else
                isRepeated |= !(failed ??= []).Add(index);
        }

        if (invalid is not null)
        {
            return failed is null ? invalid : Failure("R-13", $"{invalid.Reason["whole batch failed: ".Length..]}, although other entries are right");
        }

        if (failed is null)
            return NoFailures;
        var ids = FormattableString.Invariant($"{failed.Count} of {batch.Count} reported as failed");
        return failed.Count == batch.Count
            ? Partial("R-19", "all records reported as failed", failed)
            : Partial(isRepeated ? "R-14" : "R-11", isRepeated ? ids + ", one more than once" : ids, failed);
    }

    private static (string Rule, string? Wrong, int Index) JudgeEntry(ref Utf8JsonReader reader, IBatchIdentifiers batch)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var kind = reader.TokenType;
            reader.Skip();
            return ("R-9", $"an entry of batchItemFailures is not an object but {Words(kind)}", -1);
        }

        (string, string?, int) result = ("R-9", "an entry of batchItemFailures has no itemIdentifier", -1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isIdentifier = reader.ValueTextEquals("itemIdentifier"u8);
            reader.Read();
            if (isIdentifier)
                result = JudgeIdentifier(ref reader, batch);
            reader.Skip();
        }

        return result;
    }

    private static (string Rule, string? Wrong, int Index) JudgeIdentifier(ref Utf8JsonReader reader, IBatchIdentifiers batch)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return ("R-8", "an itemIdentifier is null", -1);
            case JsonTokenType.String:
                var identifier = reader.GetString()!;
                if (identifier.Length == 0)
                    return ("R-7", "an itemIdentifier is empty", -1);
                var index = batch.IndexOf(identifier);
                return index < 0 ? ("R-10", $"unknown itemIdentifier '{identifier}'", -1) : ("R-11", null, index);
            case JsonTokenType.Number:
                return ("R-10", $"unknown itemIdentifier {Encoding.UTF8.GetString(reader.ValueSpan)}, a number", -1);
            default:
                return ("R-10", $"an itemIdentifier is not a text but {Words(reader.TokenType)}", -1);
        }
    }

    /// <summary>The outcome of a response that is taken as success unread, with the failures that its author meant to report.</summary>
    private static BatchOutcome NotRead(ReadOnlySpan<byte> payload, IBatchIdentifiers batch, string rule, BatchOutcome plain, string why)
    {
        if (payload.Length < 3)
            return plain;
        var ignored = IgnoredReports.Find(payload, batch);
        return ignored.Count == 0
            ? plain
            : new(
                BatchOutcomeKind.Success,
                rule,
                FormattableString.Invariant($"success, {ignored.Count} reported failure{(ignored.Count == 1 ? "" : "s")} ignored: {why} ({rule})")
            )
            {
                IgnoredReports = ignored,
            };
    }

    private static void SkipToEnd(ref Utf8JsonReader reader)
    {
        while (reader.Read()) { }
    }

    private static BatchOutcome Success(string rule, string reason) => new(BatchOutcomeKind.Success, rule, $"{reason} ({rule})");

    private static BatchOutcome Failure(string rule, string reason) => new(BatchOutcomeKind.WholeBatchFailure, rule, $"whole batch failed: {reason} ({rule})");

    private static BatchOutcome Partial(string rule, string reason, SortedSet<int> failed) =>
        new(BatchOutcomeKind.PartialFailure, rule, $"{reason} ({rule})") { FailedIndexes = [.. failed] };

    private static string Words(JsonTokenType kind) =>
        kind switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number",
            JsonTokenType.Null => "null",
            _ => "a bool",
        };

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
