using AtLeastOnce.Analyzers.Rules.Outcome;
using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportSignaturesTests
{
    [Fact]
    public Task A_void_handler_returns_the_response() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public void [|Handle|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        orders.Ship(message.Body);
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
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            orders.Ship(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_handler_that_blocks_returns_a_finished_task() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public Task [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        orders.Ship(message.Body);
                    }

                    return Task.CompletedTask;
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            orders.Ship(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return Task.FromResult(new SQSBatchResponse(batchItemFailures));
                }
            }
            """
        );

    /// <summary>Lambda awaits no ValueTask, so that a report in it would not be read either: that is ALO207.</summary>
    [Fact]
    public Task A_value_task_cannot_carry_the_response() =>
        HandlerTest.VerifyAsync<ALO201FailuresCannotBeReported>(
            """
            public ValueTask HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                    orders.Ship(message.Body);
                return default;
            }
            """
        );

    [Fact]
    public Task A_result_that_means_nothing_is_replaced() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<bool> [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }

                    return true;
                }

                public async Task WarmUpAsync() => await HandleAsync(new SQSEvent { Records = new() });
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
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }

                public async Task WarmUpAsync() => await HandleAsync(new SQSEvent { Records = new() });
            }
            """
        );

    [Fact]
    public Task A_text_that_means_nothing_is_replaced() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public string [|Handle|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        orders.Ship(message.Body);
                    }

                    return "ok";
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
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            orders.Ship(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_nullable_event_is_looked_at_as_before() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent? batch)
                {
                    if (batch?.Records is null) return;
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

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent? batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    if (batch?.Records is null) return new SQSBatchResponse(batchItemFailures);
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

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_handler_of_the_annotations_package_keeps_its_services() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                [LambdaFunction]
                [SQSEvent("@OrdersQueue")]
                public async Task [|HandleAsync|]([FromServices] IOrders orders, SQSEvent batch, ILambdaContext context)
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
                [LambdaFunction]
                [SQSEvent("@OrdersQueue")]
                public async Task<SQSBatchResponse> HandleAsync([FromServices] IOrders orders, SQSEvent batch, ILambdaContext context)
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
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_private_static_handler_with_a_token() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public static class OrdersFunction
            {
                public static IOrders Orders { get; set; } = null!;

                private static async Task [|HandleAsync|](SQSEvent batch, System.Threading.CancellationToken cancellationToken)
                {
                    foreach (var message in batch.Records)
                    {
                        await Orders.ShipAsync(message.Body);
                    }
                }
            }
            """,
            """
            public static class OrdersFunction
            {
                public static IOrders Orders { get; set; } = null!;

                private static async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, System.Threading.CancellationToken cancellationToken)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await Orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );
}
