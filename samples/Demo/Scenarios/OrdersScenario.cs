using AtLeastOnce.Runtime;
using Orders.Flawed;

namespace AtLeastOnce.Demo.Scenarios;

internal sealed class OrdersScenario : Scenario
{
    public override string Sample => "Orders";

    public override string Story => "three orders, and a warehouse that is closed for the second one";

    public override async Task<ScenarioResult> RunAsync(string template)
    {
        var shipped = new List<string>();
        await using var host = LambdaTestHost.FromTemplate(template).Handle("OrdersFunction", () => new OrdersFunction(new Warehouse(shipped)).HandleAsync);
        host.Queue("OrdersQueue").SendMany(new Order("A", "tea", 1), new Order("B", "cups", 2), new Order("C", "spoons", 4));
        var run = await host.RunUntilIdleAsync();
        return new(run, run.Ledger("Orders"), $"shipped: {string.Join(", ", shipped)}");
    }

    private sealed class Warehouse(List<string> shipped) : IWarehouse
    {
        public Task ShipAsync(Order order)
        {
            if (order.Id == "B")
                throw new HttpRequestException("The warehouse is closed.");
            shipped.Add(order.Id);
            return Task.CompletedTask;
        }
    }
}
