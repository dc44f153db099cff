using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>Messages that nobody can read: dropped on purpose, where a comment says so.</summary>
public sealed class ALO204PoisonMessageTests
{
    [Fact]
    public Task A_poison_message_dropped_with_a_reason() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    Order order;
                    try
                    {
                        order = JsonSerializer.Deserialize<Order>(message.Body)!;
                    }
                    catch (Exception exception)
                    {
                        // Nobody can ever read it: keeping it would only fill the dead-letter queue.
                        log.LogError(exception, "unreadable");
                        continue;
                    }

                    await orders.ShipAsync(order);
                }
            }
            """
        );

    [Theory]
    [InlineData("// TODO: move it to the dead-letter queue")]
    [InlineData("/* todo */")]
    [InlineData("// throw;")]
    [InlineData("//")]
    public Task A_poison_message_dropped_until_somebody_finds_time(string comment) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    Order order;
                    try
                    {
                        order = JsonSerializer.Deserialize<Order>(message.Body)!;
                    }
                    {|#0:catch|} (Exception exception)
                    {
                        {{comment}}
                        log.LogError(exception, "unreadable");
                        continue;
                    }

                    await orders.ShipAsync(order);
                }
            }
            """,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("the failed message", "HandleAsync", "Return SQSBatchResponse and report it, or let the exception through", "")
        );
}
