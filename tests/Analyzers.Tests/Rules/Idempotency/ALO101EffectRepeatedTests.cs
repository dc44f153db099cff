using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO101EffectRepeated;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO101EffectRepeatedTests
{
    [Fact]
    public Task A_relative_update_in_a_private_method_is_counted_again() =>
        EffectTest.VerifyAsync<Rule>(
            """
            public async Task FunctionHandler(SQSEvent evnt, ILambdaContext context)
            {
                if (evnt.Records.Any())
                    throw new InvalidOperationException("one at a time");

                var message = evnt.Records.FirstOrDefault();
                if (message is null) return;
                await ProcessMessageAsync(message, context);
            }

            private async Task ProcessMessageAsync(SQSEvent.SQSMessage message, ILambdaContext context)
            {
                var order = JsonSerializer.Deserialize<Order>(message.Body)!;
                try
                {
                    await RemoveFromStock(order.Id, order.Quantity);
                }
                catch (ConditionalCheckFailedException)
                {
                    context.Logger.LogLine("sold out");
                }
            }

            private async Task RemoveFromStock(string id, int qty)
            {
                var request = new UpdateItemRequest
                {
                    TableName = "Stock",
                    Key = new Dictionary<string, AttributeValue> { { "Id", new AttributeValue { S = id } } },
                    UpdateExpression = "SET Qty = (Qty - :qtyOrder)",
                    ConditionExpression = "Qty >= :qtyOrder",
                    ExpressionAttributeValues = new Dictionary<string, AttributeValue> { { ":qtyOrder", new AttributeValue { N = qty.ToString() } } },
                };
                await {|#0:dynamo.UpdateItemAsync(request)|};
            }
            """,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments(
                    "changes 'Qty' again",
                    "UpdateItem 'SET Qty = (Qty - :qtyOrder)'",
                    "message",
                    " Reached from 'FunctionHandler' → 'OrdersFunction.ProcessMessageAsync' → 'OrdersFunction.RemoveFromStock'."
                )
                .IgnoringAdditionalLocations()
        );

    [Fact]
    public Task The_whole_message() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler("{|#0:System.IO.File.AppendAllText(\"ledger\", order.Id)|};"),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithMessage(
                    "Every redelivery appends it again: AppendAllText has no guard that this message was handled before. Make it conditional, give it a token taken from the message, or remember what was handled in the same transaction."
                )
        );

    [Fact]
    public Task A_record_of_a_stream_is_called_one() =>
        EffectTest.VerifyAsync<Rule>(
            """
            public void HandleAsync(Amazon.Lambda.KinesisEvents.KinesisEvent batch)
            {
                foreach (var record in batch.Records)
                    {|#0:System.IO.File.AppendAllText("ledger", record.Kinesis.PartitionKey)|};
            }
            """,
            AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("appends it again", "AppendAllText", "record", "")
        );

    [Fact]
    public Task The_effect_and_its_text_are_further_places()
    {
        var test = EffectTest.Test<Rule>(
            EffectTest.Handler("await {|#0:stock.TakeAsync(order.Id)|};", "private readonly Stock stock = new();"),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithLocation(1)
                .WithLocation(2)
                .WithArguments("changes 'q' again", "UpdateItem 'SET q = q - :n'", "message", " Reached from 'HandleAsync' → 'Stock.TakeAsync'.")
        );
        test.TestState.Sources.Add(
            (
                "Stock.cs",
                """
                using System.Threading.Tasks;
                using Amazon.DynamoDBv2;
                using Amazon.DynamoDBv2.Model;

                namespace Shop;

                public sealed class Stock
                {
                    private readonly IAmazonDynamoDB dynamo = null!;

                    public Task TakeAsync(string id) =>
                        {|#1:dynamo.UpdateItemAsync(new UpdateItemRequest { UpdateExpression = {|#2:"SET q = q - :n"|} })|};
                }
                """
            )
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("message.MessageId", false)]
    [InlineData("\"orders\"", false)]
    [InlineData("Guid.NewGuid().ToString()", true)]
    public Task A_claim_under_a_key_that_changes_guards_nothing(string key, bool isFound) =>
        VerifyClaimAsync($"[\"pk\"] = new AttributeValue({key})", "pk", isFound);

    /// <summary>The condition may ask for any attribute that the item has: whether it is there is looked up under the key.</summary>
    [Theory]
    [InlineData("[\"pk\"] = new AttributeValue(message.MessageId)", false)]
    [InlineData("[\"id\"] = new AttributeValue(message.MessageId)", false)]
    [InlineData("[\"pk\"] = new AttributeValue(message.MessageId), [\"sk\"] = new AttributeValue(Guid.NewGuid().ToString())", true)]
    [InlineData("[\"note\"] = new AttributeValue(message.MessageId)", true)]
    public Task A_claim_that_asks_for_another_attribute(string key, bool isFound) =>
        VerifyClaimAsync(key + ", [\"processedAt\"] = new AttributeValue(DateTime.UtcNow.ToString())", "processedAt", isFound);

    private static Task VerifyClaimAsync(string attributes, string tested, bool isFound)
    {
        var claim =
            "await dynamo.PutItemAsync(new PutItemRequest { Item = new Dictionary<string, AttributeValue> { "
            + attributes
            + " }, ConditionExpression = \"attribute_not_exists("
            + tested
            + ")\" });\n";
        return isFound
            ? EffectTest.VerifyAsync<Rule>(
                EffectTest.Handler(claim + "await {|#0:http.PostAsync(\"https://payments\", null)|};"),
                AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("sends the request again", "an HTTP POST", "message", "")
            )
            : EffectTest.VerifyAsync<Rule>(EffectTest.Handler(claim + "await http.PostAsync(\"https://payments\", null);"));
    }

    [Fact]
    public Task Types_that_only_look_like_a_client() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                "await files.AppendAllText(order.Id);\nawait mine.InsertOneAsync(order);",
                """
                private readonly File files = new();
                private readonly IMongoCollection mine = null!;

                public sealed class File
                {
                    public Task AppendAllText(string text) => Task.CompletedTask;
                }

                public interface IMongoCollection
                {
                    Task InsertOneAsync(Order order);
                }
                """
            )
        );

    [Fact]
    public Task Without_the_packages_nothing_is_a_handler()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "public class C { public void HandleAsync(string[] batch) => System.IO.File.AppendAllText(\"ledger\", batch[0]); }",
            ReferenceAssemblies = References.None,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("System.IO.File.AppendAllText(\"ledger\", );")]
    [InlineData("await dynamo.UpdateItemAsync(new UpdateItemRequest { UpdateExpression = \"SET q = \" + });")]
    [InlineData("await dynamo.UpdateItemAsync(")]
    [InlineData("await http.PostAsync(;")]
    [InlineData("if (await dynamo.GetItemAsync(order)) await")]
    public Task Incomplete_code(string statements) => EffectTest.VerifyIncompleteAsync<Rule>(statements);

    [Theory]
    [InlineData("[IdempotentOperation(\"appends are read by order id\")]", "")]
    [InlineData("[AWS.Lambda.Powertools.Idempotency.Idempotent]", "")]
    [InlineData("", "alo.idempotent_operations = Shop.OrdersFunction.WriteAsync")]
    [InlineData("", "alo.idempotent_operations = Shop.Other.Run, Shop.OrdersFunction.WriteAsync")]
    public async Task A_method_that_is_said_to_be_safe(string attribute, string configuration)
    {
        const string Declaration = "public sealed class IdempotentOperationAttribute : Attribute { public IdempotentOperationAttribute(string because) { } }";
        var test = EffectTest.Test<Rule>(
            EffectTest.Handler(
                "WriteAsync(order.Id);",
                attribute + "\nprivate void WriteAsync(string id) => System.IO.File.AppendAllText(\"ledger\", id);\n" + Declaration
            )
        );
        if (configuration.Length > 0)
            test.TestState.AnalyzerConfigFiles.Add(("/0/.editorconfig", "root = true\n[*.cs]\n" + configuration + "\n"));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task The_users_own_effect()
    {
        var test = EffectTest.Test<Rule>(
            EffectTest.Handler(
                "await {|#0:payments.ChargeAsync(order.Id)|};\nawait payments.ChargeAsync(order.Id, message.MessageId);",
                "private readonly IPayments payments = null!;\npublic interface IPayments { Task ChargeAsync(string order, string? key = null); }"
            ),
            AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments("charges again", "Charge", "message", "")
        );
        test.TestState.AdditionalFiles.Add(
            (
                "shop.effects.yaml",
                "effects: [{ name: Charge, does: adds, types: Shop.OrdersFunction.IPayments, methods: Charge, again: charges again, token: key }]"
            )
        );
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
