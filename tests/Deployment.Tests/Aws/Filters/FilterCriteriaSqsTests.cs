using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Tests.Aws.Filters;

public sealed class FilterCriteriaSqsTests
{
    private static readonly JsonValue Fields = JsonReader.ReadOrNull(
        """{"messageId":"m-1","body":"ignored","attributes":{"SenderId":"S"},"messageAttributes":{"kind":{"stringValue":"order"}}}"""
    )!;

    private static FilterCriteria Criteria(params string[] patterns) =>
        new([
            .. patterns.Select(text =>
            {
                Assert.True(FilterPattern.TryParse(text, out var pattern, out _));
                return pattern;
            }),
        ]);

    [Theory]
    // F-7: plain body, plain pattern, in the array form of F-14.
    [InlineData("""{"body":["text"]}""", "text", true)]
    [InlineData("""{"body":["text"]}""", "other", false)]
    [InlineData("""{"body":[{"prefix":"te"}]}""", "text", true)]
    // F-8, F-11: only other fields.
    [InlineData("""{"messageId":["m-1"]}""", "text", true)]
    [InlineData("""{"messageId":["m-1"]}""", "{\"a\":1}", true)]
    [InlineData("""{"messageId":["m-2"]}""", "text", false)]
    [InlineData("""{"messageAttributes":{"kind":{"stringValue":["order"]}}}""", "text", true)]
    // F-9: a JSON pattern drops a plain body, whatever it asks for (recorded).
    [InlineData("""{"body":{"a":["x"]}}""", "text", false)]
    [InlineData("""{"body":{"a":[{"exists":false}]}}""", "text", false)]
    [InlineData("""{"body":{"a":["x"]}}""", "{\"a\":\"x\"", false)]
    // F-10: a plain pattern drops a JSON body.
    [InlineData("""{"body":["text"]}""", "{\"a\":1}", false)]
    [InlineData("""{"body":["a"]}""", "[\"a\"]", false)]
    [InlineData("""{"body":[{"exists":false}]}""", "{\"a\":1}", false)]
    // F-12: both JSON.
    [InlineData("""{"body":{"a":["x"]}}""", "{\"a\":\"x\"}", true)]
    [InlineData("""{"body":{"a":["x"]}}""", " {\"a\": \"x\"} ", true)]
    [InlineData("""{"body":{"a":["x"]}}""", "{\"a\":\"y\"}", false)]
    [InlineData("""{"body":{"a":["x"]}}""", "[{\"a\":\"x\"}]", true)]
    [InlineData("""{"body":{"a":["x"]},"messageId":["m-1"]}""", "{\"a\":\"x\"}", true)]
    [InlineData("""{"body":{"a":["x"]},"messageId":["m-2"]}""", "{\"a\":\"x\"}", false)]
    [InlineData("""{"body.a":["x"]}""", "{\"a\":\"x\"}", true)]
    // A text that is a mere number or word is a plain string.
    [InlineData("""{"body":["5"]}""", "5", true)]
    [InlineData("""{"body":[5]}""", "5", false)]
    [InlineData("""{"body":["null"]}""", "null", true)]
    // Of an $or the alternatives of the other format fall away.
    [InlineData("""{"$or":[{"body":{"a":["x"]}},{"body":["text"]}]}""", "text", true)]
    [InlineData("""{"$or":[{"body":{"a":["x"]}},{"body":["text"]}]}""", "{\"a\":\"x\"}", true)]
    [InlineData("""{"$or":[{"body":{"a":["x"]}},{"body":{"b":["y"]}}]}""", "text", false)]
    public void A_message_passes_or_is_deleted(string pattern, string body, bool expected) =>
        Assert.Equal(expected, Criteria(pattern).MatchesSqs(body, Fields));

    [Fact]
    public void One_filter_of_several_is_enough()
    {
        var criteria = Criteria("""{"body":{"a":["x"]}}""", """{"body":{"a":["y"]}}""");
        Assert.True(criteria.MatchesSqs("{\"a\":\"y\"}", Fields));
        Assert.False(criteria.MatchesSqs("{\"a\":\"z\"}", Fields));
        Assert.True(criteria.Matches(JsonReader.ReadOrNull("""{"body":{"a":"x"}}""")!));
    }

    [Fact]
    public void Without_filters_everything_passes()
    {
        Assert.True(Criteria().MatchesSqs("anything", Fields));
        Assert.True(Criteria().Matches(JsonValue.Null));
    }
}
