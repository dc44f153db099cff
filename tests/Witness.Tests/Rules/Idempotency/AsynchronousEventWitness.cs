using System.Globalization;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

/// <summary>What the rules about idempotency say of asynchronous events is so: ALO101 on a handler of a bucket's notifications.</summary>
public sealed class AsynchronousEventWitness
{
    private const string Counts = """
        new UpdateItemRequest
        {
            TableName = "folders",
            Key = new() { ["id"] = new AttributeValue("in") },
            UpdateExpression = "ADD files :one",
            ExpressionAttributeValues = new() { [":one"] = new AttributeValue { N = "1" } },
        }
        """;

    private const string CountsOnce = """
        new UpdateItemRequest
        {
            TableName = "folders",
            Key = new() { ["id"] = new AttributeValue("in") },
            UpdateExpression = "ADD files :one, counted :ids",
            ConditionExpression = "NOT contains(counted, :id)",
            ExpressionAttributeValues = new()
            {
                [":one"] = new AttributeValue { N = "1" },
                [":id"] = new AttributeValue(record.S3.Object.Sequencer),
                [":ids"] = new AttributeValue { SS = [record.S3.Object.Sequencer] },
            },
        }
        """;

    [Fact]
    public async Task Flawed_is_found()
    {
        var found = Assert.Single(await ExampleAnalysis.FindAsync(Handler(Counts), TestContext.Current.CancellationToken));

        Assert.Equal("ALO101", found.Id);
        Assert.StartsWith(
            "Lambda retries a failed event twice, and each retry changes 'files' again: UpdateItem 'ADD files :one' has no guard that this event was handled before.",
            found.GetMessage(CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public async Task Flawed_two_crashes_after_the_work_count_a_file_three_times()
    {
        var table = new Folders();

        var run = await RunAsync(Counts, table, crashes: 2);

        Assert.Equal(3, table.Files);
        Assert.Equal("sent 1 = acknowledged 1", run.AsyncEvents("orders").Ledger.ToString());
        Assert.Equal([0, 60, 180], run.Invocations.Select(invocation => Math.Floor((invocation.Start - run.Invocations[0].Start).TotalSeconds)));
        Assert.Single(run.Invocations.Select(invocation => invocation.AwsRequestId).Distinct());
    }

    [Fact]
    public async Task Fixed_has_no_finding() => Assert.Empty(await ExampleAnalysis.FindAsync(Handler(CountsOnce), TestContext.Current.CancellationToken));

    [Fact]
    public async Task Fixed_every_retry_knows_the_sequencer()
    {
        var table = new Folders();

        var run = await RunAsync(CountsOnce, table, crashes: 2);

        Assert.Equal(1, table.Files);
        Assert.Equal(3, run.Invocations.Count);
        Assert.Equal("sent 1 = acknowledged 1", run.AsyncEvents("orders").Ledger.ToString());
    }

    private static Example Handler(string request) =>
        new(
            "An S3 event",
            $$"""
            using Amazon.DynamoDBv2;
            using Amazon.DynamoDBv2.Model;
            using Amazon.Lambda.S3Events;

            namespace Shop;

            public class OrdersFunction(IAmazonDynamoDB dynamo)
            {
                public async Task HandleAsync(S3Event notification)
                {
                    foreach (var record in notification.Records)
                    {
                        try
                        {
                            await dynamo.UpdateItemAsync({{request}});
                        }
                        catch (ConditionalCheckFailedException)
                        {
                            // Counted before: this is a retry of the same event.
                        }
                    }
                }
            }
            """,
            null
        );

    private static async Task<EsmRun> RunAsync(string request, Folders table, int crashes)
    {
        using var compiled = new CompiledExample(Handler(request));
        var function = new LambdaFunction("orders") { Timeout = TimeSpan.FromSeconds(30) };
        function.Handle(compiled.Handler([table]));
        var bucket = new S3Bucket("inbox").Notify(function);
        await using var host = new LambdaTestHost().Add(bucket);
        host.Faults.CrashAfterHandler(invocation => invocation.Number <= crashes);
        bucket.Put("in/a.csv", "A");
        return await host.RunUntilIdleAsync();
    }

    private sealed class Folders() : AmazonDynamoDBClient(RegionEndpoint.EUCentral1)
    {
        private readonly HashSet<string> counted = [];

        public int Files { get; private set; }

        public override Task<UpdateItemResponse> UpdateItemAsync(UpdateItemRequest request, CancellationToken cancellationToken = default)
        {
            if (request.ConditionExpression is not null && !counted.Add(request.ExpressionAttributeValues[":id"].S))
                throw new ConditionalCheckFailedException("The conditional request failed");
            Files++;
            return Task.FromResult(new UpdateItemResponse());
        }
    }
}
