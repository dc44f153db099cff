using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO507PoisonRecordBlocksWitness
{
    private readonly RulePage page = RulePage.Of("ALO507");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_bad_record_holds_up_the_good_one_until_both_expire_and_nobody_is_told()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await PutAsync(scenario);

        AssertBlocked(scenario, run);
    }

    [Fact]
    public async Task Flawed_splitting_the_batch_changes_nothing()
    {
        const string Position = "            StartingPosition: TRIM_HORIZON\n";
        var template = page.Flawed.Template!.Replace(Position, Position + "            BisectBatchOnFunctionError: true\n", StringComparison.Ordinal);
        await using var scenario = new Scenario(page.Flawed with { Template = template }, warehouse);
        Assert.True(scenario.Host.Mapping("Orders").BisectBatchOnFunctionError);

        var run = await PutAsync(scenario);

        AssertBlocked(scenario, run);
    }

    [Fact]
    public async Task Fixed_the_bad_record_is_given_up_and_the_good_one_shipped()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + discarded to a destination 1", run.EnsureNothingLost().Ledger("Orders").ToString());
        Assert.Single(run.Queue("OrdersFailureQueue").Messages);
        Assert.True(run.End < TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Fixed_one_change_ends_this_finding_and_that_of_the_missing_destination()
    {
        var bare = page.Flawed with { Template = WithoutDestination(page.Flawed.Template!) };
        var fixedTemplate =
            WithoutDestination(page.Flawed.Template!)
            + "            MaximumRetryAttempts: 10\n            BisectBatchOnFunctionError: true\n"
            + "            DestinationConfig:\n              OnFailure:\n                Type: SQS\n                Destination: !GetAtt OrdersFailureQueue.Arn\n"
            + "  OrdersFailureQueue:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600\n";

        var found = await ExampleAnalysis.FindAsync(bare, TestContext.Current.CancellationToken);
        Assert.Equal(["ALO507", "ALO508"], found.Select(finding => finding.Id).Order());
        var mended = bare with { Template = fixedTemplate };
        Assert.Empty(await ExampleAnalysis.FindAsync(mended, TestContext.Current.CancellationToken));

        await using var scenario = new Scenario(mended, warehouse);
        var run = await PutAsync(scenario);
        Assert.Equal("sent 3 = acknowledged 2 + discarded to a destination 1", run.EnsureNothingLost().Ledger("Orders").ToString());
    }

    private static string WithoutDestination(string template)
    {
        const string Queue = "  OrdersFailureQueue:\n    Type: AWS::SQS::Queue\n    Properties:\n      MessageRetentionPeriod: 1209600\n";
        return template[..template.IndexOf("            DestinationConfig:", StringComparison.Ordinal)].Replace(Queue, "", StringComparison.Ordinal);
    }

    private void AssertBlocked(Scenario scenario, EsmRun run)
    {
        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 1 + expired 2", run.Ledger("Orders").ToString());
        Assert.True(run.End >= TimeSpan.FromDays(1));
        Assert.Empty(scenario.Host.Queue("OrdersFailureQueue").Messages);
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    private static async Task<EsmRun> PutAsync(Scenario scenario)
    {
        scenario.Host.Stream("OrdersStream").PutMany("ada", "A", "B", "C");
        return await scenario.Host.RunUntilIdleAsync();
    }
}
