using AtLeastOnce.Deployment.Readers.CloudFormation;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class SymbolicTextTests
{
    private static readonly Segment Region = new(SegmentKind.PseudoParameter, "AWS::Region");

    public static TheoryData<string, string> Pairs
    {
        get
        {
            string[] texts = ["", "a", "a${AWS::Region}", "${AWS::Region}a", "a${AWS::Region}a", "${AWS::Region}"];
            return new(texts.SelectMany(first => texts.Select(second => (first, second))));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_text_after_another_is_made_of_the_pieces_of_both(string first, string second)
    {
        var both = Text(first).Followed(Text(second));
        Assert.Equal(Text(first + second).Segments, both.Segments);
        Assert.Equal(first + second, both.ToString());
        Assert.Equal(Text(first + second).Literal, both.Literal);
        Assert.Equal(first.Length + second.Length - (3 * both.Segments.Count(segment => segment == Region)), both.Length);
        Assert.Equal(both.Literal is null ? Region : null, both.FirstSymbol);
        Assert.Equal((first + second).Contains('a', StringComparison.Ordinal), both.Contains("a"));
        Assert.False(both.Contains("Region"));
    }

    [Fact]
    public void Neighbouring_literals_are_one() =>
        Assert.Equal([new(SegmentKind.Literal, "ab"), Region], new SymbolicText([Literal("a"), Literal(""), Literal("b"), Region, Literal("")]).Segments);

    // Pieces as they come: literals that are not joined yet, empty ones among them.
    private static SymbolicText Text(string written) =>
        new(written.Split("${AWS::Region}").SelectMany((literal, i) => i == 0 ? [Literal(literal)] : new[] { Region, Literal(literal) }));

    private static Segment Literal(string text) => new(SegmentKind.Literal, text);
}
