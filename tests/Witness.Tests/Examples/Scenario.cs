using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>
/// An example's function in a host. With a template the host has what the template deploys; without one it has a queue <c>OrdersQueue</c>, its dead-letter
/// queue <c>OrdersDlq</c> and a mapping <c>Orders</c>.
/// </summary>
internal sealed class Scenario : IAsyncDisposable
{
    private const string FunctionName = "OrdersFunction";
    private readonly CompiledExample example;

    /// <summary>Compiles the example and makes the host.</summary>
    /// <param name="example">The example.</param>
    /// <param name="ship">What the example's <c>IOrders</c> does; throws where shipping fails.</param>
    /// <param name="configure">Sets the mapping up where there is no template.</param>
    public Scenario(Example example, Action<string> ship, Action<EventSourceMappingOptions>? configure = null)
    {
        this.example = new(example);
        try
        {
            Host = example.Template is null ? InCode(configure) : LambdaTestHost.FromTemplate(this.example.TemplatePath);
            Host.Handle(FunctionName, this.example.Handler([this.example.Fake(ship)]));
        }
        catch
        {
            this.example.Dispose();
            throw;
        }
    }

    public LambdaTestHost Host { get; }

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
        example.Dispose();
    }

    private static LambdaTestHost InCode(Action<EventSourceMappingOptions>? configure)
    {
        var deadLetterQueue = new SqsQueue("OrdersDlq") { MessageRetentionPeriod = TimeSpan.FromDays(14) };
        var queue = new SqsQueue("OrdersQueue") { DeadLetter = new(deadLetterQueue, 5) };
        var function = new LambdaFunction(FunctionName);
        return new LambdaTestHost().Map(queue, function, mapping =>
        {
            mapping.Name = "Orders";
            configure?.Invoke(mapping);
        });
    }
}
