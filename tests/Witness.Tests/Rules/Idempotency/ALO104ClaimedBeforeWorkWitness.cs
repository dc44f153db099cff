using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO104ClaimedBeforeWorkWitness
{
    private readonly RulePage page = RulePage.Of("ALO104");

    [Fact]
    public async Task Flawed_the_redelivery_finds_the_mark_and_no_piece_is_taken()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        var tables = new Tables { Failures = 1 };

        var run = await scenario.RunAsync(tables);

        Assert.Equal(10, tables.Quantity);
        Assert.Equal(1, tables.Tries);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Flawed_while_the_work_succeeds_the_claim_protects()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        var tables = new Tables();

        var run = await scenario.RunWithCrashAsync(tables);

        Assert.Equal(9, tables.Quantity);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_the_redelivery_takes_the_piece()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        var tables = new Tables { Failures = 1 };

        var run = await scenario.RunAsync(tables);

        Assert.Equal(9, tables.Quantity);
        Assert.Equal(2, tables.Tries);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_a_duplicate_takes_nothing()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        var tables = new Tables();

        var run = await scenario.RunWithCrashAsync(tables);

        Assert.Equal(9, tables.Quantity);
        Assert.Equal(1, tables.Tries);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    /// <summary>The stock and the marks of what was handled.</summary>
    private sealed class Tables() : AmazonDynamoDBClient(RegionEndpoint.EUCentral1)
    {
        private readonly HashSet<string> handled = [];

        /// <summary>How many times taking a piece fails before it succeeds.</summary>
        public int Failures { get; init; }

        public int Quantity { get; private set; } = 10;

        /// <summary>How many times a piece was to be taken.</summary>
        public int Tries { get; private set; }

        public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
        {
            if (request.ConditionExpression is not null && !handled.Add(request.Item["id"].S))
                throw new ConditionalCheckFailedException("The conditional request failed");
            return Task.FromResult(new PutItemResponse());
        }

        public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
        {
            Take(request.ExpressionAttributeValues);
            return Task.FromResult(new UpdateItemResponse());
        }

        public override Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
            TransactWriteItemsRequest request,
            CancellationToken cancellationToken = default
        )
        {
            var mark = request.TransactItems[0].Put;
            if (mark.ConditionExpression is not null && handled.Contains(mark.Item["id"].S))
                throw new TransactionCanceledException("Transaction cancelled") { CancellationReasons = [new() { Code = "ConditionalCheckFailed" }] };
            Take(request.TransactItems[1].Update.ExpressionAttributeValues);
            handled.Add(mark.Item["id"].S);
            return Task.FromResult(new TransactWriteItemsResponse());
        }

        private void Take(Dictionary<string, AttributeValue> values)
        {
            if (++Tries <= Failures)
                throw new InternalServerErrorException("Internal server error");
            Quantity -= int.Parse(values[":one"].N, System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
