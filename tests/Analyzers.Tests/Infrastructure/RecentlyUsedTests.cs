using AtLeastOnce.Analyzers.Infrastructure;
using Xunit;

namespace AtLeastOnce.Analyzers.Tests.Infrastructure;

/// <summary>What is kept of what has been computed, and what is computed again.</summary>
public sealed class RecentlyUsedTests
{
    private readonly List<int> computed = [];
    private readonly RecentlyUsed<int, string> values = new(capacity: 3, EqualityComparer<int>.Default);

    [Fact]
    public void What_is_known_is_not_computed_again()
    {
        var first = Ask(1);

        Assert.Same(first, Ask(1));
        Assert.Equal([1], computed);
    }

    [Fact]
    public void As_many_as_the_capacity_are_surely_kept()
    {
        AskAll(1, 2, 3);
        AskAll(1, 2, 3);

        Assert.Equal([1, 2, 3], computed);
    }

    [Fact]
    public void What_nobody_has_asked_for_in_a_while_is_computed_again()
    {
        AskAll(1, 2, 3, 4, 5, 6, 7);

        Assert.Equal("1", Ask(1));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 1], computed);
    }

    [Fact]
    public void What_is_asked_for_between_others_stays()
    {
        foreach (var other in Enumerable.Range(2, 40))
            AskAll(1, other);

        Assert.Equal(1, computed.Count(key => key == 1));
    }

    [Fact]
    public void What_fails_leaves_nothing_behind()
    {
        Assert.Throws<OperationCanceledException>(() => values.Of(1, static _ => throw new OperationCanceledException()));

        Assert.Equal("1", Ask(1));
    }

    private string Ask(int key) =>
        values.Of(
            key,
            one =>
            {
                computed.Add(one);
                return one.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        );

    private void AskAll(params int[] keys)
    {
        foreach (var key in keys)
            Ask(key);
    }
}
