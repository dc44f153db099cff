using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO516CompetingFiltersWitness
{
    private const int Each = 20;
    private readonly RulePage page = RulePage.Of("ALO516");
    private readonly List<string> shipped = [];
    private readonly List<string> paid = [];

    [Fact]
    public async Task Flawed_each_mapping_deletes_what_the_other_wants()
    {
        var filtered = await RunAsync(page.Flawed);

        Assert.All(shipped, body => Assert.Contains("order", body, StringComparison.Ordinal));
        Assert.All(paid, body => Assert.Contains("refund", body, StringComparison.Ordinal));
        Assert.InRange(shipped.Count, 1, Each - 1);
        Assert.InRange(paid.Count, 1, Each - 1);
        Assert.Equal(2 * Each, shipped.Count + paid.Count + filtered);
    }

    [Fact]
    public async Task With_filters_on_one_only_the_other_loses_its_share()
    {
        var template = page.Flawed.Template!;
        var filters = template.LastIndexOf("            FilterCriteria:", StringComparison.Ordinal);
        var filtered = await RunAsync(page.Flawed with { Template = template[..filters] });

        Assert.NotEqual(0, filtered);
        Assert.Equal(2 * Each, shipped.Count + paid.Count + filtered);
        Assert.InRange(paid.Count(body => body.Contains("refund", StringComparison.Ordinal)), 1, Each - 1);
    }

    [Fact]
    public async Task Fixed_each_function_gets_all_of_its_own()
    {
        var filtered = await RunAsync(page.Fixed);

        Assert.Equal((Each, Each, 0), (shipped.Count, paid.Count, filtered));
    }

    private async Task<int> RunAsync(Example example)
    {
        using var compiled = new CompiledExample(example);
        await using var host = LambdaTestHost
            .FromTemplate(compiled.TemplatePath)
            .Handle("OrdersFunction", compiled.Handler([compiled.Fake(shipped.Add)]))
            .Handle("RefundsFunction", compiled.Handler([compiled.Fake(paid.Add, "Shop.IRefunds")], "Shop.RefundsFunction"));
        for (var number = 1; number <= Each; number++)
        {
            host.Topic("ShopTopic").Publish(new { Kind = "order", Number = number });
            host.Topic("ShopTopic").Publish(new { Kind = "refund", Number = number });
        }

        var run = await host.RunUntilIdleAsync();
        return run.Events.OfType<MessageFiltered>().Count();
    }
}
