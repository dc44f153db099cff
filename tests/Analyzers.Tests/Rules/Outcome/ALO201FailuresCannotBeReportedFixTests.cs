using AtLeastOnce.CodeFixes.Rules.Outcome;
using Verify = AtLeastOnce.TestKit.CodeFixVerifier<AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported, AtLeastOnce.CodeFixes.Rules.Outcome.ALO201FailuresCannotBeReportedFix>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO201FailuresCannotBeReportedFixTests
{
    [Fact]
    public Task Each_message_of_a_loop_is_tried_on_its_own() => Verify.VerifyCodeFixAsync(
        """
        using System.Threading.Tasks;
        using Amazon.Lambda.SQSEvents;

        public interface IOrders
        {
            Task ShipAsync(string order);
        }

        public class OrdersFunction(IOrders orders)
        {
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
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Amazon.Lambda.SQSEvents;

        public interface IOrders
        {
            Task ShipAsync(string order);
        }

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
        }
        """);
}
