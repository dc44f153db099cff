using ALO204 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO204FailureSwallowedFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO204FailureSwallowedAroundLoopFixTests
{
    [Fact]
    public Task An_empty_response_of_a_clause_around_the_loop_names_the_whole_batch() =>
        ALO204.FixesAsync(
            "ALO204.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    try
                    {
                        foreach (var message in batch.Records)
                        {
                            var order = JsonSerializer.Deserialize<string>(message.Body)!;
                            try
                            {
                                await orders.ShipAsync(order);
                            }
                            catch (Exception)
                            {
                                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            }
                        }

                        return new SQSBatchResponse(failures);
                    }
                    [|catch|] (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                        return new SQSBatchResponse();
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
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    try
                    {
                        foreach (var message in batch.Records)
                        {
                            var order = JsonSerializer.Deserialize<string>(message.Body)!;
                            try
                            {
                                await orders.ShipAsync(order);
                            }
                            catch (Exception)
                            {
                                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            }
                        }

                        return new SQSBatchResponse(failures);
                    }
                    catch (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                        return new SQSBatchResponse(batch.Records.Select(message => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId }).ToList());
                    }
                }
            }
            """
        );

    [Fact]
    public Task A_clause_around_the_loop_reports_no_message_twice() =>
        ALO204.FixesAsync(
            "ALO204.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    try
                    {
                        foreach (var message in batch.Records)
                        {
                            await orders.ShipAsync(message.Body);
                        }
                    }
                    [|catch|] (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    try
                    {
                        foreach (var message in batch.Records)
                        {
                            await orders.ShipAsync(message.Body);
                        }
                    }
                    catch (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                        failures.Clear();
                        failures.AddRange(batch.Records.Select(message => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId }));
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task A_clause_around_the_loop_of_a_handler_without_a_response() =>
        ALO204.FixesAsync(
            "ALO204.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    try
                    {
                        foreach (var message in batch.Records)
                        {
                            await orders.ShipAsync(message.Body);
                        }
                    }
                    [|catch|] (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
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
                    try
                    {
                        foreach (var message in batch.Records)
                        {
                            try
                            {
                                await orders.ShipAsync(message.Body);
                            }
                            catch (Exception exception)
                            {
                                context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                                batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            }
                        }
                    }
                    catch (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                        batchItemFailures.Clear();
                        batchItemFailures.AddRange(batch.Records.Select(message => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId }));
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_clause_that_leaves_the_loop_is_left_alone() =>
        ALO204.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        [|catch|] (Exception exception)
                        {
                            context.Logger.LogError(exception.Message);
                            break;
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );
}
