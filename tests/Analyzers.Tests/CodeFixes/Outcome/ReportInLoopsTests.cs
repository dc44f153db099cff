using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportInLoopsTests
{
    [Fact]
    public Task Comments_and_blank_lines_of_a_loop_stay() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    // Ships every order.
                    foreach (var message in batch.Records) // one by one
                    {
                        // read
                        var order = JsonSerializer.Deserialize<string>(message.Body)!;

                        /* ship:
                           now */
                        await orders.ShipAsync(order); // done
                        // last
                    }
                    // end
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
                    // Ships every order.
                    foreach (var message in batch.Records) // one by one
                    {
                        try
                        {
                            // read
                            var order = JsonSerializer.Deserialize<string>(message.Body)!;

                            /* ship:
                               now */
                            await orders.ShipAsync(order); // done
                            // last
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }
                    // end

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_loop_with_an_index_names_the_record_by_it() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    for (var i = 0; i < batch.Records.Count; i++)
                    {
                        var message = batch.Records[i];
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
                    for (var i = 0; i < batch.Records.Count; i++)
                    {
                        try
                        {
                            var message = batch.Records[i];
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {batch.Records[i].MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = batch.Records[i].MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_statement_without_braces_gets_them() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records)
                        await orders.ShipAsync(message.Body); // now

                    context.Logger.LogInformation("done");
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
                            await orders.ShipAsync(message.Body); // now
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    context.Logger.LogInformation("done");
                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_loop_on_one_line_is_spread_out() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    foreach (var message in batch.Records) { await orders.ShipAsync(message.Body); }
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
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """
        );

    [Fact]
    public Task A_loop_over_what_a_record_holds_is_part_of_the_record() =>
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
                        foreach (var order in message.Body.Split(','))
                        {
                            if (order.Length == 0) continue;
                            if (order == "end") break;
                            await orders.ShipAsync(order);
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
                            foreach (var order in message.Body.Split(','))
                            {
                                if (order.Length == 0) continue;
                                if (order == "end") break;
                                await orders.ShipAsync(order);
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
    public Task An_early_return_gives_the_empty_list_back() =>
        ALO201.FixesAsync(
            "ALO201.Report",
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
                {
                    if (batch.Records.Count == 0) return;
                    foreach (var message in batch.Records)
                    {
                        if (message.Body.Length == 0) continue;
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
                    if (batch.Records.Count == 0) return new SQSBatchResponse(batchItemFailures);
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            if (message.Body.Length == 0) continue;
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
}
