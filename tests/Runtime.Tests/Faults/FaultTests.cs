using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Faults;

public class FaultTests
{
    [Fact]
    public async Task A_crash_after_the_handler_does_the_work_twice()
    {
        var worked = 0;
        await using var scenario = new Scenario((SQSEvent input) => worked += input.Records.Count);
        scenario.Host.Faults.CrashAfterHandler(on: invocation =>
            invocation is { Number: 1, Function: "orders", Mapping: "orders" } && invocation.Deliveries[0].ReceiveCount == 1
        );

        var run = await scenario.RunAsync("1", "2");

        Assert.Equal(4, worked);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
        Assert.Equal([TimeSpan.Zero, Seconds(30)], run.Invocations.Select(invocation => invocation.Start));
    }

    [Fact]
    public async Task A_crash_before_the_handler_does_no_work()
    {
        var worked = 0;
        await using var scenario = new Scenario((SQSEvent input) => worked += input.Records.Count);
        scenario.Host.Faults.CrashBeforeHandler(probability: 1);

        var run = await scenario.WithMaxReceiveCount(2).RunAsync("1");

        Assert.Equal(0, worked);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task A_duplicate_comes_when_the_visibility_timeout_is_over_and_only_once()
    {
        var worked = 0;
        await using var scenario = new Scenario((SQSEvent input) => worked += input.Records.Count);
        scenario.Host.Faults.Duplicate(probability: 1);

        var run = await scenario.RunAsync("1", "2");

        Assert.Equal(4, worked);
        Assert.Equal([TimeSpan.Zero, Seconds(30)], run.Invocations.Select(invocation => invocation.Start));
        Assert.Equal([1, 2], run.Events.OfType<MessageDuplicated>().Select(duplicated => duplicated.Record.Number));
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
        Assert.All(run.Ledger("orders").Records, record => Assert.Equal(2, record.ReceiveCount));
        Assert.Contains("queue orders     ⧉ 1 will be delivered once more, although deleted (B-7)", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttles_of_a_condition_and_of_a_probability()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Host.Faults.Throttle(on: invocation => invocation.Deliveries[0].ReceiveCount == 1);

        var run = await scenario.RunAsync("m");

        Assert.Equal((Seconds(30), 2), (run.Invocations[0].Start, run.Ledger("orders").Records[0].ReceiveCount));
        await using var always = new Scenario((SQSEvent _) => { }).WithMaxReceiveCount(3);
        always.Host.Faults.Throttle(probability: 1);
        Assert.Equal("sent 1 = dead-lettered 1", (await always.RunAsync("m")).Ledger("orders").ToString());
    }

    [Fact]
    public void Faults_are_checked()
    {
        var faults = new LambdaTestHost().Faults;
        Assert.Throws<ArgumentOutOfRangeException>(() => faults.Throttle(first: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => faults.Throttle(probability: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => faults.Duplicate(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => faults.CrashAfterHandler(double.NaN));
        Assert.Throws<ArgumentNullException>(() => faults.CrashBeforeHandler(null!));
    }
}
