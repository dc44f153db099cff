using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>An example's function as its template deploys it, with services that take their time on the host's clock.</summary>
internal sealed class TimeScenario : IAsyncDisposable
{
    private readonly CompiledExample compiled;

    /// <summary>Compiles the example and makes the host.</summary>
    public TimeScenario(Example example)
    {
        compiled = new(example);
        Host = LambdaTestHost.FromTemplate(compiled.TemplatePath);
    }

    public LambdaTestHost Host { get; }

    /// <summary>An object behind the example's <c>IOrders</c>.</summary>
    public object Fake(Action<string> act) => compiled.Fake(act);

    /// <summary>Sends orders to a handler with these services, and runs until nothing more would happen.</summary>
    public async Task<EsmRun> RunAsync(IReadOnlyList<object> services, params string[] orders)
    {
        Host.Handle(Scenario.FunctionName, compiled.Handler(services));
        Host.Queue("OrdersQueue").SendMany(orders);
        return await Host.RunUntilIdleAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        compiled.Dispose();
    }
}
