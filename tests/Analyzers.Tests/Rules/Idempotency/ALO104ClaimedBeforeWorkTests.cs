using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO104ClaimedBeforeWork;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO104ClaimedBeforeWorkTests
{
    private const string Claim = IdempotencyServices.Claim;

    private static DiagnosticResult Lost(string work, string claim = "PutItem", string path = "") =>
        AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(claim, "message", work, path).IgnoringAdditionalLocations();

    private static Task VerifyAsync(string loop, params DiagnosticResult[] expected) =>
        IdempotencyServices.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    var order = JsonSerializer.Deserialize<Order>(message.Body)!;
                    {{string.Join("\n        ", loop.Split('\n'))}}
                }
            }
            """,
            expected
        );

    [Fact]
    public Task A_mark_that_is_set_before_the_work() =>
        VerifyAsync(
            $$"""
            try
            {
                await {{Claim}};
            }
            catch (ConditionalCheckFailedException)
            {
                continue;
            }

            await Services.Shipping.ShipAsync(order);
            """,
            Lost("IShipping.ShipAsync")
        );

    [Fact]
    public Task Work_that_is_harmless_to_repeat_is_lost_as_well() =>
        VerifyAsync(
            $$"""
            await {{Claim}};
            await dynamo.UpdateItemAsync(new UpdateItemRequest
            {
                TableName = "orders",
                Key = new Dictionary<string, AttributeValue> { ["pk"] = new(order.Id) },
                UpdateExpression = "SET quantity = :quantity",
            });
            """,
            Lost("UpdateItem")
        );

    [Fact]
    public Task Work_in_the_same_try_block_is_skipped_by_the_refusal() =>
        VerifyAsync(
            $$"""
            try
            {
                await {{Claim}};
                await sqs.SendMessageAsync("queue", order.Id);
            }
            catch (ConditionalCheckFailedException)
            {
                log.LogLine("done before");
            }
            """,
            Lost("SendMessage")
        );

    [Fact]
    public Task A_flag_of_the_refusal_decides() =>
        VerifyAsync(
            $$"""
            var isNew = true;
            try
            {
                await {{Claim}};
            }
            catch (ConditionalCheckFailedException)
            {
                isNew = false;
            }

            if (isNew)
                await Services.Shipping.ShipAsync(order);
            """,
            Lost("IShipping.ShipAsync")
        );

    [Fact]
    public Task A_helper_that_claims_is_followed() =>
        IdempotencyServices.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    if (!await MarkAsync(message))
                        continue;
                    await Services.Shipping.ShipAsync(JsonSerializer.Deserialize<Order>(message.Body)!);
                }
            }

            private async Task<bool> MarkAsync(SQSEvent.SQSMessage message)
            {
                try
                {
                    await {{Claim}};
                    return true;
                }
                catch (ConditionalCheckFailedException)
                {
                    return false;
                }
            }
            """,
            Lost("IShipping.ShipAsync", path: " Reached from 'HandleAsync' → 'OrdersFunction.MarkAsync'.")
        );

    [Theory]
    [InlineData("", true)]
    [InlineData(", expiry: TimeSpan.FromDays(7)", true)]
    [InlineData(", expiry: TimeSpan.FromHours(20) + TimeSpan.FromHours(10)", true)]
    [InlineData(", expiry: TimeSpan.FromMinutes(5)", false)]
    [InlineData(", expiry: TimeSpan.FromHours(10) + TimeSpan.FromHours(10)", false)]
    public Task A_key_of_Redis_claims_unless_it_expires_within_a_day(string expiry, bool isLost) =>
        VerifyAsync(
            $$"""
            if (!await {|#0:Services.Redis.StringSetAsync(message.MessageId, "1"{{expiry}}, when: StackExchange.Redis.When.NotExists)|})
                continue;
            await Services.Shipping.ShipAsync(order);
            """,
            isLost ? [Lost("IShipping.ShipAsync", claim: "StringSet")] : []
        );

    [Theory]
    [InlineData("""["ttl"] = new(DateTimeOffset.UtcNow.AddDays(30).ToString())""", true)]
    [InlineData("""["ttl"] = new(DateTimeOffset.UtcNow.AddMinutes(2 * 24 * 60).ToString())""", true)]
    [InlineData("""["ttl"] = new(DateTimeOffset.UtcNow.AddMinutes(5).ToString())""", false)]
    [InlineData("""["status"] = new("IN_PROGRESS")""", false)]
    [InlineData("""["leaseUntil"] = new("…")""", false)]
    public Task A_state_that_expires_is_a_lease(string attribute, bool isLost) =>
        VerifyAsync(
            $$"""
            await {{Claim.Replace("(message.MessageId)", $"(message.MessageId), {attribute}")}};
            await Services.Shipping.ShipAsync(order);
            """,
            isLost ? [Lost("IShipping.ShipAsync")] : []
        );

    [Theory]
    [InlineData("catch (Exception) { await Services.Reservations.ReleaseAsync(message.MessageId); throw; }")]
    [InlineData("catch (Exception) { await GiveUpAsync(message.MessageId); throw; }")]
    [InlineData("finally { await Services.Reservations.ReleaseAsync(message.MessageId); }")]
    public Task A_claim_that_is_given_up_on_failure_is_silent(string clause) =>
        IdempotencyServices.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    await {{Claim}};
                    try
                    {
                        await Services.Shipping.ShipAsync(JsonSerializer.Deserialize<Order>(message.Body)!);
                    }
                    {{clause}}
                }
            }

            private Task GiveUpAsync(string id) => Services.Reservations.ReleaseAsync(id);
            """
        );

    [Fact]
    public Task A_clause_that_only_tells_gives_nothing_up() =>
        VerifyAsync(
            $$"""
            await {{Claim}};
            try
            {
                await Services.Shipping.ShipAsync(order);
            }
            catch (Exception exception)
            {
                log.LogLine(exception.Message);
                throw;
            }
            """,
            Lost("IShipping.ShipAsync")
        );

    [Fact]
    public Task A_transaction_around_both_is_silent() =>
        VerifyAsync(
            $$"""
            using var transaction = new TransactionScope();
            await {{Claim}};
            await Services.Shipping.ShipAsync(order);
            """.Replace("new TransactionScope()", "new System.Transactions.TransactionScope()")
        );

    [Fact]
    public Task Nothing_that_can_fail_behind_the_claim_is_silent() =>
        VerifyAsync(
            $$"""
            await Services.Shipping.ShipAsync(order);
            await {{Claim}};
            log.LogLine("done " + order.Id);
            """
        );

    [Fact]
    public Task A_question_to_one_of_several_classes_is_no_work() =>
        IdempotencyServices.VerifyAsync<Rule>(
            $$"""
            public interface IText { string Of(Order order); }

            public sealed class Long : IText { public string Of(Order order) => order.Id; }

            public sealed class Short : IText { public string Of(Order order) => ""; }

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    var order = JsonSerializer.Deserialize<Order>(message.Body)!;
                    try
                    {
                        await {{Claim}};
                    }
                    catch (ConditionalCheckFailedException)
                    {
                        continue;
                    }

                    IText text = order.Id.Length > 3 ? new Long() : new Short();
                    log.LogLine(text.Of(order));
                }
            }
            """
        );

    [Fact]
    public Task A_refusal_that_lets_the_work_go_on_loses_nothing() =>
        VerifyAsync(
            $$"""
            try
            {
                await {{Claim}};
            }
            catch (ConditionalCheckFailedException)
            {
                log.LogLine("again");
            }

            await Services.Shipping.ShipAsync(order);
            """
        );

    [Fact]
    public Task A_refusal_that_looks_how_far_the_work_came_is_silent() =>
        VerifyAsync(
            $$"""
            try
            {
                await {{Claim}};
            }
            catch (ConditionalCheckFailedException)
            {
                if (await Services.Shipping.IsShippedAsync(order.Id))
                    continue;
            }

            await Services.Shipping.ShipAsync(order);
            """
        );

    [Theory]
    [InlineData("Guid.NewGuid().ToString()")]
    [InlineData("\"today\"")]
    public Task A_key_that_is_not_the_records_claims_nothing(string key) =>
        VerifyAsync(
            $$"""
            await {{Claim.Replace("message.MessageId", key)}};
            await Services.Shipping.ShipAsync(order);
            """
        );

    [Fact]
    public Task A_put_without_condition_claims_nothing() =>
        VerifyAsync(
            $$"""
            await {{Claim.Replace("\"attribute_not_exists(pk)\"", "\"\"")}};
            await Services.Shipping.ShipAsync(order);
            """
        );

    [Fact]
    public Task A_look_alike_client_is_silent()
    {
        var test = IdempotencyServices.Test<Rule>(
            $$"""
            private readonly Mine.IAmazonDynamoDB mine = null!;

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    await {{Claim.Replace("dynamo.", "mine.")}};
                    await Services.Shipping.ShipAsync(null!);
                }
            }
            """
        );
        test.TestState.Sources.Add(
            (
                "Mine.cs",
                "namespace Mine { public interface IAmazonDynamoDB { System.Threading.Tasks.Task PutItemAsync(Amazon.DynamoDBv2.Model.PutItemRequest request); } }"
            )
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Incomplete_code_is_silent()
    {
        var test = IdempotencyServices.Test<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    await dynamo.PutItemAsync(new PutItemRequest { ConditionExpression = "attribute_not_exists(pk)", Item = });
                    await Services.Shipping.
            """
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
