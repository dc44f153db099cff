using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

public sealed class ALO110DuplicateFailsWitness
{
    private readonly RulePage page = RulePage.Of("ALO110");

    [Fact]
    public async Task Flawed_an_order_that_is_saved_ends_in_the_dead_letter_queue()
    {
        await using var scenario = new EffectScenario(page.Flawed);
        scenario.Queue.DeadLetter = new(new SqsQueue("OrdersDlq"), 5);
        var table = new OrderTable();

        var run = await scenario.RunWithCrashAsync(table);

        Assert.Equal(["A"], table.Saved);
        Assert.Equal(4, table.Refused);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal(5, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_the_duplicate_is_a_success()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        scenario.Queue.DeadLetter = new(new SqsQueue("OrdersDlq"), 5);
        var table = new OrderTable();

        var run = await scenario.RunWithCrashAsync(table);

        Assert.Equal(["A"], table.Saved);
        Assert.Equal(1, table.Refused);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        Assert.Equal(2, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    [Fact]
    public async Task Fixed_another_failure_is_still_reported()
    {
        await using var scenario = new EffectScenario(page.Fixed);
        scenario.Queue.DeadLetter = new(new SqsQueue("OrdersDlq"), 5);
        var table = new OrderTable { IsAway = true };

        var run = await scenario.RunAsync(table);

        Assert.Empty(table.Saved);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("Orders").ToString());
        Assert.Equal(5, run.Ledger("Orders").Records[0].ReceiveCount);
    }

    private sealed class OrderTable() : AmazonDynamoDBClient(RegionEndpoint.EUCentral1)
    {
        private readonly HashSet<string> ids = [];

        /// <summary>Whether every request fails.</summary>
        public bool IsAway { get; init; }

        public List<string> Saved { get; } = [];

        /// <summary>How many requests the condition refused.</summary>
        public int Refused { get; private set; }

        public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
        {
            if (IsAway)
                throw new InternalServerErrorException("Internal server error");
            if (request.ConditionExpression is not null && !ids.Add(request.Item["id"].S))
            {
                Refused++;
                throw new ConditionalCheckFailedException("The conditional request failed");
            }

            Saved.Add(request.Item["article"].S);
            return Task.FromResult(new PutItemResponse());
        }
    }
}
