using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO517AttributeCannotExpressWitness
{
    private readonly RulePage page = RulePage.Of("ALO517");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_a_bad_record_has_the_good_one_repeated_and_the_next_expire()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await PutAsync(scenario);

        Assert.StartsWith("A A A", warehouse.Shipped, StringComparison.Ordinal);
        Assert.DoesNotContain("C", warehouse.Shipped, StringComparison.Ordinal);
        Assert.Equal("sent 3 = expired 3", run.Ledger("Orders").ToString());
        Assert.True(run.End >= TimeSpan.FromDays(1));
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task Flawed_what_the_handler_reports_is_not_read()
    {
        await using var scenario = new Scenario(page.Fixed with { Template = page.Flawed.Template }, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("A", warehouse.Shipped);
        Assert.DoesNotContain("acknowledged 0", run.Ledger("Orders").ToString(), StringComparison.Ordinal);
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task Fixed_the_bad_record_is_given_up_and_told_of()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + discarded to a destination 1", run.EnsureNothingLost().Ledger("Orders").ToString());
        Assert.Single(run.Queue("OrdersFailureQueue").Messages);
        Assert.True(run.End < TimeSpan.FromMinutes(10));
    }

    private static async Task<EsmRun> PutAsync(Scenario scenario)
    {
        scenario.Host.Table("OrdersTable").PutMany(new { id = "A" }, new { id = "B" }, new { id = "C" });
        return await scenario.Host.RunUntilIdleAsync();
    }
}
