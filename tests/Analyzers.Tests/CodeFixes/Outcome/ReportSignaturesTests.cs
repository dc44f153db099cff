using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported, AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportSignaturesTests
{
    [Fact]
    public Task A_void_handler_returns_the_response() => ALO201.FixesAsync(
        "ALO201.Report",
        """
        public class OrdersFunction(IOrders orders)
        {
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
        public class OrdersFunction(IOrders orders)
        {
            public SQSBatchResponse Handle(SQSEvent batch)
            {
                var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        orders.Ship(message.Body);
                    }
                    catch (Exception)
                    {
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
            }
        }
        """);

    [Fact]
    public Task A_handler_that_blocks_returns_a_finished_task() => ALO201.FixesAsync(
        "ALO201.Report",
        """
        public class OrdersFunction(IOrders orders)
        {
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
        public class OrdersFunction(IOrders orders)
        {
            public Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        orders.Ship(message.Body);
                    }
                    catch (Exception)
                    {
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return Task.FromResult(new SQSBatchResponse(batchItemFailures));
            }
        }
        """);

    [Fact]
    public Task A_value_task_carries_the_response() => ALO201.FixesAsync(
        "ALO201.Report",
        """
        public class OrdersFunction(IOrders orders)
        {
            public ValueTask [|HandleAsync|](SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    orders.Ship(message.Body);
                }

                return default;
            }
        }
        """,
        """
        public class OrdersFunction(IOrders orders)
        {
            public ValueTask<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        orders.Ship(message.Body);
                    }
                    catch (Exception)
                    {
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return ValueTask.FromResult(new SQSBatchResponse(batchItemFailures));
            }
        }
        """);

    [Fact]
    public Task A_result_that_means_nothing_is_replaced() => ALO201.FixesAsync(
        "ALO201.Report",
        """
        public class OrdersFunction(IOrders orders)
        {
            public async Task<bool> [|HandleAsync|](SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    await orders.ShipAsync(message.Body);
                }

                return true;
            }

            public async Task WarmUpAsync() => await HandleAsync(new SQSEvent { Records = [] });
        }
        """,
        """
        public class OrdersFunction(IOrders orders)
        {
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(message.Body);
                    }
                    catch (Exception)
                    {
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
            }

            public async Task WarmUpAsync() => await HandleAsync(new SQSEvent { Records = [] });
        }
        """);

    [Fact]
    public Task A_text_that_means_nothing_is_replaced() => ALO201.FixesAsync(
        "ALO201.Report",
        """
        public class OrdersFunction(IOrders orders)
        {
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
        public class OrdersFunction(IOrders orders)
        {
            public SQSBatchResponse Handle(SQSEvent batch)
            {
                var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        orders.Ship(message.Body);
                    }
                    catch (Exception)
                    {
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
            }
        }
        """);

    [Fact]
    public Task A_nullable_event_is_looked_at_as_before() => ALO201.FixesAsync(
        "ALO201.Report",
        """
        public class OrdersFunction(IOrders orders)
        {
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
        public class OrdersFunction(IOrders orders)
        {
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
                    catch (Exception)
                    {
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
            }
        }
        """);

    [Fact]
    public Task A_handler_of_the_annotations_package_keeps_its_services() => ALO201.FixesAsync(
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
                    catch (Exception)
                    {
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
            }
        }
        """);

    [Fact]
    public Task A_private_static_handler_with_a_token() => ALO201.FixesAsync(
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
                    catch (Exception)
                    {
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
            }
        }
        """);

    [Fact]
    public Task A_local_function_that_is_given_to_the_runtime() => ALO201.FixesWholeAsync(
        "ALO201.Report",
        """
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        async Task [|HandleAsync|](SQSEvent batch, ILambdaContext context)
        {
            foreach (var message in batch.Records)
            {
                await Orders.ShipAsync(message.Body);
            }
        }

        await LambdaBootstrapBuilder.Create<SQSEvent>(HandleAsync, new DefaultLambdaJsonSerializer()).Build().RunAsync();

        public static class Orders
        {
            public static Task ShipAsync(string order) => System.IO.File.WriteAllTextAsync(order, order);
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
        {
            var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
            foreach (var message in batch.Records)
            {
                try
                {
                    await Orders.ShipAsync(message.Body);
                }
                catch (Exception)
                {
                    batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                }
            }

            return new SQSBatchResponse(batchItemFailures);
        }

        await LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(HandleAsync, new DefaultLambdaJsonSerializer()).Build().RunAsync();

        public static class Orders
        {
            public static Task ShipAsync(string order) => System.IO.File.WriteAllTextAsync(order, order);
        }
        """, isExecutable: true);

    [Fact]
    public Task A_delegate_variable_that_is_given_to_the_runtime() => ALO201.FixesWholeAsync(
        "ALO201.Report",
        """
        using System;
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        Func<SQSEvent, ILambdaContext, Task> handler = async [|(batch, context)|] =>
        {
            foreach (var message in batch.Records)
            {
                await Orders.ShipAsync(message.Body);
            }
        };

        await LambdaBootstrapBuilder.Create<SQSEvent>(handler, new DefaultLambdaJsonSerializer()).Build().RunAsync();

        public static class Orders
        {
            public static Task ShipAsync(string order) => System.IO.File.WriteAllTextAsync(order, order);
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        Func<SQSEvent, ILambdaContext, Task<SQSBatchResponse>> handler = async (batch, context) =>
        {
            var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
            foreach (var message in batch.Records)
            {
                try
                {
                    await Orders.ShipAsync(message.Body);
                }
                catch (Exception)
                {
                    batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                }
            }

            return new SQSBatchResponse(batchItemFailures);
        };

        await LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(handler, new DefaultLambdaJsonSerializer()).Build().RunAsync();

        public static class Orders
        {
            public static Task ShipAsync(string order) => System.IO.File.WriteAllTextAsync(order, order);
        }
        """, isExecutable: true);

    [Fact]
    public Task A_lambda_that_is_given_to_the_runtime() => ALO201.FixesWholeAsync(
        "ALO201.Report",
        """
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        await LambdaBootstrapBuilder.Create<SQSEvent>(async [|(batch, context)|] =>
        {
            foreach (var message in batch.Records)
            {
                await Orders.ShipAsync(message.Body);
            }
        }, new DefaultLambdaJsonSerializer()).Build().RunAsync();

        public static class Orders
        {
            public static Task ShipAsync(string order) => System.IO.File.WriteAllTextAsync(order, order);
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.RuntimeSupport;
        using Amazon.Lambda.Serialization.SystemTextJson;
        using Amazon.Lambda.SQSEvents;

        await LambdaBootstrapBuilder.Create<SQSEvent, SQSBatchResponse>(async (batch, context) =>
        {
            var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
            foreach (var message in batch.Records)
            {
                try
                {
                    await Orders.ShipAsync(message.Body);
                }
                catch (Exception)
                {
                    batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                }
            }

            return new SQSBatchResponse(batchItemFailures);
        }, new DefaultLambdaJsonSerializer()).Build().RunAsync();

        public static class Orders
        {
            public static Task ShipAsync(string order) => System.IO.File.WriteAllTextAsync(order, order);
        }
        """, isExecutable: true);
}
