using ALO201 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix
>;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

public sealed class ReportFromBootstrapTests
{
    [Fact]
    public Task A_local_function_that_is_given_to_the_runtime() =>
        ALO201.FixesWholeAsync(
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
                    catch (Exception exception)
                    {
                        context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
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
            """,
            isExecutable: true
        );

    [Fact]
    public Task A_delegate_variable_that_is_given_to_the_runtime() =>
        ALO201.FixesWholeAsync(
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
                    catch (Exception exception)
                    {
                        context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
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
            """,
            isExecutable: true
        );

    [Fact]
    public Task A_lambda_that_is_given_to_the_runtime() =>
        ALO201.FixesWholeAsync(
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
                    catch (Exception exception)
                    {
                        context.Logger.LogError($"Message {message.MessageId} failed: {exception}");
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
            }, new DefaultLambdaJsonSerializer()).Build().RunAsync();

            public static class Orders
            {
                public static Task ShipAsync(string order) => System.IO.File.WriteAllTextAsync(order, order);
            }
            """,
            isExecutable: true
        );
}
