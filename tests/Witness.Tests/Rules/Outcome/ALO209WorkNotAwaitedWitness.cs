using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO209WorkNotAwaitedWitness
{
    private readonly RulePage page = RulePage.Of("ALO209");
    private readonly Warehouse warehouse = new() { MissesOnce = "B" };

    [Fact]
    public async Task Flawed_the_failure_is_seen_by_nobody_and_the_message_is_deleted()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal(BatchOutcomeKind.Success, Assert.Single(run.Invocations).Outcome!.Kind);
    }

    [Fact]
    public async Task Fixed_the_failed_message_is_delivered_again_and_shipped()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse, mapping => mapping.ReportBatchItemFailures = true);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A C B", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
        Assert.Equal([1, 2, 1], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }

    [Fact]
    public async Task Begun_by_the_constructor_its_exception_ends_the_process_with_the_batch()
    {
        var cold = new Warehouse { MissesOnce = "warm up" };
        await using var scenario = new Scenario(WarmingUp("=> Initialize();", ""), cold);

        var run = await scenario.RunAsync("A");

        Assert.Equal([1, 2], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));
        Assert.Equal("Runtime.ExitError", run.Invocations[0].Error!.Type);
        Assert.Equal("A A warm up", cold.Shipped);
    }

    [Fact]
    public async Task Awaited_by_the_handler_its_exception_is_that_of_the_invocation()
    {
        var cold = new Warehouse { MissesOnce = "warm up" };
        await using var scenario = new Scenario(WarmingUp("{ }", "if (!isWarm) await InitializeAsync();"), cold);

        var run = await scenario.RunAsync("A");

        Assert.Equal([1, 1], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));
        Assert.IsType<TimeoutException>(run.Invocations[0].Error!.Exception);
        Assert.Equal("warm up A", cold.Shipped);
    }

    private static Example WarmingUp(string constructor, string first) =>
        new(
            "Constructor",
            $$"""
            using Amazon.Lambda.SQSEvents;

            namespace Shop;

            public interface IOrders
            {
                Task ShipAsync(string order);
            }

            public class OrdersFunction
            {
                private readonly IOrders orders;
                private bool isWarm;

                public OrdersFunction(IOrders orders) : this(orders, false) {{constructor}}

                private OrdersFunction(IOrders orders, bool isWarm) => (this.orders, this.isWarm) = (orders, isWarm);

                public async Task HandleAsync(SQSEvent batch)
                {
                    {{first}}
                    foreach (var message in batch.Records)
                        await orders.ShipAsync(message.Body);
                }

                private async void Initialize() => await InitializeAsync();

                private async Task InitializeAsync()
                {
                    await Task.Yield();
                    await orders.ShipAsync("warm up");
                    isWarm = true;
                }
            }
            """,
            null
        );
}
