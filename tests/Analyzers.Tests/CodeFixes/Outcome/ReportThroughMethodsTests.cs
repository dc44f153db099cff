using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportThroughMethodsTests
{
    [Fact]
    public Task A_private_method_that_goes_through_the_records_is_given_the_list() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public Task [|HandleAsync|](SQSEvent batch) => ProcessAllAsync(batch.Records);

                private async Task ProcessAllAsync(List<SQSEvent.SQSMessage> messages)
                {
                    foreach (var message in messages)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    await ProcessAllAsync(batch.Records, batchItemFailures);
                    return new SQSBatchResponse(batchItemFailures);
                }

                private async Task ProcessAllAsync(List<SQSEvent.SQSMessage> messages, List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
                {
                    foreach (var message in messages)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_list_is_handed_on_through_several_methods() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
                {
                    await StartAsync(batch).ConfigureAwait(false);
                }

                private async Task StartAsync(SQSEvent batch)
                {
                    if (batch.Records.Count > 0) await ProcessAllAsync(batch);
                }

                private async Task ProcessAllAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    await StartAsync(batch, batchItemFailures).ConfigureAwait(false);
                    return new SQSBatchResponse(batchItemFailures);
                }

                private async Task StartAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
                {
                    if (batch.Records.Count > 0) await ProcessAllAsync(batch, batchItemFailures);
                }

                private async Task ProcessAllAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_handler_that_hands_on_the_task_waits_for_it() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public Task [|HandleAsync|](SQSEvent batch)
                {
                    if (batch.Records.Count == 0)
                    {
                        return Task.CompletedTask;
                    }

                    return ProcessAllAsync(batch);
                }

                private async Task ProcessAllAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    if (batch.Records.Count == 0)
                    {
                        return new SQSBatchResponse(batchItemFailures);
                    }

                    await ProcessAllAsync(batch, batchItemFailures);
                    return new SQSBatchResponse(batchItemFailures);
                }

                private async Task ProcessAllAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_handler_that_blocks_goes_on_to_block() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public void [|Handle|](SQSEvent batch)
                {
                    ProcessAllAsync(batch).GetAwaiter().GetResult();
                }

                private async Task ProcessAllAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public SQSBatchResponse Handle(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    ProcessAllAsync(batch, batchItemFailures).GetAwaiter().GetResult();
                    return new SQSBatchResponse(batchItemFailures);
                }

                private async Task ProcessAllAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }
                }
            }
            """
        );
}
