using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO101EffectRepeatedWitness
{
    private readonly RulePage page = RulePage.Of("ALO101");

    [Fact]
    public async Task Flawed_a_crash_after_the_work_takes_two_pieces()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        var table = new StockTable();

        var run = await scenario.RunWithCrashAsync(table);

        Assert.Equal(8, table.Quantity);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_the_second_delivery_takes_nothing()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        var table = new StockTable();

        var run = await scenario.RunWithCrashAsync(table);

        Assert.Equal(9, table.Quantity);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    private sealed class StockTable() : AmazonDynamoDBClient(RegionEndpoint.EUCentral1)
    {
        private readonly HashSet<string> handled = [];

        public int Quantity { get; private set; } = 10;

        public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
        {
            if (request.ConditionExpression is not null && !handled.Add(request.ExpressionAttributeValues[":id"].S))
                throw new ConditionalCheckFailedException("The conditional request failed");
            Quantity -= int.Parse(request.ExpressionAttributeValues[":one"].N, System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult(new UpdateItemResponse());
        }
    }
}
