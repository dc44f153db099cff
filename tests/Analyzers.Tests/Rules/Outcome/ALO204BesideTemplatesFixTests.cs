using AtLeastOnce.Analyzers.Tests.CodeFixes;
using AtLeastOnce.TestKit;
using ALO204 = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO204FailureSwallowedFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>The fix where the template that deploys the handler is known: what it brings up there is no reason to withhold it.</summary>
public sealed class ALO204BesideTemplatesFixTests
{
    /// <summary>What the fix brings up is its next step, with a fix of its own (ALO202), or advice about the loop (ALO305): neither keeps it from being offered.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Beside_the_template_that_deploys_the_handler(bool isReporting) =>
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
                        try
                        {
                            await orders.ShipAsync(message.Body);
                        }
                        [|catch|] (Exception exception)
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
                            await orders.ShipAsync(message.Body);
                        }
                        catch (Exception exception)
                        {
                            context.Logger.LogError(exception.Message);
                            batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(batchItemFailures);
                }
            }
            """,
            isReporting ? Template.Reporting : Template.Standard,
            isReporting ? null : test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipNewCompanionDiagnosticsCheck
        );
}
