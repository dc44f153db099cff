using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Runtime;
using AtLeastOnce.Runtime.Invocation;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO515HandlerDoesNotFitWitness
{
    private readonly RulePage page = RulePage.Of("ALO515");
    private const string KinesisHandler = """
        using System.Text;
        using Amazon.Lambda.KinesisEvents;

        namespace Shop;

        public interface IOrders
        {
            Task ShipAsync(string order);
        }

        public class OrdersFunction(IOrders orders)
        {
            public async Task HandleAsync(KinesisEvent batch)
            {
                foreach (var record in batch.Records)
                {
                    if (record.Kinesis is { } data) await orders.ShipAsync(Encoding.UTF8.GetString(data.Data.ToArray()));
                }
            }
        }

        """;

    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_no_environment_starts_and_every_message_is_given_up()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);
        scenario.Host.Handle(Scenario.FunctionName, EntryPoint(scenario));

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Empty(warehouse.Shipped);
        Assert.Equal("sent 3 = dead-lettered 3", run.Ledger("Orders").ToString());
        Assert.All(run.Invocations, invocation => Assert.Equal("MissingMethodException", invocation.Error!.Type));
    }

    [Fact]
    public async Task Flawed_the_host_refuses_the_method_that_the_template_names()
    {
        await using var scenario = new Scenario(page.Flawed, warehouse);
        var (type, method) = HandlerOf(scenario);

        var refusal = Assert.Throws<InvalidHandlerException>(() =>
            scenario.Host.Handle(Scenario.FunctionName, Activator.CreateInstance(type, scenario.Orders)!, method)
        );

        Assert.Equal("No method 'Handle' in OrdersFunction; it has HandleAsync. Did you mean \"HandleAsync\"?", refusal.Message);
    }

    [Fact]
    public async Task Fixed_the_function_starts_and_ships()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);
        scenario.Host.Handle(Scenario.FunctionName, EntryPoint(scenario));

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("A B C", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Flawed_the_event_of_another_source_is_acknowledged_without_having_been_processed()
    {
        var flawed = page.Fixed with { Name = "Another source", Code = KinesisHandler };
        await using var scenario = new Scenario(flawed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        var found = await ExampleAnalysis.FindAsync(flawed, TestContext.Current.CancellationToken);
        Assert.Equal(["ALO515"], found.Select(finding => finding.Id));
        Assert.Empty(warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
    }

    // Lambda makes the instance and looks for the method when an environment starts.
    private static Func<Delegate> EntryPoint(Scenario scenario) =>
        () =>
        {
            var (type, method) = HandlerOf(scenario);
            var instance = Activator.CreateInstance(type, scenario.Orders)!;
            return type.GetMethod(method) is null ? throw new MissingMethodException(type.FullName, method) : HandlerMethod.Bind(instance, method);
        };

    private static (Type Type, string Method) HandlerOf(Scenario scenario)
    {
        var path = scenario.Example.TemplatePath;
        var function = TemplateReader.Read(path, File.ReadAllText(path), CancellationToken.None).Functions.Single();
        var handler = HandlerString.Parse(function.Handler.Single()!)!;
        return (scenario.Example.Type(handler.Type!), handler.Method!);
    }
}
