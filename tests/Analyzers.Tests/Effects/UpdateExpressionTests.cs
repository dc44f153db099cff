using AtLeastOnce.Analyzers.Effects;

namespace AtLeastOnce.Analyzers.Tests.Effects;

public sealed class UpdateExpressionTests
{
    [Theory]
    [InlineData("SET q = q - :n", "SET q = q - :n", "q")]
    [InlineData("SET q = (q - :n)", "SET q = (q - :n)", "q")]
    [InlineData("SET #q = #q + :n, x = :v", "SET #q = #q + :n", "#q")]
    [InlineData("SET x = :v, q = :n + q", "SET q = :n + q", "q")]
    [InlineData("SET a.b = a.b + :n", "SET a.b = a.b + :n", "a.b")]
    [InlineData("SET q = if_not_exists(q, :zero) + :n", "SET q = if_not_exists(q, :zero) + :n", "q")]
    [InlineData("set h = list_append(if_not_exists(h, :none), :e)", "SET h = list_append(if_not_exists(h, :none), :e)", "h")]
    [InlineData("ADD q :n", "ADD q :n", "q")]
    [InlineData("SET x = :v ADD q :n", "ADD q :n", "q")]
    [InlineData("REMOVE l[0]", "REMOVE l[0]", "l")]
    public void It_adds_once_more(string text, string addition, string name)
    {
        var expression = UpdateExpression.Parse(text);

        Assert.Equal((addition, name), (expression.Addition, expression.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SET q = :n")]
    [InlineData("SET q = if_not_exists(q, :n)")]
    [InlineData("SET q = p - :n")]
    [InlineData("SET quantity = :n, quantityBefore = :m")]
    [InlineData("REMOVE q, h.i")]
    [InlineData("DELETE tags :tag")]
    [InlineData("SET")]
    [InlineData("ADD q")]
    [InlineData("⁇")]
    public void It_writes_the_same_again(string text) => Assert.Null(UpdateExpression.Parse(text).Addition);

    [Fact]
    public void What_is_added_may_be_a_set() => Assert.Equal(":tags", UpdateExpression.Parse("ADD tags :tags").Placeholder);
}
