using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO208WindowWithoutStateWitness
{
    private readonly RulePage page = RulePage.Of("ALO208");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_every_invocation_fails_until_the_records_expire()
    {
        var run = await RunAsync(page.Flawed);

        Assert.DoesNotContain("3", warehouse.Shipped, StringComparison.Ordinal);
        Assert.Equal("sent 3 = expired 3", run.Ledger("Orders").ToString());
        Assert.All(
            run.Invocations,
            invocation => Assert.Equal((BatchOutcomeKind.WholeBatchFailure, "W-3"), (invocation.Outcome!.Kind, invocation.Outcome.Rule))
        );
    }

    [Fact]
    public async Task Flawed_so_does_a_response_that_has_no_state()
    {
        var code = page.Fixed.Code.Replace("Task<KinesisTimeWindowResponse>", "Task", StringComparison.Ordinal);
        code = code[..code.IndexOf("        return", StringComparison.Ordinal)] + "    }\n}\n";

        var run = await RunAsync(page.Fixed with { Code = code });

        Assert.Equal("sent 3 = expired 3", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_the_window_is_counted_once()
    {
        var run = await RunAsync(page.Fixed);

        Assert.Equal("3", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("Orders").ToString());
    }

    private async Task<EsmRun> RunAsync(Example example)
    {
        using var compiled = new CompiledExample(example);
        var stream = new KinesisStream("orders");
        var function = new LambdaFunction("orders", compiled.Handler([compiled.Fake(warehouse.Ship)]));
        await using var host = new LambdaTestHost().Map(
            stream,
            function,
            mapping =>
            {
                mapping.Name = "Orders";
                mapping.StartingPosition = StartingPosition.TrimHorizon;
                mapping.TumblingWindow = TimeSpan.FromSeconds(60);
            }
        );
        stream.PutMany("ada", "A", "B", "C");
        return await host.RunUntilIdleAsync();
    }
}
