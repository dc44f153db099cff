using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Tests.Aws.Filters;

public sealed class FilterPatternTests
{
    private static FilterPattern Parse(string text)
    {
        Assert.True(FilterPattern.TryParse(text, out var pattern, out var error), error?.Detail);
        return pattern;
    }

    private static bool Matches(string pattern, string record) => Parse(pattern).Matches(JsonReader.ReadOrNull(record)!);

    [Theory]
    // F-1: an array is OR, keys are AND.
    [InlineData("""{"a":["x"]}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":"y"}""", false)]
    [InlineData("""{"a":["x"]}""", """{"a":"X"}""", false)]
    [InlineData("""{"a":["x"]}""", "{}", false)]
    [InlineData("""{"a":["x","y"]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":["x"],"b":["y"]}""", """{"a":"x","b":"y"}""", true)]
    [InlineData("""{"a":["x"],"b":["y"]}""", """{"a":"x","b":"z"}""", false)]
    [InlineData("""{"a":{"b":{"c":["x"]}}}""", """{"a":{"b":{"c":"x"}}}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":"x"}""", false)]
    // Null, empty, booleans and types.
    [InlineData("""{"a":[null]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[null]}""", "{}", false)]
    [InlineData("""{"a":[null]}""", """{"a":"null"}""", false)]
    [InlineData("""{"a":[""]}""", """{"a":""}""", true)]
    [InlineData("""{"a":[""]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":[true]}""", """{"a":true}""", true)]
    [InlineData("""{"a":[true]}""", """{"a":"true"}""", false)]
    // F-1b: numbers by their text.
    [InlineData("""{"a":[300]}""", """{"a":300}""", true)]
    [InlineData("""{"a":[300]}""", """{"a":300.0}""", false)]
    [InlineData("""{"a":[300]}""", """{"a":3.0e2}""", false)]
    [InlineData("""{"a":[300]}""", """{"a":"300"}""", false)]
    // Prefix and suffix: of strings only; an empty one matches every string.
    [InlineData("""{"a":[{"prefix":"ab"}]}""", """{"a":"abc"}""", true)]
    [InlineData("""{"a":[{"prefix":"ab"}]}""", """{"a":"xab"}""", false)]
    [InlineData("""{"a":[{"prefix":""}]}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":[{"prefix":"1"}]}""", """{"a":12}""", false)]
    [InlineData("""{"a":[{"suffix":".png"}]}""", """{"a":"x.png"}""", true)]
    [InlineData("""{"a":[{"suffix":".png"}]}""", """{"a":"x.PNG"}""", false)]
    [InlineData("""{"a":[{"suffix":""}]}""", """{"a":"x"}""", true)]
    [InlineData("""{"a":[{"equals-ignore-case":"Title"}]}""", """{"a":"tITLE"}""", true)]
    [InlineData("""{"a":[{"equals-ignore-case":"Title"}]}""", """{"a":"titles"}""", false)]
    // Anything-but: a bare value or a list; it matches null, not a missing field.
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":[{"anything-but":["x","y"]}]}""", """{"a":"y"}""", false)]
    [InlineData("""{"a":[{"anything-but":["x","y"]}]}""", """{"a":"z"}""", true)]
    [InlineData("""{"a":[{"anything-but":5}]}""", """{"a":5}""", false)]
    [InlineData("""{"a":[{"anything-but":[5,6]}]}""", """{"a":7}""", true)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[{"anything-but":"x"}]}""", "{}", false)]
    // Conditions of one list are OR across operators.
    [InlineData("""{"a":[{"numeric":[">",10]},{"anything-but":5}]}""", """{"a":3}""", true)]
    [InlineData("""{"a":[{"numeric":[">",10]},{"anything-but":5}]}""", """{"a":5}""", false)]
    // Numeric, by value.
    [InlineData("""{"a":[{"numeric":["=",300]}]}""", """{"a":3.0e2}""", true)]
    [InlineData("""{"a":[{"numeric":["<",5]}]}""", """{"a":4.9}""", true)]
    [InlineData("""{"a":[{"numeric":["<",5]}]}""", """{"a":5}""", false)]
    [InlineData("""{"a":[{"numeric":["<=",5]}]}""", """{"a":5}""", true)]
    [InlineData("""{"a":[{"numeric":[">",5]}]}""", """{"a":-5}""", false)]
    [InlineData("""{"a":[{"numeric":[">=",-5]}]}""", """{"a":-5}""", true)]
    [InlineData("""{"a":[{"numeric":[">",0,"<=",100]}]}""", """{"a":100}""", true)]
    [InlineData("""{"a":[{"numeric":[">",0,"<=",100]}]}""", """{"a":0}""", false)]
    // F-15: DynamoDB's numbers are strings.
    [InlineData("""{"N":[{"numeric":[">",100]}]}""", """{"N":"101"}""", false)]
    [InlineData("""{"N":["101"]}""", """{"N":"101"}""", true)]
    // F-16: its time is a number.
    [InlineData("""{"dynamodb":{"ApproximateCreationDateTime":[{"numeric":[">",1]}]}}""", """{"dynamodb":{"ApproximateCreationDateTime":1700000000}}""", true)]
    [InlineData("""{"eventName":["INSERT"],"eventSource":["aws:dynamodb"]}""", """{"eventName":"INSERT","eventSource":"aws:dynamodb"}""", true)]
    // F-1c: exists is of leaves.
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":null}""", true)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":[]}""", false)]
    [InlineData("""{"a":[{"exists":true}]}""", "{}", false)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":{"b":1}}""", true)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":[]}""", true)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":1}""", false)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", "{}", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{"a":1}""", true)]
    [InlineData("""{"a":{"b":[{"exists":false}]}}""", """{"a":[{"b":1},{"c":2}]}""", false)]
    [InlineData("""{"a":[{"exists":false},"x"]}""", """{"a":"x"}""", true)]
    // Arrays of the record: one element is enough, and an object's fields are of one element.
    [InlineData("""{"a":["x"]}""", """{"a":["y","x"]}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":[["y"],["x"]]}""", true)]
    [InlineData("""{"a":["x"]}""", """{"a":[]}""", false)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":[{"b":"y"},{"b":"x"}]}""", true)]
    [InlineData("""{"a":{"b":["x"],"c":["y"]}}""", """{"a":[{"b":"x","c":"n"},{"b":"n","c":"y"}]}""", false)]
    [InlineData("""{"a":{"b":["x"],"c":["y"]}}""", """{"a":[{"b":"n"},{"b":"x","c":"y"}]}""", true)]
    // $or.
    [InlineData("""{"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"b":"y"}""", true)]
    [InlineData("""{"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"b":"n"}""", false)]
    [InlineData("""{"c":["z"],"$or":[{"a":["x"]},{"b":["y"]}]}""", """{"b":"y"}""", false)]
    [InlineData("""{"d":{"$or":[{"a":["x"]},{"b":["y"]}]}}""", """{"d":{"a":"x"}}""", true)]
    // Recorded surprises.
    [InlineData("""{"a.b":["x"]}""", """{"a":{"b":"x"}}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a.b":"x"}""", true)]
    [InlineData("""{"a":{"b":["x"],"c":["y"]}}""", """{"a.b":"x","a":{"c":"y"}}""", true)]
    [InlineData("""{"a":{"b":["x"]}}""", """{"a":"{\"b\":\"x\"}"}""", false)]
    [InlineData("""{"a":["x"],"a":["y"]}""", """{"a":"y"}""", true)]
    [InlineData("""{"a":["x"],"a":["y"]}""", """{"a":"x"}""", false)]
    [InlineData("""{"a":["x"]}""", """{"a":"y","a":"x"}""", true)]
    public void A_record_is_matched(string pattern, string record, bool expected) => Assert.Equal(expected, Matches(pattern, record));

    [Theory]
    [InlineData("", 0, "The pattern is no JSON: the text ends where a value is expected.")]
    [InlineData("null", 0, "A pattern is an object.")]
    [InlineData("text", 0, "The pattern is no JSON: a value is expected.")]
    [InlineData("\"text\"", 0, "A pattern is an object.")]
    [InlineData("""{"a":["x"]""", 10, "The pattern is no JSON: ',' or '}' is expected.")]
    [InlineData("""{'a':["x"]}""", 1, "The pattern is no JSON: a name in double quotes is expected.")]
    [InlineData("""{"a":["x"],}""", 11, "The pattern is no JSON: a name in double quotes is expected.")]
    [InlineData("""{"a":["x"]} b""", 12, "The pattern is no JSON: there is text after the value.")]
    [InlineData("""{"a":[01]}""", 7, "The pattern is no JSON: ',' or ']' is expected.")]
    [InlineData("{}", 0, "An object of a pattern is not empty.")]
    [InlineData("""{"a":{}}""", 5, "An object of a pattern is not empty.")]
    [InlineData("""{"eventSource":"aws:sqs"}""", 15, "A field of a pattern holds an array of values, or an object.")]
    [InlineData("""{"a":1}""", 5, "A field of a pattern holds an array of values, or an object.")]
    [InlineData("""{"eventSource":[]}""", 15, "An array of a pattern is not empty.")]
    [InlineData("""{"a":[["x"]]}""", 6, "An array of a pattern holds no arrays.")]
    [InlineData("""{"a":[{"prefix":"x","suffix":"y"}]}""", 6, "An operator stands alone in its object.")]
    [InlineData("""{"a":[{}]}""", 6, "An operator stands alone in its object.")]
    [InlineData("""{"a":[{"prefix":5}]}""", 6, "It is no use of an operator: 'prefix'.")]
    [InlineData("""{"a":[{"Prefix":"x"}]}""", 6, "It is no use of an operator: 'Prefix'.")]
    [InlineData("""{"a":[{"exists":"true"}]}""", 6, "It is no use of an operator: 'exists'.")]
    [InlineData("""{"a":[{"anything-but":[]}]}""", 6, "It is no use of an operator: 'anything-but'.")]
    [InlineData("""{"a":[{"anything-but":["x",1]}]}""", 6, "It is no use of an operator: 'anything-but'.")]
    [InlineData("""{"a":[{"anything-but":null}]}""", 6, "It is no use of an operator: 'anything-but'.")]
    [InlineData("""{"a":[{"numeric":[]}]}""", 6, "It is no use of an operator: 'numeric'.")]
    [InlineData("""{"a":[{"numeric":["=","1"]}]}""", 6, "It is no use of an operator: 'numeric'.")]
    [InlineData("""{"a":[{"numeric":["!=",1]}]}""", 6, "It is no use of an operator: 'numeric'.")]
    [InlineData("""{"a":[{"numeric":["<",1,">",5]}]}""", 6, "It is no use of an operator: 'numeric'.")]
    [InlineData("""{"a":[{"numeric":[">",5,"<",1]}]}""", 6, "It is no use of an operator: 'numeric'.")]
    [InlineData("""{"$or":[{"a":["x"]}]}""", 7, "'$or' takes an array of two or more patterns.")]
    [InlineData("""{"$or":[{"a":["x"]},"y"]}""", 20, "A pattern is an object.")]
    public void A_bad_pattern_is_refused(string pattern, int offset, string detail)
    {
        Assert.False(FilterPattern.TryParse(pattern, out var parsed, out var error));
        Assert.Null(parsed);
        Assert.Equal((offset, detail, false), (error.Offset, error.Detail, error.IsUnlistedOperator));
        Assert.Equal("Invalid filter pattern definition.", FilterPatternError.Message);
    }

    [Theory]
    [InlineData("""{"a":[{"wildcard":"x*"}]}""", "wildcard")]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/8"}]}""", "cidr")]
    [InlineData("""{"a":[{"anything-but":{"prefix":"x"}}]}""", "anything-but")]
    [InlineData("""{"a":[{"prefix":{"equals-ignore-case":"x"}}]}""", "prefix")]
    [InlineData("""{"a":[{"suffix":{"equals-ignore-case":"x"}}]}""", "suffix")]
    public void An_operator_that_lambda_does_not_list_is_refused_as_such(string pattern, string name)
    {
        Assert.False(FilterPattern.TryParse(pattern, out _, out var error));
        Assert.True(error.IsUnlistedOperator);
        Assert.Equal($"Lambda does not list this use of '{name}'.", error.Detail);
    }

    [Fact]
    public void A_record_with_very_long_dotted_names_is_matched()
    {
        var record = JsonValue.Object([
            new(new string('.', 200_000) + "x", JsonValue.Number("1")),
            new(new string('.', 200_000) + "y", JsonValue.Number("1")),
            new("a", JsonValue.Number("1")),
        ]);
        Assert.True(Parse("""{"a":[1]}""").Matches(record));
    }

    [Fact]
    public void A_pattern_that_is_nested_too_deeply_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "[1]" + new string('}', 100_000);
        Assert.False(FilterPattern.TryParse(deep, out _, out var error));
        Assert.Equal("The pattern is no JSON: it is nested too deeply.", error.Detail);
        Assert.False(FilterPattern.TryParse("{\"" + new string('.', 100_000) + "\":[1]}", out _, out error));
        Assert.Equal("It is nested too deeply.", error.Detail);
    }
}
