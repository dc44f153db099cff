using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>Which messages of a queue reach the function.</summary>
public class SqsFilterTests
{
    private static readonly string[] Bodies =
    [
        """{"kind":"order","price":300}""",
        """{"kind":"refund","price":300.0}""",
        """{"kind":"","price":null}""",
        """{"price":true}""",
        "text",
    ];

    private static async Task<string> PassingAsync(string pattern)
    {
        var seen = new List<string>();
        await using var scenario = new Scenario((SQSEvent input) => seen.AddRange(Scenario.Bodies(input)), m => m.Filters = [pattern]);
        var run = await scenario.RunAsync([.. Bodies]);

        // What does not reach the function is deleted.
        Assert.Equal((seen.Count, Bodies.Length - seen.Count), Ended(run));
        return string.Join(' ', seen.Select(body => Array.IndexOf(Bodies, body)).Order());
    }

    private static (int Acknowledged, int Filtered) Ended(EsmRun run)
    {
        var records = run.Ledger("orders").Records;
        return (records.Count(record => record.Fate == RecordFate.Acknowledged), records.Count(record => record.Fate == RecordFate.Filtered));
    }

    [Theory]
    [InlineData("""{"body":{"kind":["order"]}}""", "0")]
    [InlineData("""{"body":{"kind":["order","refund"]}}""", "0 1")]
    [InlineData("""{"body":{"kind":[""]}}""", "2")]
    [InlineData("""{"body":{"price":[null]}}""", "2")]
    [InlineData("""{"body":{"price":[true]}}""", "3")]
    [InlineData("""{"body":{"kind":[{"prefix":"re"}]}}""", "1")]
    [InlineData("""{"body":{"kind":[{"suffix":"er"}]}}""", "0")]
    [InlineData("""{"body":{"kind":[{"anything-but":["order"]}]}}""", "1 2")]
    [InlineData("""{"body":{"kind":[{"equals-ignore-case":"ORDER"}]}}""", "0")]
    [InlineData("""{"body":{"price":[{"numeric":["=",300]}]}}""", "0 1")]
    [InlineData("""{"body":{"price":[{"numeric":[">",300,"<=",400]}]}}""", "")]
    [InlineData("""{"body":{"kind":[{"exists":true}]}}""", "0 1 2")]
    [InlineData("""{"body":{"kind":[{"exists":false}]}}""", "3")]
    [InlineData("""{"body":{"$or":[{"kind":["refund"]},{"price":[true]}]}}""", "1 3")]
    public async Task F1a_every_operator_passes_what_it_names(string pattern, string expected) => Assert.Equal(expected, await PassingAsync(pattern));

    [Theory]
    [InlineData("300", "0")]
    [InlineData("300.0", "1")]
    [InlineData("3.0e2", "")]
    public async Task F1b_numbers_are_compared_by_their_text(string number, string expected) =>
        Assert.Equal(expected, await PassingAsync($$$"""{"body":{"price":[{{{number}}}]}}"""));

    [Fact]
    public async Task F14_a_plain_text_is_named_in_an_array()
    {
        Assert.Equal("4", await PassingAsync("""{"body":["text"]}"""));

        var exception = Assert.Throws<InvalidParameterValueException>(() =>
            new LambdaTestHost().Map(new SqsQueue("orders"), new("orders", (SQSEvent _) => { }), m => m.Filters = ["""{"body":"text"}"""])
        );
        Assert.Equal("InvalidParameterValueException: Invalid filter pattern definition.", exception.Message);
    }
}
