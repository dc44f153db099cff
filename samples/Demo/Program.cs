using AtLeastOnce.Demo;
using AtLeastOnce.Runtime;
using Orders.Flawed;

var folder = SampleFolder("Orders.Flawed");

Console.WriteLine("1. What the analyzers say about samples/Orders.Flawed:");
Console.WriteLine();
foreach (var finding in await SampleAnalysis.FindAsync(folder))
{
    Console.WriteLine(SampleAnalysis.Print(finding, folder));
    Console.WriteLine();
}

Console.WriteLine("2. What happens: three orders, and a warehouse that is closed for the second one. The same handler, the same template:");
Console.WriteLine();
var shipped = new List<string>();
await using var host = LambdaTestHost
    .FromTemplate(Path.Combine(folder, "template.yaml"))
    .Handle("OrdersFunction", () => new OrdersFunction(new Warehouse(shipped)).HandleAsync);
host.Queue("OrdersQueue").SendMany(new Order("A", "tea", 1), new Order("B", "cups", 2), new Order("C", "spoons", 4));
var run = await host.RunUntilIdleAsync();
Console.WriteLine(run.Timeline);
Console.WriteLine($"  ledger: {run.Ledger("Orders")}");
Console.WriteLine($"  shipped: {string.Join(", ", shipped)}");
Console.WriteLine();
Console.WriteLine("3. How a unit test says it:");
Console.WriteLine();
try
{
    run.EnsureNothingLost();
}
catch (EsmExpectationException exception)
{
    Console.WriteLine($"{exception.GetType().FullName}: {exception.Message}");
}

// The sources lie beside the build's output, wherever the command was started from.
static string SampleFolder(string name)
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        var sample = Path.Combine(folder.FullName, "samples", name);
        if (Directory.Exists(sample))
            return sample;
    }

    throw new DirectoryNotFoundException($"There is no folder samples/{name} above {AppContext.BaseDirectory}.");
}

internal sealed class Warehouse(List<string> shipped) : IWarehouse
{
    public Task ShipAsync(Order order)
    {
        if (order.Id == "B")
            throw new HttpRequestException("The warehouse is closed.");
        shipped.Add(order.Id);
        return Task.CompletedTask;
    }
}
