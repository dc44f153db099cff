using System.Net;
using System.Text;
using System.Text.Json;
using Amazon;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.SQSEvents;
using Amazon.Runtime;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>The requests of a real client of the AWS SDK as tracked calls, by the factory that docs/semantics.md shows.</summary>
public class AwsSdkCallTests
{
    /// <summary>What docs/semantics.md shows.</summary>
    private sealed class TrackedHttp(LambdaTestHost host, HttpMessageHandler inner) : HttpClientFactory
    {
        private readonly HttpClient client = new(host.WrapHttp(inner));

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }

    /// <summary>A table with one counter.</summary>
    private sealed class FakeDynamoDB : HttpMessageHandler
    {
        public List<string> Targets { get; } = [];

        public int Stock { get; private set; } = 10;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var target = request.Headers.GetValues("X-Amz-Target").Single();
            Targets.Add(target);
            using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            Assert.Equal("stock", body.RootElement.GetProperty("TableName").GetString());
            var answer = target == "DynamoDB_20120810.UpdateItem" ? $$$$"""{"Attributes":{"quantity":{"N":"{{{{--Stock}}}}"}}}""" : "{}";
            return new(HttpStatusCode.OK) { Content = new StringContent(answer, Encoding.UTF8, "application/x-amz-json-1.0") };
        }
    }

    private static Func<Delegate> Handler(Func<LambdaTestHost> host, FakeDynamoDB table) =>
        () =>
        {
            var config = new AmazonDynamoDBConfig
            {
                RegionEndpoint = RegionEndpoint.USEast1,
                HttpClientFactory = new TrackedHttp(host(), table),
                MaxErrorRetry = 0,
            };
            var client = new AmazonDynamoDBClient(new BasicAWSCredentials("id", "secret"), config);
            return async (SQSEvent _) =>
            {
                var updated = await client.UpdateItemAsync(
                    new()
                    {
                        TableName = "stock",
                        Key = new() { ["pk"] = new("A") },
                        UpdateExpression = "SET quantity = quantity - :n",
                        ExpressionAttributeValues = new() { [":n"] = new AttributeValue { N = "1" } },
                        ReturnValues = ReturnValue.ALL_NEW,
                    }
                );
                await client.PutItemAsync("stock", new() { ["pk"] = new("done") });
                return updated.Attributes["quantity"].N;
            };
        };

    private static async Task<(EsmRun Run, FakeDynamoDB Table)> RunAsync(Action<Runtime.Faults>? set = null)
    {
        var table = new FakeDynamoDB();
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(factory: Handler(() => host!, table)).WithMaxReceiveCount(3);
        host = scenario.Host;
        set?.Invoke(host.Faults);
        return (await scenario.RunAsync("m"), table);
    }

    [Fact]
    public async Task The_requests_of_a_client_are_tracked_calls()
    {
        var (run, table) = await RunAsync();

        Assert.Equal(["DynamoDB_20120810.UpdateItem", "DynamoDB_20120810.PutItem"], table.Targets);
        Assert.Equal(
            ["POST https://dynamodb.us-east-1.amazonaws.com/", "POST https://dynamodb.us-east-1.amazonaws.com/"],
            run.Events.OfType<WrappedCallMade>().Select(call => call.Call)
        );
        Assert.Equal(("\"9\"", 9), (run.Invocations[0].ResponseJson, table.Stock));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task A_process_that_dies_after_the_first_request_makes_it_again()
    {
        var (run, table) = await RunAsync(faults => faults.CrashAfterEffect(on: effect => effect is { Number: 1, Invocation.Number: 1 }));

        Assert.Equal(["UpdateItem", "UpdateItem", "PutItem"], table.Targets.Select(target => target.Split('.')[1]));
        Assert.Equal(8, table.Stock);
        Assert.Equal(["Runtime.ExitError", null], run.Invocations.Select(invocation => invocation.Error?.Type));
    }

    [Fact]
    public async Task A_process_that_dies_before_the_second_request_does_not_make_it()
    {
        var (run, table) = await RunAsync(faults => faults.CrashBeforeEffect(on: effect => effect is { Number: 2, Invocation.Number: 1 }));

        Assert.Equal(["UpdateItem", "UpdateItem", "PutItem"], table.Targets.Select(target => target.Split('.')[1]));
        Assert.Equal([1, 2], run.Invocations.Select(invocation => invocation.Number));
    }

    [Fact]
    public async Task A_lost_response_repeats_all_requests()
    {
        var (run, table) = await RunAsync(faults => faults.LoseResponse(first: 1));

        Assert.Equal(["UpdateItem", "PutItem", "UpdateItem", "PutItem"], table.Targets.Select(target => target.Split('.')[1]));
        Assert.Equal((8, 2), (table.Stock, run.Invocations.Count));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
    }
}
