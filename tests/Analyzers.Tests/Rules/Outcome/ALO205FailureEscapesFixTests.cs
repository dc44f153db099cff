using AtLeastOnce.Analyzers.Tests.CodeFixes;
using ALO205 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO205FailureEscapes,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO205FailureEscapesFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO205FailureEscapesFixTests
{
    [Fact]
    public Task Parsing_moves_into_the_try() =>
        ALO205.FixesAsync(
            "ALO205.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        // read
                        var order = [|JsonSerializer.Deserialize<string>(message.Body)|]!;

                        try
                        {
                            await orders.ShipAsync(order);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception.Message);
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
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
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            // read
                            var order = JsonSerializer.Deserialize<string>(message.Body)!;

                            await orders.ShipAsync(order);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception.Message);
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task A_variable_that_the_clause_needs_stays_outside_of_it() =>
        ALO205.FixesAsync(
            "ALO205.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        var order = [|JsonSerializer.Deserialize<string>(message.Body)|]!;
                        try
                        {
                            await orders.ShipAsync(order);
                        }
                        catch (Exception)
                        {
                            context.Logger.LogError(order);
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
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
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            var order = JsonSerializer.Deserialize<string>(message.Body)!;
                            try
                            {
                                await orders.ShipAsync(order);
                            }
                            catch (Exception)
                            {
                                context.Logger.LogError(order);
                                failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            }
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task A_clause_for_the_rest_follows_those_that_are_there() =>
        ALO205.FixesAsync(
            "ALO205.Report",
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
                            await [|orders.ShipAsync(message.Body)|];
                        }
                        catch (TimeoutException)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
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
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (TimeoutException)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task On_a_FIFO_queue_the_clause_stops() =>
        ALO205.FixesAsync(
            "ALO205.StopAndReportRest",
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
                            await [|orders.ShipAsync(message.Body)|];
                        }
                        catch (TimeoutException)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            break;
                        }
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
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (TimeoutException)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            break;
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            failures.AddRange(batch.Records.SkipWhile(remaining => remaining != message).Select(remaining => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = remaining.MessageId }));
                            break;
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """,
            template: Template.ReportingFifo
        );

    [Fact]
    public Task Parsing_moves_into_the_try_of_the_method_that_returns_the_failure() =>
        ALO205.FixesAsync(
            "ALO205.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var results = await Task.WhenAll(batch.Records.Select(ProcessAsync));
                    return new SQSBatchResponse(results.OfType<SQSBatchResponse.BatchItemFailure>().ToList());
                }

                private async Task<SQSBatchResponse.BatchItemFailure?> ProcessAsync(SQSEvent.SQSMessage message)
                {
                    var order = [|JsonSerializer.Deserialize<string>(message.Body)|]!;
                    try
                    {
                        await orders.ShipAsync(order);
                        return null;
                    }
                    catch (Exception)
                    {
                        return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
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
                    var results = await Task.WhenAll(batch.Records.Select(ProcessAsync));
                    return new SQSBatchResponse(results.OfType<SQSBatchResponse.BatchItemFailure>().ToList());
                }

                private async Task<SQSBatchResponse.BatchItemFailure?> ProcessAsync(SQSEvent.SQSMessage message)
                {
                    try
                    {
                        var order = JsonSerializer.Deserialize<string>(message.Body)!;
                        await orders.ShipAsync(order);
                        return null;
                    }
                    catch (Exception)
                    {
                        return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
                    }
                }
            }
            """
        );

    [Fact]
    public Task What_follows_the_loop_is_no_records_business() =>
        ALO205.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    var last = "";
                    foreach (var message in batch.Records)
                    {
                        last = message.Body;
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    await [|orders.ShipAsync(last)|];
                    return new SQSBatchResponse(failures);
                }
            }
            """
        );
}
