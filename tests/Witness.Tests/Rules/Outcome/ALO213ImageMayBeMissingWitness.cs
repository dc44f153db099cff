using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO213ImageMayBeMissingWitness
{
    private readonly RulePage page = RulePage.Of("ALO213");
    private readonly Warehouse warehouse = new();

    [Fact]
    public async Task Flawed_a_deletion_blocks_the_shard_until_its_records_expire()
    {
        var ledger = await RunAsync(page.Flawed);

        Assert.Equal("A", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 1 + expired 2", ledger);
    }

    [Fact]
    public async Task Flawed_a_stream_of_keys_only_blocks_it_at_the_first_record()
    {
        var ledger = await RunAsync(page.Fixed, StreamViewType.KeysOnly);

        Assert.Equal("", warehouse.Shipped);
        Assert.Equal("sent 3 = expired 3", ledger);
    }

    [Fact]
    public async Task Fixed_what_comes_after_a_deletion_is_processed()
    {
        var ledger = await RunAsync(page.Fixed);

        Assert.Equal("A B", warehouse.Shipped);
        Assert.Equal("sent 3 = acknowledged 3", ledger);
    }

    private async Task<string> RunAsync(Example example, StreamViewType view = StreamViewType.NewAndOldImages)
    {
        using var compiled = new CompiledExample(example);
        var table = new DynamoDBTable("orders") { StreamViewType = view };
        var function = new LambdaFunction("orders", compiled.Handler([compiled.Fake(warehouse.Ship)]));
        await using var host = new LambdaTestHost().Map(
            table,
            function,
            mapping =>
            {
                mapping.Name = "Changes";
                mapping.StartingPosition = StartingPosition.TrimHorizon;
                mapping.ReportBatchItemFailures = true;
            }
        );
        table.Put(new { id = "A" });
        table.Delete("A");
        table.Put(new { id = "B" });
        var run = await host.RunUntilIdleAsync();
        return run.Ledger("Changes").ToString();
    }
}
