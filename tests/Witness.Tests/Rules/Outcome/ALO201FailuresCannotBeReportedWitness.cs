using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO201FailuresCannotBeReportedWitness
{
    private readonly RulePage page = RulePage.Of("ALO201");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_one_bad_message_ships_a_good_one_five_times_and_takes_all_to_the_dead_letter_queue()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A A A A A", warehouse.Shipped);
        Assert.Equal("sent 3 = dead-lettered 3", run.Ledger("Orders").ToString());
        Assert.Equal(["A", "B", "C"], run.Queue("OrdersDlq").Messages.Select(message => message.Body));
        Assert.All(
            run.Invocations,
            invocation => Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "R-20b"), (invocation.Outcome!.Kind, invocation.Outcome.Rule))
        );
    }

    [Fact]
    public async Task Fixed_the_good_messages_are_shipped_once()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal("B", Assert.Single(run.Queue("OrdersDlq").Messages).Body);
    }
}
