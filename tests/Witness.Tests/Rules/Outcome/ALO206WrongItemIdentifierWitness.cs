using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO206WrongItemIdentifierWitness
{
    private readonly RulePage page = RulePage.Of("ALO206");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    [Fact]
    public async Task Flawed_the_whole_batch_fails_again_and_again_until_it_is_dead()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C A C A C A C A C", warehouse.Shipped);
        Assert.Equal("sent 3 = dead-lettered 3", run.Ledger("Orders").ToString());
        Assert.Equal(5, run.Invocations.Count);
        Assert.All(
            run.Invocations,
            invocation => Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "R-10"), (invocation.Outcome!.Kind, invocation.Outcome.Rule))
        );
    }

    [Fact]
    public async Task Fixed_only_the_failed_message_comes_again()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal("B", Assert.Single(run.Queue("OrdersDlq").Messages).Body);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Flawed_a_stream_is_read_again_from_its_first_record(int seed)
    {
        var shop = new Warehouse { MissesOnce = "B" };
        await using var scenario = new StreamScenario(OfStream("EventId"), shop.Ship, seed);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A A B C", shop.Shipped);
        Assert.Equal([3, 3], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "R-10"), (run.Invocations[0].Outcome!.Kind, run.Invocations[0].Outcome!.Rule));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task Fixed_a_stream_is_read_again_from_the_failed_record(int seed)
    {
        var shop = new Warehouse { MissesOnce = "B" };
        await ExampleFix.VerifyAsync("ALO206", OfStream("EventId"), OfStream("Kinesis.SequenceNumber"), TestContext.Current.CancellationToken);
        await using var scenario = new StreamScenario(OfStream("Kinesis.SequenceNumber"), shop.Ship, seed);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", shop.Shipped);
        Assert.Equal([3, 2], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
    }

    private static Example OfStream(string identifier) =>
        StreamScenario.Example(
            $$"""
                public async Task<StreamsEventResponse> HandleAsync(KinesisEvent batch)
                {
                    var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                    foreach (var record in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(Encoding.UTF8.GetString(record.Kinesis.Data.ToArray()));
                        }
                        catch (Exception)
                        {
                            batchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.{{identifier}} });
                            break;
                        }
                    }

                    return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
                }
            """
        );
}
