using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>An example's function behind a Kinesis stream of one shard, whose mapping <c>Orders</c> reads reports.</summary>
internal sealed class StreamScenario : IAsyncDisposable
{
    private readonly CompiledExample compiled;

    /// <summary>Compiles the example and makes the host.</summary>
    /// <param name="example">The example.</param>
    /// <param name="ship">What the example's <c>IOrders</c> does with its first argument.</param>
    /// <param name="seed">What decides where the runtime is free to choose.</param>
    public StreamScenario(Example example, Action<string> ship, int seed = 1)
    {
        compiled = new(example);
        Stream = new("orders");
        var function = new LambdaFunction(
            "orders",
            compiled.Handler([FakeService.Of(compiled.Type("Shop.IOrders"), compiled.Type(ExampleProject.FakeType), arguments => ship((string)arguments[0]!))])
        );
        Host = new LambdaTestHost(new() { Seed = seed }).Map(
            Stream,
            function,
            mapping =>
            {
                mapping.Name = "Orders";
                mapping.StartingPosition = StartingPosition.TrimHorizon;
                mapping.ReportBatchItemFailures = true;
            }
        );
    }

    public LambdaTestHost Host { get; }

    public KinesisStream Stream { get; }

    /// <summary>Puts orders of one partition key and runs until nothing more would happen.</summary>
    public async Task<EsmRun> RunAsync(params string[] orders)
    {
        Stream.PutMany("ada", orders);
        return await Host.RunUntilIdleAsync();
    }

    /// <summary>A handler of a Kinesis stream that ships orders, with this method.</summary>
    public static Example Example(string method) =>
        new(
            "Stream",
            $$"""
            using System.Text;
            using Amazon.Lambda.KinesisEvents;

            namespace Shop;

            public interface IOrders
            {
                Task ShipAsync(string order);
            }

            public class OrdersFunction(IOrders orders)
            {
            {{method}}
            }

            """,
            null
        );

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        compiled.Dispose();
    }
}
