using AtLeastOnce.Runtime.History;

namespace AtLeastOnce.Runtime.Tests.History;

public class TimelineTests
{
    [Theory]
    [InlineData(0, "00:00:00.000", "00:00:00")]
    [InlineData(120, "00:00:00.120", "00:00:00.120")]
    [InlineData(3_600_000, "01:00:00.000", "01:00:00")]
    [InlineData(345_600_000, "96:00:00.000", "96:00:00")]
    [InlineData(1_209_599_999, "335:59:59.999", "335:59:59.999")]
    public void Times_are_hours_however_many(long milliseconds, string full, string brief)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);

        Assert.Equal((full, brief), (TimelineWriter.Time(time, milliseconds: true), TimelineWriter.Time(time, milliseconds: false)));
    }

    private static IReadOnlyList<EsmEvent> Expiries(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new MessageExpired(TimeSpan.FromSeconds(number), "q", new(number, "id"), number))];

    [Fact]
    public void The_middle_of_a_long_run_is_left_out()
    {
        Assert.Equal(
            """
              00:00:01.000  queue q     ✖ 1 expired after 1 receive (S-21)
              00:00:02.000  queue q     ✖ 2 expired after 2 receives (S-21)
              … 1,996 more lines …
              00:33:19.000  queue q     ✖ 1999 expired after 1,999 receives (S-21)
              00:33:20.000  queue q     ✖ 2000 expired after 2,000 receives (S-21)

            """,
            TimelineWriter.Write(Expiries(2000), most: 4)
        );
        Assert.Equal(4, TimelineWriter.Write(Expiries(4), most: 4).Count(character => character == '\n'));
    }

    [Fact]
    public void Messages_sent_together_are_one_line()
    {
        EsmEvent[] events =
        [
            .. Enumerable.Range(1, 1500).Select(number => new MessageSent(TimeSpan.Zero, "q", new(number, "id"), TimeSpan.Zero)),
            new MessageSent(TimeSpan.Zero, "q", new(1501, "id"), TimeSpan.FromSeconds(5)),
            new MessageSent(TimeSpan.Zero, "other", new(1, "id"), TimeSpan.Zero),
        ];

        Assert.Equal(
            """
              00:00:00.000  queue q         1,500 messages sent
              00:00:00.000  queue q         1 message sent, visible from 00:00:05
              00:00:00.000  queue other     1 message sent

            """,
            TimelineWriter.Write(events)
        );
    }

    [Theory]
    [InlineData("Orders", "No queue 'Orders' in x; it has OrdersQueue, Dlq. Did you mean \"OrdersQueue\"?")]
    [InlineData("ordersqueue", "No queue 'ordersqueue' in x; it has OrdersQueue, Dlq. Did you mean \"OrdersQueue\"?")]
    [InlineData("OrdersQeue", "No queue 'OrdersQeue' in x; it has OrdersQueue, Dlq. Did you mean \"OrdersQueue\"?")]
    [InlineData("dlg", "No queue 'dlg' in x; it has OrdersQueue, Dlq. Did you mean \"Dlq\"?")]
    [InlineData("Payments", "No queue 'Payments' in x; it has OrdersQueue, Dlq.")]
    public void A_near_name_is_proposed(string name, string message) => Assert.Equal(message, Names.Missing("queue", name, "x", ["OrdersQueue", "Dlq"]));
}
