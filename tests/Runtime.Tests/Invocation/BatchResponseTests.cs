using System.Text;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Runtime.Tests.Rules;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>The decision tables of sections 3.1 and 3.2, row by row. The batch holds "a", "b" and "c".</summary>
public class BatchResponseTests
{
    private sealed class Batch : IBatchIdentifiers
    {
        private static readonly string[] Ids = ["a", "b", "c"];

        public int Count => Ids.Length;

        public int IndexOf(string identifier) => Array.IndexOf(Ids, identifier);
    }

    private static BatchOutcome Judge(
        string payload,
        bool reports = true,
        ScalarResponseRule scalars = ScalarResponseRule.Success,
        FunctionError? error = null
    ) => new BatchResponse(reports, scalars).Judge(Encoding.UTF8.GetBytes(payload), error, new Batch());

    [Theory]
    [InlineData("null", "R-1", "success: the response is null (R-1)")]
    [InlineData("", "R-2", "success: the response is empty (R-2)")]
    [InlineData("\"\"", "R-2", "success: the response is empty (R-2)")]
    [InlineData("[]", "R-3", "success: the response is an empty list (R-3)")]
    [InlineData("{}", "R-4", "success: the response is an empty object (R-4)")]
    [InlineData("""{"batchItemFailures":[]}""", "R-5", "success: no failure reported (R-5)")]
    [InlineData("""{"state":{},"batchItemFailures":[],"other":[1,{"x":2}]}""", "R-5", "success: no failure reported (R-5)")]
    [InlineData("""{"batchItemFailures":null}""", "R-6", "success: batchItemFailures is null (R-6)")]
    [InlineData("""{"statusCode":200}""", "R-15", "success: the response has no batchItemFailures, so it was read like an empty one (R-15)")]
    [InlineData("5", "R-17", "success: the response is not an object (R-17)")]
    [InlineData("true", "R-17", "success: the response is not an object (R-17)")]
    [InlineData("\"text\"", "R-17", "success: the response is not an object (R-17)")]
    public void Is_taken_as_success(string payload, string rule, string reason)
    {
        var outcome = Judge(payload);

        Assert.Equal(BatchOutcomeKind.Success, outcome.Kind);
        Assert.Equal((rule, reason), (outcome.Rule, outcome.Reason));
        Assert.Empty(outcome.FailedIndexes);
        Assert.Empty(outcome.IgnoredReports);
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""", "R-7", "an itemIdentifier is empty")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""", "R-8", "an itemIdentifier is null")]
    [InlineData("""{"batchItemFailures":[{"foo":123}]}""", "R-9", "an entry of batchItemFailures has no itemIdentifier")]
    [InlineData("""{"batchItemFailures":[{"foo":null}]}""", "R-9", "an entry of batchItemFailures has no itemIdentifier")]
    [InlineData("""{"batchItemFailures":[{"ItemIdentifier":"a"}]}""", "R-9", "an entry of batchItemFailures has no itemIdentifier")]
    [InlineData("""{"batchItemFailures":[{}]}""", "R-9", "an entry of batchItemFailures has no itemIdentifier")]
    [InlineData("""{"batchItemFailures":["a"]}""", "R-9", "an entry of batchItemFailures is not an object but a text")]
    [InlineData("""{"batchItemFailures":[null]}""", "R-9", "an entry of batchItemFailures is not an object but null")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"x"}]}""", "R-10", "unknown itemIdentifier 'x'")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"A"}]}""", "R-10", "unknown itemIdentifier 'A'")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":123}]}""", "R-10", "unknown itemIdentifier 123, a number")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":{"a":1}}]}""", "R-10", "an itemIdentifier is not a text but an object")]
    [InlineData(
        """{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"x"}]}""",
        "R-13",
        "unknown itemIdentifier 'x' (R-10), although other entries are right"
    )]
    [InlineData(
        """{"batchItemFailures":[{"itemIdentifier":null},{"itemIdentifier":"a"}]}""",
        "R-13",
        "an itemIdentifier is null (R-8), although other entries are right"
    )]
    [InlineData("""{"batchItemFailures":"a"}""", "R-16", "batchItemFailures is not a list but a text")]
    [InlineData("""{"batchItemFailures":{"itemIdentifier":"a"}}""", "R-16", "batchItemFailures is not a list but an object")]
    [InlineData("""{"batchItemFailures":1}""", "R-16", "batchItemFailures is not a list but a number")]
    [InlineData("""{"batchItemFailures":false}""", "R-16", "batchItemFailures is not a list but a bool")]
    public void Fails_the_whole_batch(string payload, string rule, string reason)
    {
        var outcome = Judge(payload);

        Assert.Equal(BatchOutcomeKind.WholeBatchFailure, outcome.Kind);
        Assert.Equal((rule, $"whole batch failed: {reason} ({rule})"), (outcome.Rule, outcome.Reason));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"batchItemFailures":[]""")]
    [InlineData("""{"batchItemFailures":[]} trailing""")]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"\ud800"}]}""")]
    [InlineData(" ")]
    [Rule("R-12")]
    public void What_is_not_JSON_fails_the_whole_batch(string payload)
    {
        var outcome = Judge(payload);

        Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "R-12"), (outcome.Kind, outcome.Rule));
        Assert.StartsWith("whole batch failed: the response is not JSON: ", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_fail_the_whole_batch()
    {
        byte[] payload = [.. """{"batchItemFailures":[{"itemIdentifier":"a"""u8, 0xFF, .. "\"}]}"u8];

        Assert.Equal("R-12", new BatchResponse(true).Judge(payload, null, new Batch()).Rule);
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"b"}]}""", "R-11", "1 of 3 reported as failed (R-11)", new[] { 1 })]
    [InlineData(
        """{"batchItemFailures":[{"itemIdentifier":"c"},{"itemIdentifier":"a","why":[1]}]}""",
        "R-11",
        "2 of 3 reported as failed (R-11)",
        new[] { 0, 2 }
    )]
    [InlineData(
        """{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"b"}]}""",
        "R-14",
        "1 of 3 reported as failed, one more than once (R-14)",
        new[] { 1 }
    )]
    [InlineData(
        """{"batchItemFailures":[{"itemIdentifier":"a"},{"itemIdentifier":"b"},{"itemIdentifier":"c"}]}""",
        "R-19",
        "all records reported as failed (R-19)",
        new[] { 0, 1, 2 }
    )]
    [InlineData(
        """{"batchItemFailures":[{"itemIdentifier":"a"}],"batchItemFailures":[{"itemIdentifier":"b"}]}""",
        "R-11",
        "1 of 3 reported as failed (R-11)",
        new[] { 1 }
    )]
    public void Fails_the_records_that_are_named(string payload, string rule, string reason, int[] failed)
    {
        var outcome = Judge(payload);

        Assert.Equal(BatchOutcomeKind.PartialFailure, outcome.Kind);
        Assert.Equal((rule, reason), (outcome.Rule, outcome.Reason));
        Assert.Equal(failed, outcome.FailedIndexes);
    }

    [Theory]
    [InlineData("""{"BatchItemFailures":[{"ItemIdentifier":"b"}]}""", "R-15", new[] { 1 })]
    [InlineData("""{"batchitemfailures":["c","a"]}""", "R-15", new[] { 0, 2 })]
    [InlineData("""["a","x"]""", "R-17", new[] { 0 })]
    [InlineData("""[{"itemIdentifier":"a"}]""", "R-17", new[] { 0 })]
    public void Reports_that_Lambda_does_not_read_are_seen_to_be_ignored(string payload, string rule, int[] ignored)
    {
        var outcome = Judge(payload);

        Assert.Equal((BatchOutcomeKind.Success, rule), (outcome.Kind, outcome.Rule));
        Assert.Equal(ignored, outcome.IgnoredReports);
        Assert.Contains("ignored", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("[1]")]
    public void Scalars_fail_the_batch_if_the_switch_says_so(string payload)
    {
        var outcome = Judge(payload, scalars: ScalarResponseRule.WholeBatchFailure);

        Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "whole batch failed: the response is not an object (R-17)"), (outcome.Kind, outcome.Reason));
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("null")]
    public void Without_the_setting_any_response_is_success(string payload)
    {
        var outcome = Judge(payload, reports: false);

        Assert.Equal((BatchOutcomeKind.Success, "success: returned without a function error (R-20a)"), (outcome.Kind, outcome.Reason));
    }

    [Fact]
    public void Without_the_setting_a_correct_report_is_ignored()
    {
        var outcome = Judge("""{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"c"}]}""", reports: false);

        Assert.Equal((BatchOutcomeKind.Success, "R-20a"), (outcome.Kind, outcome.Rule));
        Assert.Equal([1, 2], outcome.IgnoredReports);
        Assert.Equal(
            "success, 2 reported failures ignored: the mapping does not set ReportBatchItemFailures, so the response was ignored (R-20a)",
            outcome.Reason
        );
    }

    [Theory]
    [InlineData(true, "R-18")]
    [InlineData(false, "R-20b")]
    public void A_function_error_fails_the_whole_batch_whatever_the_payload(bool reports, string rule)
    {
        var outcome = Judge("""{"batchItemFailures":[]}""", reports, error: new("InvalidOperationException", "boom\nat line 2"));

        Assert.Equal((BatchOutcomeKind.WholeBatchFailure, rule), (outcome.Kind, outcome.Rule));
        Assert.Equal($"whole batch failed: function error InvalidOperationException: boom ({rule})", outcome.Reason);
    }
}
