using System.Globalization;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;
using StackExchange.Redis;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

/// <summary>What ALO107 says of claims with a time to live: in DynamoDB, by the page's further examples, and in Redis.</summary>
public sealed class ALO107ClaimExpiresWitness
{
    private readonly RulePage page = RulePage.Of("ALO107");

    [Fact]
    public async Task Flawed_the_third_delivery_finds_no_claim_and_takes_another_piece()
    {
        Tables? tables = null;

        var starts = await RunAsync(page.Further("Flawed: a claim that expires"), clock => [tables = new(clock), clock], crashes: 2);

        Assert.Equal([0, 180, 360], starts);
        Assert.Equal(8, tables!.Quantity);
    }

    [Fact]
    public async Task Flawed_the_second_delivery_still_finds_the_claim()
    {
        Tables? tables = null;

        var starts = await RunAsync(page.Further("Flawed: a claim that expires"), clock => [tables = new(clock), clock], crashes: 1);

        Assert.Equal([0, 180], starts);
        Assert.Equal(9, tables!.Quantity);
    }

    [Fact]
    public async Task Fixed_the_last_delivery_still_finds_the_claim()
    {
        Tables? tables = null;

        var starts = await RunAsync(page.Further("Fixed: a claim that expires"), clock => [tables = new(clock), clock], crashes: 4);

        Assert.Equal([0, 180, 360, 540, 720], starts);
        Assert.Equal(9, tables!.Quantity);
    }

    [Fact]
    public async Task Fixed_what_failed_is_tried_again()
    {
        Tables? tables = null;

        var starts = await RunAsync(page.Further("Fixed: a claim that expires"), clock => [tables = new(clock) { Failures = 1 }, clock], crashes: 0);

        Assert.Equal([0, 180], starts);
        Assert.Equal(9, tables!.Quantity);
    }

    [Fact]
    public async Task Flawed_Redis_forgets_the_key_and_another_piece_is_taken()
    {
        var example = InRedis("TimeSpan.FromMinutes(5)");
        Tables? tables = null;

        var found = Assert.Single(await ExampleAnalysis.FindAsync(example, TestContext.Current.CancellationToken));
        var starts = await RunAsync(example, clock => [new Redis(clock), tables = new(clock)], crashes: 2);

        Assert.Equal("ALO107", found.Id);
        Assert.StartsWith(
            "The claim by 'StringSet' expires after 5 min, but queue 'OrdersQueue' delivers a message again for up to 12 min",
            found.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal
        );
        Assert.Equal([0, 180, 360], starts);
        Assert.Equal(8, tables!.Quantity);
    }

    [Fact]
    public async Task Fixed_Redis_knows_the_key_at_the_last_delivery()
    {
        var example = InRedis("TimeSpan.FromHours(1)");
        Tables? tables = null;

        var found = await ExampleAnalysis.FindAsync(example, TestContext.Current.CancellationToken);
        var starts = await RunAsync(example, clock => [new Redis(clock), tables = new(clock)], crashes: 4);

        Assert.Empty(found);
        Assert.Equal([0, 180, 360, 540, 720], starts);
        Assert.Equal(9, tables!.Quantity);
    }

    // When the deliveries of one order began, in seconds after the first.
    private static async Task<IEnumerable<double>> RunAsync(Example example, Func<TimeProvider, IReadOnlyList<object>> services, int crashes)
    {
        using var compiled = new CompiledExample(example);
        await using var host = LambdaTestHost.FromTemplate(compiled.TemplatePath);
        host.Handle(Scenario.FunctionName, compiled.Handler(services(host.TimeProvider)));
        host.Faults.CrashAfterHandler(invocation => invocation.Number <= crashes);
        host.Queue("OrdersQueue").Send("A");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("Orders").ToString());
        return run.Invocations.Select(invocation => (invocation.Start - run.Invocations[0].Start).TotalSeconds);
    }

    private Example InRedis(string expiry) =>
        new(
            "A claim in Redis",
            $$"""
            using Amazon.DynamoDBv2;
            using Amazon.DynamoDBv2.Model;
            using Amazon.Lambda.SQSEvents;
            using StackExchange.Redis;

            namespace Shop;

            public class OrdersFunction(IDatabase redis, IAmazonDynamoDB dynamo)
            {
                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var response = new SQSBatchResponse();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            if (await redis.StringSetAsync(message.MessageId, "handled", {{expiry}}, When.NotExists))
                                await TakeAsync(message);
                        }
                        catch (Exception)
                        {
                            await redis.KeyDeleteAsync(message.MessageId);
                            response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
                        }
                    }

                    return response;
                }

                private Task TakeAsync(SQSEvent.SQSMessage message) =>
                    dynamo.UpdateItemAsync(
                        new UpdateItemRequest
                        {
                            TableName = "stock",
                            Key = new() { ["id"] = new AttributeValue(message.Body) },
                            UpdateExpression = "SET quantity = quantity - :one",
                            ExpressionAttributeValues = new() { [":one"] = new AttributeValue { N = "1" } },
                        }
                    );
            }
            """,
            page.Flawed.Template
        );

    /// <summary>The stock and the claims; a claim is gone when it has expired.</summary>
    private sealed class Tables(TimeProvider clock) : AmazonDynamoDBClient(RegionEndpoint.EUCentral1)
    {
        private readonly Dictionary<string, long> claims = [];
        private int tries;

        /// <summary>How many times taking a piece fails before it succeeds.</summary>
        public int Failures { get; init; }

        public int Quantity { get; private set; } = 10;

        public override Task<PutItemResponse> PutItemAsync(PutItemRequest request, CancellationToken cancellationToken = default)
        {
            var id = request.Item["id"].S;
            if (claims.TryGetValue(id, out var expires) && expires > clock.GetUtcNow().ToUnixTimeSeconds())
                throw new ConditionalCheckFailedException("The conditional request failed");
            claims[id] = long.Parse(request.Item["ttl"].N, CultureInfo.InvariantCulture);
            return Task.FromResult(new PutItemResponse());
        }

        public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
        {
            if (++tries <= Failures)
                throw new InternalServerErrorException("Internal server error");
            Quantity--;
            return Task.FromResult(new UpdateItemResponse());
        }

        public override Task<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CancellationToken cancellationToken = default)
        {
            claims.Remove(request.Key["id"].S);
            return Task.FromResult(new DeleteItemResponse());
        }
    }

    private sealed class Redis(TimeProvider clock) : IDatabase
    {
        private readonly Dictionary<string, DateTimeOffset> keys = [];

        public Task<bool> StringSetAsync(string key, string value, TimeSpan? expiry = null, When when = When.Always)
        {
            if (when == When.NotExists && keys.TryGetValue(key, out var expires) && expires > clock.GetUtcNow())
                return Task.FromResult(false);
            keys[key] = expiry is { } time ? clock.GetUtcNow() + time : DateTimeOffset.MaxValue;
            return Task.FromResult(true);
        }

        public Task<bool> KeyDeleteAsync(string key) => Task.FromResult(keys.Remove(key));
    }
}
