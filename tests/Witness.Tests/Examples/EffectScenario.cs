using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>An example whose handler has effects beyond its queue: behind one client, which the witness provides.</summary>
internal sealed class EffectScenario : IAsyncDisposable
{
    private readonly CompiledExample compiled;
    private readonly LambdaFunction function = new("orders") { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Compiles the example and makes the host: a queue of the default visibility timeout, 30 s, and a mapping that reads reports.</summary>
    public EffectScenario(Example example, int seed = 1)
    {
        compiled = new(example);
        Queue = new("OrdersQueue");
        Host = new LambdaTestHost(new() { Seed = seed }).Map(
            Queue,
            function,
            mapping =>
            {
                mapping.Name = "Orders";
                mapping.ReportBatchItemFailures = true;
            }
        );
    }

    public LambdaTestHost Host { get; }

    public SqsQueue Queue { get; }

    /// <summary>Runs the handler with a client for one message "A", until nothing more would happen.</summary>
    public async Task<EsmRun> RunAsync(object client)
    {
        function.Handle(compiled.Handler([client]));
        Queue.Send("A");
        return await Host.RunUntilIdleAsync();
    }

    /// <summary>The same, but the first invocation ends after its work, before its response .</summary>
    public Task<EsmRun> RunWithCrashAsync(object client)
    {
        Host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        return RunAsync(client);
    }

    /// <summary>An object behind an interface of the example.</summary>
    public object Fake(string service, Action<object?[]> act) => FakeService.Of(compiled.Type(service), compiled.Type(ExampleProject.FakeType), act);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        compiled.Dispose();
    }
}
