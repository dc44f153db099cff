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

    [Fact]
    public async Task Flawed_one_bad_record_of_a_stream_has_a_good_one_shipped_again_and_again()
    {
        await using var scenario = new StreamScenario(StreamScenario.Example(FlawedBody), new Warehouse { MissesOnce = "B" }.Ship);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal([3, 3], run.Invocations.Select(invocation => invocation.Deliveries.Count));
    }

    [Fact]
    public async Task Fixed_a_stream_is_read_again_from_the_failed_record()
    {
        var shop = new Warehouse { MissesOnce = "B" };
        await ExampleFix.VerifyAsync("ALO201", StreamScenario.Example(FlawedBody), StreamScenario.Example(FixedBody), TestContext.Current.CancellationToken);
        await using var scenario = new StreamScenario(StreamScenario.Example(FixedBody), shop.Ship);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", shop.Shipped);
        Assert.Equal([3, 2], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
    }

    private const string FlawedBody = """
            public async Task HandleAsync(KinesisEvent batch)
            {
                foreach (var record in batch.Records)
                {
                    await orders.ShipAsync(Encoding.UTF8.GetString(record.Kinesis.Data.ToArray()));
                }
            }
        """;

    private const string FixedBody = """
            public async Task<StreamsEventResponse> HandleAsync(KinesisEvent batch)
            {
                var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(Encoding.UTF8.GetString(record.Kinesis.Data.ToArray()));
                    }
                    catch (Exception exception)
                    {
                        Console.Error.WriteLine($"Record {record.Kinesis.SequenceNumber} failed: {exception}");
                        batchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.Kinesis.SequenceNumber });
                        break;
                    }
                }

                return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
            }
        """;
}
