using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportFromTasksTests
{
    [Fact]
    public Task Tasks_of_all_records_give_back_their_failures_in_order() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
                {
                    await Task.WhenAll(batch.Records.Select(message => orders.ShipAsync(message.Body)));
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
                    var results = await Task.WhenAll(batch.Records.Select(async message =>
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                            return null;
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
                        }
                    }));
                    batchItemFailures.AddRange(results.OfType<SQSBatchResponse.BatchItemFailure>());
                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_method_group_becomes_a_lambda() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public Task [|HandleAsync|](SQSEvent batch) => Task.WhenAll(batch.Records.Select(ProcessAsync));

                private async Task ProcessAsync(SQSEvent.SQSMessage message)
                {
                    await orders.ShipAsync(message.Body);
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
                    var results = await Task.WhenAll(batch.Records.Select(async message =>
                    {
                        try
                        {
                            await ProcessAsync(message);
                            return null;
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
                        }
                    }));
                    batchItemFailures.AddRange(results.OfType<SQSBatchResponse.BatchItemFailure>());
                    return new SQSBatchResponse(batchItemFailures);
                }

                private async Task ProcessAsync(SQSEvent.SQSMessage message)
                {
                    await orders.ShipAsync(message.Body);
                }
            }
            """
        );

    [Fact]
    public Task A_block_of_a_lambda_is_covered_and_its_returns_are_no_failures() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
                {
                    var tasks = batch.Records.Select(async message =>
                    {
                        if (message.Body.Length == 0) return;
                        await orders.ShipAsync(message.Body); // ship
                    }).ToList();
                    await Task.WhenAll(tasks).ConfigureAwait(false);
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
                    var tasks = batch.Records.Select(async message =>
                    {
                        try
                        {
                            if (message.Body.Length == 0) return null;
                            await orders.ShipAsync(message.Body); // ship
                            return null;
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
                        }
                    }).ToList();
                    var results = await Task.WhenAll(tasks).ConfigureAwait(false);
                    batchItemFailures.AddRange(results.OfType<SQSBatchResponse.BatchItemFailure>());
                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_lambda_in_a_body_without_braces_is_indented_with_it() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public Task [|HandleAsync|](SQSEvent batch) => Task.WhenAll(batch.Records.Select(async message =>
                {
                    await orders.ShipAsync(message.Body);
                }));
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    var results = await Task.WhenAll(batch.Records.Select(async message =>
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                            return null;
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
                        }
                    }));
                    batchItemFailures.AddRange(results.OfType<SQSBatchResponse.BatchItemFailure>());
                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_private_method_that_hands_on_the_tasks_collects_their_failures() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch)
                {
                    await ProcessAllAsync(batch);
                }

                private Task ProcessAllAsync(SQSEvent batch) =>
                    Task.WhenAll(batch.Records.Select(message => orders.ShipAsync(message.Body)));
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    await ProcessAllAsync(batch, batchItemFailures);
                    return new SQSBatchResponse(batchItemFailures);
                }

                private async Task ProcessAllAsync(SQSEvent batch, List<SQSBatchResponse.BatchItemFailure> batchItemFailures)
                {
                    var results = await Task.WhenAll(batch.Records.Select(async message =>
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                            return null;
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
                        }
                    }));
                    batchItemFailures.AddRange(results.OfType<SQSBatchResponse.BatchItemFailure>());
                }
            }
            """
        );

    [Fact]
    public Task Tasks_that_are_blocked_on_are_still_blocked_on() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public void [|Handle|](SQSEvent batch)
                {
                    Task.WhenAll(batch.Records.Select(message => orders.ShipAsync(message.Body))).Wait();
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
                    var results = Task.WhenAll(batch.Records.Select(async message =>
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                            return null;
                        }
                        catch (Exception exception)
                        {
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            return new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId };
                        }
                    })).Result;
                    batchItemFailures.AddRange(results.OfType<SQSBatchResponse.BatchItemFailure>());
                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_function_that_a_list_calls_adds_to_the_failures() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public void [|Handle|](SQSEvent batch) => batch.Records.ForEach(message => orders.Ship(message.Body));
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public SQSBatchResponse Handle(SQSEvent batch)
                {
                    var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                    batch.Records.ForEach(message =>
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
                    });
                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );
}
