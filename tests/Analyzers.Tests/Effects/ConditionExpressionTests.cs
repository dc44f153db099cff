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
