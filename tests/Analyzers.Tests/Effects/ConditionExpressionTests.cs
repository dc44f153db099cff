using AtLeastOnce.Analyzers.Effects;

namespace AtLeastOnce.Analyzers.Tests.Effects;

public sealed class ConditionExpressionTests
{
    [Theory]
    [InlineData("attribute_not_exists(id)", true)]
    [InlineData("Attribute_Not_Exists ( #id ) AND q > :n", true)]
    [InlineData("attribute_exists(id)", false)]
    [InlineData("q >= :n", false)]
    public void Whether_it_refuses_what_is_there(string text, bool refuses) => Assert.Equal(refuses, ConditionExpression.Parse(text).RefusesExisting);

    [Theory]
    [InlineData("attribute_not_exists(id)", "id", true, false)]
    [InlineData("attribute_not_exists(#pk) AND (attribute_not_exists( sk ))", "#pk,sk", true, false)]
    [InlineData("attribute_not_exists(id) AND stock > :n", "id", false, false)]
    [InlineData("attribute_not_exists(id) OR expires < :now", "id", false, true)]
    [InlineData("attribute_not_exists(claim.at)", "claim.at", true, false)]
    [InlineData("stock > :n", "", false, false)]
    [InlineData("", "", false, false)]
    public void What_must_not_be_there_and_what_else_it_asks(string text, string absent, bool isOnlyAboutExistence, bool hasAlternatives)
    {
        var condition = ConditionExpression.Parse(text);
        Assert.Equal(absent, string.Join(",", condition.Absent));
        Assert.Equal((isOnlyAboutExistence, hasAlternatives), (condition.IsOnlyAboutExistence, condition.HasAlternatives));
    }

    [Theory]
    [InlineData("lastId <> :id", ":id")]
    [InlineData("version = :v AND state = :s", ":v,:s")]
    [InlineData("NOT contains(handled, :id)", ":id")]
    [InlineData("q >= :n", "")]
    [InlineData("q <= :n", "")]
    [InlineData("q > :n OR q < :m", "")]
    [InlineData("a = b", "")]
    public void What_it_compares_for_equality(string text, string placeholders) =>
        Assert.Equal(placeholders, string.Join(",", ConditionExpression.Parse(text).Compared));
}
