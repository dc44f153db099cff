using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;
using ALO203 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO203ReportExpectedButNeverMade,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO203ReportExpectedButNeverMadeFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class StopAndReportRestTests
{
    [Fact]
    public Task A_loop_stops_and_reports_what_it_has_not_touched() =>
        ALO201.FixesAsync(
            "ALO201.StopAndReportRest",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
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

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.AddRange(batch.Records.SkipWhile(remaining => remaining != message).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
                            break;
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_loop_with_an_index_reports_from_the_index_on() =>
        ALO201.FixesAsync(
            "ALO201.StopAndReportRest",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    for (int i = 0; i < batch.Records.Count; ++i)
                        await orders.ShipAsync(batch.Records[i].Body);
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    for (int i = 0; i < batch.Records.Count; ++i)
                    {
                        try
                        {
                            await orders.ShipAsync(batch.Records[i].Body);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {batch.Records[i].MessageId} failed: {exception}");
                            batchItemFailures.AddRange(batch.Records.Skip(i).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
                            break;
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_clause_that_throws_again_stops_instead() =>
        ALO201.FixesAsync(
            "ALO201.StopAndReportRest",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception.Message);
                            throw;
                        }
                    }
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception.Message);
                            batchItemFailures.AddRange(batch.Records.SkipWhile(remaining => remaining != message).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
                            break;
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_private_method_stops_and_reports_the_rest_of_its_list() =>
        ALO201.FixesAsync(
            "ALO201.StopAndReportRest",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public Task [|HandleAsync|](SQSEvent batch) => ProcessAllAsync(batch.Records);

                private async Task ProcessAllAsync(IReadOnlyList<SQSEvent.SQSMessage> messages)
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

                private async Task ProcessAllAsync(IReadOnlyList<SQSEvent.SQSMessage> messages, List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
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
                            batchItemFailures.AddRange(messages.SkipWhile(remaining => remaining != message).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
                            break;
                        }
                    }
                }
            }
            """
        );

    [Fact]
    public Task On_a_FIFO_queue_a_handler_stops() =>
        ALO203.FixesAsync(
            "ALO203.StopAndReportRest",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
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
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.AddRange(batch.Records.SkipWhile(remaining => remaining != message).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
                            break;
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """,
            template: Template.ReportingFifo
        );
}
