using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>
/// An example's function in a host. With a template the host has what the template deploys; without one it has a queue <c>OrdersQueue</c>, its dead-letter
/// queue <c>OrdersDlq</c> and a mapping <c>Orders</c>.
/// </summary>
internal sealed class Scenario : IAsyncDisposable
{
    public const string FunctionName = "OrdersFunction";

    /// <summary>Compiles the example and makes the host.</summary>
    /// <param name="example">The example.</param>
    /// <param name="warehouse">What the example's <c>IOrders</c> is.</param>
    /// <param name="configure">Sets the mapping up where there is no template.</param>
    /// <param name="seed">What decides where the runtime is free to choose.</param>
    public Scenario(Example example, Warehouse warehouse, Action<EventSourceMappingOptions>? configure = null, int seed = 1)
    {
        Example = new(example);
        try
        {
            Host = example.Template is null ? InCode(configure, seed) : LambdaTestHost.FromTemplate(Example.TemplatePath, new() { Seed = seed });
            Orders = Example.Fake(warehouse.Ship);
            Host.Handle(FunctionName, Example.Handler([Orders]));
        }
        catch
        {
            Example.Dispose();
            throw;
        }
    }

    public CompiledExample Example { get; }

    public LambdaTestHost Host { get; }

    /// <summary>The warehouse behind the example's <c>IOrders</c>.</summary>
    public object Orders { get; }

    public SqsQueue Queue => Host.Queue("OrdersQueue");

    /// <summary>Sends orders and runs until nothing more would happen.</summary>
    public async Task<EsmRun> RunAsync(params string[] orders)
    {
        Queue.SendMany(orders);
        return await Host.RunUntilIdleAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Example.Dispose();
    }

    private static LambdaTestHost InCode(Action<EventSourceMappingOptions>? configure, int seed)
    {
        var deadLetterQueue = new SqsQueue("OrdersDlq") { MessageRetentionPeriod = TimeSpan.FromDays(14) };
        var queue = new SqsQueue("OrdersQueue") { DeadLetter = new(deadLetterQueue, 5) };
        var function = new LambdaFunction(FunctionName);
        return new LambdaTestHost(new() { Seed = seed }).Map(
            queue,
            function,
            mapping =>
            {
                mapping.Name = "Orders";
                configure?.Invoke(mapping);
            }
        );
    }
}
