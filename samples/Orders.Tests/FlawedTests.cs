using AtLeastOnce.Runtime;

namespace Orders.Tests;

/// <summary>What becomes of the orders with the flawed variant.</summary>
public sealed class FlawedTests
{
    private readonly FakeWarehouse warehouse = new();

    [Fact]
    public async Task ALO202_an_order_that_is_reported_as_failed_is_deleted()
    {
        warehouse.FailuresLeft = 1;
        await using var host = Host();
        host.Queue("OrdersQueue").SendMany(new Flawed.Order("A", "tea", 1), new Flawed.Order("B", "cups", 2));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["B"], warehouse.Shipped);
        Assert.Equal("sent 2 = acknowledged 1 + acknowledged although reported as failed 1", run.Ledger("Orders").ToString());
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    [Fact]
    public async Task ALO205_an_order_is_shipped_again_with_every_delivery_of_what_is_no_order()
    {
        await using var host = Host();
        host.Queue("OrdersQueue").SendMany(new Flawed.Order("A", "tea", 1), "no order at all");

        var run = await host.RunForAsync(TimeSpan.FromSeconds(95));

        Assert.Equal(["A", "A", "A", "A"], warehouse.Shipped);
        Assert.Equal([0, 30, 60, 90], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
    }

    private LambdaTestHost Host() =>
        LambdaTestHost.FromTemplate("../Orders.Flawed/template.yaml").Handle("OrdersFunction", () => new Flawed.OrdersFunction(warehouse).HandleAsync);

    private sealed class FakeWarehouse : Flawed.IWarehouse
    {
        public List<string> Shipped { get; } = [];

        public int FailuresLeft { get; set; }

        public Task ShipAsync(Flawed.Order order)
        {
            if (FailuresLeft-- > 0)
                throw new HttpRequestException("The warehouse is closed.");
            Shipped.Add(order.Id);
            return Task.CompletedTask;
        }
    }
}
