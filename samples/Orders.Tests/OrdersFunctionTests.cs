using AtLeastOnce.Runtime;

namespace Orders.Tests;

public sealed class OrdersFunctionTests
{
    private readonly FakeWarehouse warehouse = new();

    [Fact]
    public async Task A_poison_order_does_not_hold_up_the_others()
    {
        await using var host = LambdaTestHost.FromTemplate("../Orders/template.yaml").Handle("OrdersFunction", () => new OrdersFunction(warehouse).HandleAsync);
        host.Queue("OrdersQueue").SendMany(new Order("A", "tea", 1), "no order at all", new Order("B", "cups", 2));

        EsmRun run = await host.RunUntilIdleAsync();

        Assert.Equal(["A", "B"], warehouse.Shipped);
        Assert.Equal("no order at all", Assert.Single(run.Queue("OrdersDlq").Messages).Body);
    }

    [Fact]
    public async Task An_order_is_shipped_when_the_warehouse_is_back()
    {
        warehouse.FailuresLeft = 2;
        await using var host = LambdaTestHost.FromTemplate("../Orders/template.yaml").Handle("OrdersFunction", () => new OrdersFunction(warehouse).HandleAsync);
        host.Queue("OrdersQueue").Send(new Order("A", "tea", 1));

        EsmRun run = await host.RunUntilIdleAsync();

        Assert.Equal(["A"], warehouse.Shipped);
        run.EnsureNothingLost();
    }

    private sealed class FakeWarehouse : IWarehouse
    {
        public List<string> Shipped { get; } = [];

        public int FailuresLeft { get; set; }

        public Task ShipAsync(Order order)
        {
            if (FailuresLeft-- > 0)
                throw new HttpRequestException("The warehouse is closed.");
            Shipped.Add(order.Id);
            return Task.CompletedTask;
        }
    }
}
