using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO204FailureSwallowedAroundLoopTests
{
    [Fact]
    public Task An_outer_catch_that_returns_an_empty_response_deletes_the_batch() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                try
                {
                    var parsed = batch.Records.Select(message => (message.MessageId, Order: JsonSerializer.Deserialize<Order>(message.Body)!)).ToList();
                    foreach (var (id, order) in parsed)
                    {
                        try
                        {
                            await orders.ShipAsync(order);
                        }
                        catch (Exception)
                        {
                            failures.Add(new() { ItemIdentifier = id });
                        }
                    }
                }
                {|#0:catch|} (Exception exception)
                {
                    log.LogError(exception, "failed");
                }

                return new SQSBatchResponse(failures);
            }
            """,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("the whole batch", "HandleAsync", "Add it to batchItemFailures", "")
                .IgnoringAdditionalLocations()
        );

    [Fact]
    public Task An_outer_catch_that_adds_all_ids_is_right() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                try
                {
                    foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
                    return new SQSBatchResponse();
                }
                catch (Exception exception)
                {
                    log.LogError(exception, "failed");
                    return new SQSBatchResponse { BatchItemFailures = batch.Records.Select(m => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = m.MessageId }).ToList() };
                }
            }
            """
        );

    [Fact]
    public Task A_catch_around_other_work_is_none_of_ours() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                try
                {
                    await orders.GiveUpAsync("warm up");
                }
                catch (Exception exception)
                {
                    log.LogError(exception, "cold");
                }

                foreach (var message in batch.Records) await orders.ShipAsync(message.Body);
            }
            """
        );
}
