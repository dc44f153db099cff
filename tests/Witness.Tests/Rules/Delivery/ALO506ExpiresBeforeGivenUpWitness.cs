using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO506ExpiresBeforeGivenUpWitness
{
    private readonly RulePage page = RulePage.Of("ALO506");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_message_expires_before_the_last_receive()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        var lost = run.Ledger("Orders").Records[1];
        Assert.Equal((RecordFate.Expired, 4), (lost.Fate, lost.ReceiveCount));
        Assert.Equal(TimeSpan.FromMinutes(10), Assert.Single(run.Events.OfType<MessageExpired>()).At);
        Assert.Empty(scenario.Host.Queue("OrdersDlq").Messages);
    }

    // 5 × 180 s: the least that the finding advises is one second more.
    [Theory]
    [InlineData(900, "sent 1 = expired 1")]
    [InlineData(901, "sent 1 = dead-lettered 1")]
    public async Task The_receive_that_moves_it_must_come_before_the_end(int retention, string ledger)
    {
        var example = page.Flawed with
        {
            Template = page.Flawed.Template!.Replace(
                "MessageRetentionPeriod: 600",
                FormattableString.Invariant($"MessageRetentionPeriod: {retention}"),
                StringComparison.Ordinal
            ),
        };
        await using var scenario = new Scenario(example, warehouse);

        var run = await scenario.RunAsync("B");

        Assert.Equal(ledger, run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_the_message_reaches_the_dead_letter_queue()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.EnsureNothingLost().Ledger("Orders").ToString());
    }
}
