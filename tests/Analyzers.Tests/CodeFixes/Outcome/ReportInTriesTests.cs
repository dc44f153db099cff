using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportInTriesTests
{
    [Fact]
    public Task A_clause_that_logs_and_throws_again_goes_on_to_log() =>
        ALO201.FixesAsync(
            "ALO201.Report",
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
                            context.Logger.LogError(exception.Message); // for the operators
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
                            context.Logger.LogError(exception.Message); // for the operators
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task What_stands_before_a_try_moves_into_it_and_a_last_clause_takes_the_rest() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                    {
                        // read
                        var order = JsonSerializer.Deserialize<string>(message.Body)!;

                        try
                        {
                            await orders.ShipAsync(order);
                        }
                        catch (TimeoutException exception)
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
                            // read
                            var order = JsonSerializer.Deserialize<string>(message.Body)!;

                            await orders.ShipAsync(order);
                        }
                        catch (TimeoutException exception)
                        {
                            context.Logger.LogError(exception.Message);
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_variable_that_a_clause_needs_keeps_the_try_where_it_is() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                    {
                        var order = JsonSerializer.Deserialize<string>(message.Body)!;
                        try
                        {
                            await orders.ShipAsync(order);
                        }
                        catch (TimeoutException)
                        {
                            context.Logger.LogError(order);
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
                            var order = JsonSerializer.Deserialize<string>(message.Body)!;
                            try
                            {
                                await orders.ShipAsync(order);
                            }
                            catch (TimeoutException)
                            {
                                context.Logger.LogError(order);
                                throw;
                            }
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_statement_after_a_try_does_not_run_for_a_failed_record() =>
        ALO201.FixesAsync(
            "ALO201.Report",
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

                        context.Logger.LogInformation(message.MessageId);
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
                            try
                            {
                                await orders.ShipAsync(message.Body);
                            }
                            catch (Exception exception)
                            {
                                context.Logger.LogError(exception.Message);
                                throw;
                            }

                            context.Logger.LogInformation(message.MessageId);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_finally_stays_inside() =>
        ALO201.FixesAsync(
            "ALO201.Report",
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
                        finally
                        {
                            context.Logger.LogInformation(message.MessageId);
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
                            try
                            {
                                await orders.ShipAsync(message.Body);
                            }
                            finally
                            {
                                context.Logger.LogInformation(message.MessageId);
                            }
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_try_around_the_loop_stays_for_what_is_about_no_record() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
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
                        throw;
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
                        throw;
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );
}
