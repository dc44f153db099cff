using Verify = AtLeastOnce.TestKit.AnalyzerVerifier<AtLeastOnce.Analyzers.Rules.Outcome.ALO201FailuresCannotBeReported>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO201FailuresCannotBeReportedTests
{
    [Fact]
    public Task A_handler_without_a_response_returns_the_whole_batch() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using Amazon.Lambda.SQSEvents;

        public interface IOrders
        {
            Task ShipAsync(string order);
        }

        public class OrdersFunction(IOrders orders)
        {
            public async Task {|#0:HandleAsync|}(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                {
                    await orders.ShipAsync(message.Body);
                }
            }
        }
        """,
        Verify.Diagnostic().WithLocation(0).WithArguments("HandleAsync", "Task", " (No mapping of it was found: AWS's default batch size is 10.)"));

    [Fact]
    public Task A_body_that_only_logs_cannot_fail() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using Amazon.Lambda.Core;
        using Amazon.Lambda.SQSEvents;

        public class OrdersFunction
        {
            public async Task HandleAsync(SQSEvent batch, ILambdaContext context)
            {
                foreach (var message in batch.Records)
                {
                    context.Logger.LogInformation($"Processed message {message.Body}");
                    await Task.CompletedTask;
                }
            }
        }
        """);
}
