using AtLeastOnce.TestKit;
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
}
