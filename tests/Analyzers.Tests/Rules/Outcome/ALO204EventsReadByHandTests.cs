using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>Handlers that take JSON and look for the records themselves, often beside the request of a caller, and that work on what they have collected.</summary>
public sealed class ALO204EventsReadByHandTests
{
    [Theory]
    [InlineData("return await ShipAllAsync(all, context);")]
    [InlineData("await ShipAllAsync(all, context); return null;")]
    public Task Messages_that_are_collected_and_worked_on_in_another_method(string statements) =>
        HandlerTest.VerifyAsync<Rule>(
            Handler(
                statements,
                """
                foreach (var order in wanted)
                {
                    try
                    {
                        await orders.ShipAsync(order);
                        shipped++;
                    }
                    {|#0:catch|} (Exception exception)
                    {
                        context.Logger.LogError(exception, order);
                        failed++;
                    }
                }
                """
            ),
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.ShipAllAsync'.")
        );

    [Theory]
    [InlineData("return await ShipAllAsync(all, context);", "foreach (var order in wanted) await orders.ShipAsync(order);")]
    [InlineData(
        "return await ShipAllAsync(all, context);",
        "foreach (var order in wanted) { try { await orders.ShipAsync(order); } catch (Exception) { failed++; } } if (failed > 0) throw new InvalidOperationException();"
    )]
    [InlineData(
        "var result = await ShipAllAsync(all, context); return new { result };",
        "foreach (var order in wanted) { try { await orders.ShipAsync(order); } catch (Exception) { failed++; } }"
    )]
    [InlineData("return Other(all);", "foreach (var order in wanted) { try { await orders.ShipAsync(order); } catch (Exception) { failed++; } }")]
    [InlineData(
        "await ShipAllAsync(all, context); return new SQSBatchResponse();",
        "foreach (var order in wanted) { try { await orders.ShipAsync(order); } catch (Exception) { failed++; } }"
    )]
    public Task Failures_that_come_out_or_may_be_reported(string statements, string work) => HandlerTest.VerifyAsync<Rule>(Handler(statements, work));

    [Fact]
    public Task Messages_that_are_read_first_and_worked_on_in_a_loop_of_their_own() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                var all = new List<Order>();
                foreach (var message in batch.Records) all.Add(JsonSerializer.Deserialize<Order>(message.Body)!);
                foreach (var order in all)
                {
                    try
                    {
                        await orders.ShipAsync(order);
                    }
                    {|#0:catch|} (Exception exception)
                    {
                        log.LogError(exception, order.Id);
                    }
                }
            }
            """,
            Finding("")
        );

    [Theory]
    [InlineData("all.Add(message.MessageId);")]
    [InlineData("all.Add(\"one\");")]
    [InlineData("all.Add(await orders.TryShipAsync(message.Body) ? \"shipped\" : \"\");")]
    [InlineData("try { await orders.ShipAsync(message.Body); } catch (Exception) { all.Add(message.MessageId); throw; }")]
    public Task A_list_that_tells_of_messages_holds_none(string statement) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                var all = new List<string>();
                foreach (var message in batch.Records)
                {
                    {{statement}}
                }

                foreach (var one in all)
                {
                    try
                    {
                        await orders.GiveUpAsync(one);
                    }
                    catch (Exception exception)
                    {
                        log.LogError(exception, one);
                    }
                }
            }
            """
        );

    private static string Handler(string statements, string work) =>
        $$"""
            public async Task<object?> HandleAsync(JsonElement input, ILambdaContext context)
            {
                if (input.TryGetProperty("Records", out var records))
                {
                    var all = new List<string>();
                    foreach (var record in records.EnumerateArray()) all.Add(record.GetProperty("body").GetString() ?? "");
                    {{statements}}
                }

                var asked = 0;
                foreach (var order in input.GetProperty("orders").EnumerateArray())
                {
                    try
                    {
                        await orders.ShipAsync(order.GetString() ?? "");
                        asked++;
                    }
                    catch (Exception exception)
                    {
                        context.Logger.LogError(exception, "not shipped");
                    }
                }

                return new { asked };
            }

            private async Task<object> ShipAllAsync(List<string> wanted, ILambdaContext context)
            {
                int shipped = 0, failed = 0;
                {{work}}
                return new { shipped, failed };
            }

            protected virtual object Other(object result) => result;
            """;

    private static DiagnosticResult Finding(string path) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithArguments("the failed message", "HandleAsync", "Return SQSBatchResponse and report it, or let the exception through", path)
            .IgnoringAdditionalLocations();
}
