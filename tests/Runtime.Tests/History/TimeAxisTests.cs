using AtLeastOnce.Runtime.History.Chart;

namespace AtLeastOnce.Runtime.Tests.History;

public sealed class TimeAxisTests
{
    private static readonly TimeSpan[] Moments = [TimeSpan.FromDays(4), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)];

    [Fact]
    public void Moments_are_in_order_and_a_wait_of_days_does_not_hide_an_invocation()
    {
        var axis = new TimeAxis(Moments, narrowest: 0, widest: 10_000);

        Assert.Equal(0, axis[TimeSpan.Zero]);
        Assert.InRange(axis[TimeSpan.FromMilliseconds(100)], 10, 50);
        Assert.True(axis[TimeSpan.FromSeconds(30)] > axis[TimeSpan.FromMilliseconds(100)]);
        Assert.Equal(axis.Width, axis[TimeSpan.FromDays(4)]);
        Assert.InRange(axis.Width, 200, 400);
    }

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(600, 10_000, 600)]
    public void It_keeps_to_its_bounds(double narrowest, double widest, double width) =>
        Assert.Equal(width, new TimeAxis(Moments, narrowest, widest).Width, precision: 6);

    [Fact]
    public void Labels_keep_their_distance()
    {
        var places = new TimeAxis(Enumerable.Range(1, 500).Select(second => TimeSpan.FromSeconds(second)), 0, 5_000)
            .Ticks(apart: 100)
            .Select(tick => tick.Place)
            .ToArray();

        Assert.InRange(places.Length, 40, 51);
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 100));
    }

    [Fact]
    public void A_run_in_which_nothing_happened_has_a_start()
    {
        var axis = new TimeAxis([], narrowest: 900, widest: 10_000);

        Assert.Equal((0, 0), (axis.Width, axis[TimeSpan.Zero]));
        Assert.Single(axis.Ticks(apart: 100));
    }
}
