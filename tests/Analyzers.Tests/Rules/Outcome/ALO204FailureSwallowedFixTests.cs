using AtLeastOnce.Analyzers.Tests.CodeFixes;
using ALO204 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO204FailureSwallowedFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO204FailureSwallowedFixTests
{
    [Fact]
    public Task A_clause_adds_the_failure_to_the_list() =>
        ALO204.FixesAsync(
            "ALO204.Report",
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
                            context.Logger.LogError(exception.Message); // seen by operators
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
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception.Message); // seen by operators
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task On_a_FIFO_queue_a_clause_stops_and_reports_the_rest() =>
        ALO204.FixesAsync(
            "ALO204.StopAndReportRest",
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
                            context.Logger.LogError(exception.Message); // seen by operators
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
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception.Message); // seen by operators
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
    public Task Every_clause_that_swallows_is_given_its_report() =>
        ALO204.FixesAsync(
            "ALO204.Report",
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
                        [|catch|] (TimeoutException) { context.Logger.LogError("late"); }
                        [|catch|] (System.Net.Http.HttpRequestException) { }
                        catch (InvalidOperationException)
                        {
                            // Not an order.
                        }
                        [|catch|]
                        {
                            continue; // the next one
                        }

                        context.Logger.LogInformation("shipped");
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
                            context.Logger.LogError("late");
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                        catch (System.Net.Http.HttpRequestException)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                        catch (InvalidOperationException)
                        {
                            // Not an order.
                        }
                        catch
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                            continue; // the next one
                        }

                        context.Logger.LogInformation("shipped");
                    }

                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    [Fact]
    public Task A_handler_without_a_response_gets_one_and_a_try_that_takes_all() =>
        ALO204.FixesAsync(
            "ALO204.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                    {
                        var order = JsonSerializer.Deserialize<string>(message.Body)!;
                        try
                        {
                            await orders.ShipAsync(order);
                        }
                        [|catch|] (TimeoutException exception)
                        {
                            context.Logger.LogError(exception.Message);
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
    public Task A_method_that_is_given_the_list_adds_to_it() =>
        ALO204.FixesAsync(
            "ALO204.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    await ProcessAllAsync(batch, failures);
                    return new SQSBatchResponse(failures);
                }

                private async Task ProcessAllAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> failed)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        [|catch|] (Exception exception)
                        {
                            Console.WriteLine(exception);
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
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    await ProcessAllAsync(batch, failures);
                    return new SQSBatchResponse(failures);
                }

                private async Task ProcessAllAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> failed)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.WriteLine(exception);
                            failed.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }
                }
            }
            """
        );

    [Fact]
    public Task Entries_of_ones_own_type_are_made_by_its_own_name() =>
        ALO204.FixesAsync(
            "ALO204.Report",
            """
            public class Failure
            {
                [System.Text.Json.Serialization.JsonPropertyName("itemIdentifier")]
                public string Id { get; set; } = "";
            }

            public class Response
            {
                [System.Text.Json.Serialization.JsonPropertyName("batchItemFailures")]
                public List<Failure> Failures { get; set; } = new();
            }

            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<Response> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<Failure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        [|catch|] (Exception exception)
                        {
                            context.Logger.LogError(exception.Message); // seen by operators
                        }
                    }

                    return new Response { Failures = failures };
                }
            }
            """,
            """
            public class Failure
            {
                [System.Text.Json.Serialization.JsonPropertyName("itemIdentifier")]
                public string Id { get; set; } = "";
            }

            public class Response
            {
                [System.Text.Json.Serialization.JsonPropertyName("batchItemFailures")]
                public List<Failure> Failures { get; set; } = new();
            }

            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<Response> HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    var failures = new List<Failure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception.Message); // seen by operators
                            failures.Add(new Failure { Id = message.MessageId });
                        }
                    }

                    return new Response { Failures = failures };
                }
            }
            """
        );

    [Fact]
    public Task A_method_that_knows_no_list_is_left_alone() =>
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
                        await ProcessAsync(message);
                    }

                    return new SQSBatchResponse(failures);
                }

                private async Task ProcessAsync(SQSEvent.SQSMessage message)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    [|catch|] (Exception exception)
                    {
                        Console.WriteLine(exception);
                    }
                }
            }
            """
        );
}
