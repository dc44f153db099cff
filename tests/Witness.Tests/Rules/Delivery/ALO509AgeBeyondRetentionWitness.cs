using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO509AgeBeyondRetentionWitness
{
    private const string Position = "            StartingPosition: TRIM_HORIZON\n";
    private readonly RulePage page = RulePage.Of("ALO509");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_records_expire_and_the_destination_is_never_told()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("sent 3 = acknowledged 1 + expired 2", run.Ledger("Orders").ToString());
        Assert.Empty(run.Events.OfType<BatchDiscarded>());
        Assert.Empty(run.Queue("OrdersFailureQueue").Messages);
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task Fixed_they_are_given_up_after_an_hour_and_the_destination_is_told()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("sent 3 = acknowledged 1 + discarded to a destination 2", run.EnsureNothingLost().Ledger("Orders").ToString());
        Assert.All(run.Events.OfType<BatchDiscarded>(), discarded => Assert.Equal("RecordAgeExceeded", discarded.Condition));
        Assert.NotEmpty(run.Queue("OrdersFailureQueue").Messages);
    }

    [Fact]
    public async Task Flawed_while_invocations_are_throttled_limited_retries_do_not_help()
    {
        await using var scenario = new Scenario(WithRetries(page.Flawed), warehouse);
        scenario.Host.Faults.Throttle(on: _ => true);

        var run = await PutAsync(scenario);

        Assert.Empty(run.Invocations);
        Assert.Equal("sent 3 = expired 3", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_while_invocations_are_throttled_the_age_limit_tells()
    {
        await using var scenario = new Scenario(WithRetries(page.Fixed), warehouse);
        scenario.Host.Faults.Throttle(on: _ => true);

        var run = await PutAsync(scenario);

        Assert.Empty(run.Invocations);
        Assert.Equal("sent 3 = discarded to a destination 3", run.Ledger("Orders").ToString());
    }

    private static Example WithRetries(Example example) =>
        example with
        {
            Template = example.Template!.Replace(Position, Position + "            MaximumRetryAttempts: 3\n", StringComparison.Ordinal),
        };

    private static async Task<EsmRun> PutAsync(Scenario scenario)
    {
        scenario.Host.Stream("OrdersStream").PutMany("ada", "A", "B", "C");
        return await scenario.Host.RunUntilIdleAsync();
    }
}
