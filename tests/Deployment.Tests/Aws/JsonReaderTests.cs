using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Tests.Aws;

public sealed class JsonReaderTests
{
    [Theory]
    [InlineData("null", JsonKindText.Null, "null")]
    [InlineData(" true ", JsonKindText.Boolean, "true")]
    [InlineData("-0.5e+10", JsonKindText.Number, "-0.5e+10")]
    [InlineData("0", JsonKindText.Number, "0")]
    [InlineData("\"a\\n\\u0041\\/\\ud83d\\ude00\"", JsonKindText.String, "a\nA/😀")]
    public void A_scalar_keeps_its_content(string text, string kind, string content)
    {
        var value = JsonReader.ReadOrNull(text)!;
        Assert.Equal((kind, content), (value.Kind.ToString(), value.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul")]
    [InlineData("truex")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("\"a")]
    [InlineData("\"\t\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u+123\"")]
    [InlineData("\"\\")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("[] []")]
    [InlineData("// c\n1")]
    [InlineData("\uFEFF1")]
    [InlineData("NaN")]
    public void What_is_no_strict_json_is_refused(string text)
    {
        Assert.False(JsonReader.TryRead(text, out var value, out var error));
        Assert.Null(value);
        Assert.InRange(error!.Offset, 0, text.Length);
    }

    [Fact]
    public void Collections_keep_their_order_and_places()
    {
        var value = JsonReader.ReadOrNull("""{"b":[1,{}],"a":"x"}""")!;
        Assert.Equal(["b", "a"], value.Members.Select(member => member.Name));
        Assert.Equal((5, 6, 8), (value["b"]!.Start, value["b"]!.Items[0].Start, value["b"]!.Items[1].Start));
        Assert.Null(value["c"]);
    }

    [Fact]
    public void Of_equal_names_the_last_counts() =>
        Assert.Equal(["b=2", "a=3"], JsonReader.ReadOrNull("""{"a":1,"b":2,"a":3}""")!.Members.Select(member => $"{member.Name}={member.Value.Text}"));

    private static class JsonKindText
    {
        public const string Null = nameof(JsonKind.Null);
        public const string Boolean = nameof(JsonKind.Boolean);
        public const string Number = nameof(JsonKind.Number);
        public const string String = nameof(JsonKind.String);
    }
}
