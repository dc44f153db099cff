using AtLeastOnce.Deployment.Aws.Filters;

namespace AtLeastOnce.Deployment.Tests.Aws.Filters;

public sealed class CanonicalPatternTests
{
    [Theory]
    [InlineData("{\"b\":[1],\"a\":[\"x\",\"y\"]}", " { \"a\" : [ \"y\", \"x\", \"y\" ], \"b\" : [1] }")]
    [InlineData("{\"a\":[{\"numeric\":[\">\",1]},null,true]}", "{\"a\":[true,null,{\"numeric\":[\">\",1]}]}")]
    [InlineData("{\"a\":[\"\\u0041\"]}", "{\"a\":[\"A\"]}")]
    public void Order_and_white_space_are_no_part_of_it(string one, string other)
    {
        Assert.NotNull(CanonicalPattern.Of(one));
        Assert.Equal(CanonicalPattern.Of(one), CanonicalPattern.Of(other));
    }

    [Theory]
    [InlineData("{\"a\":[\"1\"]}", "{\"a\":[1]}")]
    [InlineData("{\"a\":[\"x\"]}", "{\"a\":[\"x\",\"y\"]}")]
    [InlineData("{\"a\":[\"x\"]}", "{\"b\":[\"x\"]}")]
    [InlineData("{\"a\":[\"x\\\",\\\"y\"]}", "{\"a\":[\"x\",\"y\"]}")]
    public void Other_patterns_have_another_form(string one, string other) => Assert.NotEqual(CanonicalPattern.Of(one), CanonicalPattern.Of(other));

    [Theory]
    [InlineData("order")]
    [InlineData("{")]
    [InlineData("")]
    public void What_is_no_JSON_has_none(string pattern) => Assert.Null(CanonicalPattern.Of(pattern));
}
