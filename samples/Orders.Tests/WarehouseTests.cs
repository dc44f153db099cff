using System.Net;
using AtLeastOnce.Runtime;

namespace Orders.Tests;

/// <summary>The function with its real client, whose requests the host can lose halfway.</summary>
public sealed class WarehouseTests
{
    private readonly FakeShipments shipments = new();

    [Fact]
    public async Task An_order_is_shipped_once_although_the_environment_is_lost_behind_the_request()
    {
        await using var host = LambdaTestHost.FromTemplate("../Orders/template.yaml");
        var http = new HttpClient(host.WrapHttp(shipments, latency: TimeSpan.FromMilliseconds(80))) { BaseAddress = new Uri("https://warehouse.example/") };
        host.Handle("OrdersFunction", () => new OrdersFunction(new HttpWarehouse(http)).HandleAsync);
        host.Faults.CrashAfterEffect(first: 1);
        host.Queue("OrdersQueue").Send(new Order("A", "tea", 1));

        EsmRun run = await host.RunUntilIdleAsync();

        Assert.Equal(["PUT /shipments/A", "PUT /shipments/A"], shipments.Requests);
        Assert.Equal(["/shipments/A"], shipments.Kept);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_order_is_shipped_once_whatever_happens(int seed)
    {
        await using var host = LambdaTestHost.FromTemplate("../Orders/template.yaml", new LambdaTestHostOptions { Seed = seed });
        var http = new HttpClient(host.WrapHttp(shipments)) { BaseAddress = new Uri("https://warehouse.example/") };
        host.Handle("OrdersFunction", () => new OrdersFunction(new HttpWarehouse(http)).HandleAsync);
        host.Faults.Duplicate(probability: 0.3);
        host.Faults.CrashBeforeEffect(first: 2);
        host.Faults.LoseResponse(first: 1);
        var orders = Enumerable.Range(1, 30).Select(number => new Order($"{number:D2}", "tea", 1)).ToArray();
        host.Queue("OrdersQueue").SendMany(orders);

        EsmRun run = await host.RunUntilIdleAsync();

        Assert.Equal(orders.Select(order => $"/shipments/{order.Id}"), shipments.Kept.Order());
        run.EnsureNothingLost();
    }

    // As the warehouse does it: what is named twice is kept once.
    private sealed class FakeShipments : HttpMessageHandler
    {
        public List<string> Requests { get; } = [];

        public HashSet<string> Kept { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            Kept.Add(request.RequestUri.AbsolutePath);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Created));
        }
    }
}
