using AtLeastOnce.Analyzers.Tests.CodeFixes;
using ALO203 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO203ReportExpectedButNeverMade,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO203ReportExpectedButNeverMadeFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO203ReportExpectedButNeverMadeFixTests
{
    [Fact]
    public Task A_handler_without_a_response_gets_one() =>
        ALO203.FixesAsync(
            "ALO203.Report",
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
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """,
            template: Template.Reporting
        );

    [Fact]
    public Task A_response_that_is_always_empty_gets_a_list() =>
        ALO203.FixesAsync(
            "ALO203.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> [|HandleAsync|](SQSEvent batch)
                {
                    if (batch.Records.Count == 0) return new();
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }

                    return new SQSBatchResponse();
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
                    if (batch.Records.Count == 0) return new SQSBatchResponse(batchItemFailures);
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
            """,
            template: Template.Reporting
        );

    [Fact]
    public Task A_list_that_is_never_filled_is_filled() =>
        ALO203.FixesAsync(
            "ALO203.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> [|HandleAsync|](SQSEvent batch)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }

                    return new SQSBatchResponse { BatchItemFailures = failures };
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
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
                            Console.Error.WriteLine($"Message {message.MessageId} failed: {exception}");
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse { BatchItemFailures = failures };
                }
            }
            """,
            template: Template.Reporting
        );

    [Fact]
    public Task A_response_variable_is_filled() =>
        ALO203.FixesAsync(
            "ALO203.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> [|HandleAsync|](SQSEvent batch)
                {
                    var response = new SQSBatchResponse();
                    await Task.WhenAll(batch.Records.Select(async message => await orders.ShipAsync(message.Body)));
                    return response;
                }
            }
            """,
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var response = new SQSBatchResponse();
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
                    response.BatchItemFailures.AddRange(results.OfType<SQSBatchResponse.BatchItemFailure>());
                    return response;
                }
            }
            """,
            template: Template.Reporting
        );

    [Fact]
    public Task A_list_is_passed_to_the_method_that_goes_through_the_records() =>
        ALO203.FixesAsync(
            "ALO203.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> [|HandleAsync|](SQSEvent batch)
                {
                    await ProcessAllAsync(batch);
                    return new();
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
            """,
            template: Template.Reporting
        );

    [Fact]
    public Task A_response_made_elsewhere_is_not_looked_into() =>
        ALO203.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> [|HandleAsync|](SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await orders.ShipAsync(message.Body);
                    }

                    return Nothing();
                }

                private static SQSBatchResponse Nothing() => new();
            }
            """,
            template: Template.Reporting
        );
}
