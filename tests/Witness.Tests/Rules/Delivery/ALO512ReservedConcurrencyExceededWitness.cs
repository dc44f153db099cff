using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO512ReservedConcurrencyExceededWitness
{
    private readonly RulePage page = RulePage.Of("ALO512");
    private readonly Warehouse warehouse = new();

    private static IEnumerable<string> Rush => Enumerable.Range(1, 200).Select(number => FormattableString.Invariant($"order-{number}"));

    [Fact]
    public async Task Flawed_good_messages_are_given_up_that_never_ran()
    {
        var run = await RunAsync(page.Flawed);

        var ledger = run.Ledger("Orders");
        var unprocessed = ledger.Records.Where(record => record.Fate == RecordFate.DeadLettered).ToList();
        Assert.All(unprocessed, record => Assert.Equal(5, record.ReceiveCount));
        Assert.InRange(unprocessed.Count, 100, 199);
        Assert.Equal(200 - unprocessed.Count, warehouse.Shipped.Split(' ').Length);
    }

    [Fact]
    public async Task A_maximum_above_the_reserve_gives_messages_up_as_well()
    {
        var above = page.Fixed with { Template = page.Fixed.Template!.Replace("MaximumConcurrency: 2", "MaximumConcurrency: 100", StringComparison.Ordinal) };

        var run = await RunAsync(above);

        Assert.Contains(run.Ledger("Orders").Records, record => record.Fate == RecordFate.DeadLettered);
    }

    [Fact]
    public async Task Fixed_every_message_is_received_once_and_shipped()
    {
        var run = await RunAsync(page.Fixed);

        Assert.Equal("sent 200 = acknowledged 200", run.EnsureAllAcknowledged().Ledger("Orders").ToString());
        Assert.All(run.Ledger("Orders").Records, record => Assert.Equal(1, record.ReceiveCount));
    }

    private async Task<EsmRun> RunAsync(Example example)
    {
        await using var scenario = new Scenario(example, warehouse);
        scenario.Host.Function("OrdersFunction").Takes(perInvocation: TimeSpan.FromSeconds(20));
        return await scenario.RunAsync([.. Rush]);
    }
}
