using System.Globalization;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO513PermissionMissingWitness
{
    private readonly RulePage page = RulePage.Of("ALO513");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_what_is_given_up_is_dropped_because_the_destination_cannot_be_told()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + discarded 1", run.Ledger("Orders").ToString());
        Assert.Empty(run.Queue("OrdersFailureQueue").Messages);
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task Fixed_the_destination_is_told()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await PutAsync(scenario);

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + discarded to a destination 1", run.EnsureNothingLost().Ledger("Orders").ToString());
        Assert.Single(run.Queue("OrdersFailureQueue").Messages);
    }

    [Fact]
    public async Task Flawed_a_mapping_whose_source_the_role_may_not_read_is_refused_in_the_words_of_the_finding()
    {
        var refusal = Assert.ThrowsAny<AwsRefusalException>(() => new Scenario(OfQueue("'sqs:ReceiveMessage'"), warehouse));

        const string Text = "InvalidParameterValueException: The provided execution role does not have permissions to call DeleteMessage on SQS";
        Assert.Equal(Text, refusal.Message.Split('\n')[0]);
        Assert.Equal("P-44", refusal.RuleId);
        var finding = Assert.Single(await ExampleAnalysis.FindAsync(OfQueue("'sqs:ReceiveMessage'"), TestContext.Current.CancellationToken));
        Assert.Equal("ALO513", finding.Id);
        Assert.Contains($"\"{Text}\"", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fixed_the_mapping_is_made_and_the_message_processed()
    {
        var example = OfQueue("['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']");
        await using var scenario = new Scenario(example, warehouse);
        Assert.Empty(await ExampleAnalysis.FindAsync(example, TestContext.Current.CancellationToken));

        var run = await scenario.RunAsync("A");

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    // The sound function of another page, with a role of its own.
    private static Example OfQueue(string actions)
    {
        const string Runtime = "      Runtime: dotnet10\n";
        var sound = RulePage.Of("ALO502").Fixed;
        var role =
            "  OrdersRole:\n    Type: AWS::IAM::Role\n    Properties:\n      Policies:\n"
            + "        - { PolicyName: Read, PolicyDocument: { Statement: [{ Effect: Allow, Action: "
            + actions
            + ", Resource: !GetAtt OrdersQueue.Arn }] } }\n";
        return sound with { Template = sound.Template!.Replace(Runtime, Runtime + "      Role: !GetAtt OrdersRole.Arn\n", StringComparison.Ordinal) + role };
    }

    private static async Task<EsmRun> PutAsync(Scenario scenario)
    {
        scenario.Host.Stream("OrdersStream").PutMany("ada", "A", "B", "C");
        return await scenario.Host.RunUntilIdleAsync();
    }
}
