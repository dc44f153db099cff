using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Async;

/// <summary>Functions of a template that the test invokes itself.</summary>
public class TemplateFunctionTests
{
    private const string Orders = "Hosting/Templates/orders.yaml";

    [Fact]
    public async Task A_function_runs_without_a_handler_for_the_others_of_its_template()
    {
        await using var host = LambdaTestHost.FromTemplate(Orders);
        var function = new LambdaFunction("own", () => "done");

        Assert.Equal("done", (await host.CallAsync<string>(function)).EnsureSuccess());
        host.InvokeEvent(function);
        Assert.Equal("sent 1 = acknowledged 1", (await host.RunUntilIdleAsync()).AsyncEvents("own").Ledger.ToString());
    }

    [Fact]
    public async Task A_function_that_is_invoked_needs_a_handler()
    {
        await using var host = LambdaTestHost.FromTemplate(Orders).Handle("OrdersFunction", () => { });
        const string message =
            "The function 'RefundsFunction' is invoked, but has no handler. Call host.Handle(\"RefundsFunction\", () => new Function().HandleAsync) before the run.";

        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidOperationException>(() => host.CallAsync<string>("RefundsFunction"))).Message);
        host.InvokeEvent("RefundsFunction");
        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidOperationException>(host.RunUntilIdleAsync)).Message);
    }

    [Fact]
    public async Task What_the_template_leaves_open_must_be_said()
    {
        await using var host = LambdaTestHost.FromTemplate(Orders).Handle("RefundsFunction", () => "refunded");
        host.Mapping("Refunds").Enabled = false;
        host.Queue("RefundsQueue").VisibilityTimeout = Seconds(30);

        Assert.StartsWith(
            "The template does not tell these settings. Set them before the run:\n  host.Function(\"RefundsFunction\").Timeout: ",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => host.CallAsync<string>("RefundsFunction"))).Message,
            StringComparison.Ordinal
        );
        host.Function("RefundsFunction").Timeout = Seconds(5);
        Assert.Equal("refunded", (await host.CallAsync<string>("RefundsFunction")).EnsureSuccess());
    }
}
