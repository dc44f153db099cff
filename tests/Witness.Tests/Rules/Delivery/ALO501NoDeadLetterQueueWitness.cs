using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO501NoDeadLetterQueueWitness
{
    private readonly RulePage page = RulePage.Of("ALO501");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_bad_message_is_received_until_it_expires()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        var lost = run.Ledger("Orders").Records[1];
        Assert.Equal("sent 3 = acknowledged 2 + expired 1", run.Ledger("Orders").ToString());
        Assert.Equal((RecordFate.Expired, 4 * 24 * 60 / 3), (lost.Fate, lost.ReceiveCount));
        Assert.Equal(TimeSpan.FromDays(4), Assert.Single(run.Events.OfType<MessageExpired>()).At);
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task Fixed_the_bad_message_is_kept_in_the_dead_letter_queue_for_14_days()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);
        var deadLetterQueue = scenario.Queue.DeadLetter!.Queue;

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.EnsureNothingLost().Ledger("Orders").ToString());
        Assert.Equal("B", Assert.Single(deadLetterQueue.Messages).Body);
        await scenario.Host.RunForAsync(TimeSpan.FromDays(13));
        Assert.Equal("B", Assert.Single(deadLetterQueue.Messages).Body);
    }
}
