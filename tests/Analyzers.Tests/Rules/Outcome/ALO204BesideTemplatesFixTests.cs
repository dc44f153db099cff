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
    /// <summary>The report that the mapping does not ask for yet is the next step, and ALO202 has a fix for it: the message is deleted before and after.</summary>
    [Fact]
    public Task A_mapping_that_does_not_ask_for_reports() => FixesAsync("await orders.ShipAsync(message.Body);", Template.Standard);

    /// <summary>Advice about the loop, which ALO305 has for handlers that report.</summary>
    [Fact]
    public Task A_loop_that_may_take_long() => FixesAsync("await http.GetStringAsync(message.Body);", Template.Reporting);

    private static Task FixesAsync(string work, string template) =>
        ALO204.FixesAsync(
            "ALO204.Report",
            Handler(
                "Task",
                $$"""
                foreach (var message in batch.Records)
                {
                    try
                    {
                        {{work}}
                    }
                    [|catch|] (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                    }
                }
                """
            ),
            Handler(
                "Task<SQSBatchResponse>",
                $$"""
                var batchItemFailures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        {{work}}
                    }
                    catch (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                        batchItemFailures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                    }
                }

                return new SQSBatchResponse(batchItemFailures);
                """
            ),
            template,
            test => test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipNewCompanionDiagnosticsCheck
        );

    private static string Handler(string returned, string body) =>
        $$"""
            public class OrdersFunction
            {
                private readonly IOrders orders;
                private readonly System.Net.Http.HttpClient http;

                public OrdersFunction(IOrders orders, System.Net.Http.HttpClient http) => (this.orders, this.http) = (orders, http);

                public async {{returned}} HandleAsync(SQSEvent batch, ILambdaContext context)
                {
                    {{body.ReplaceLineEndings("\n        ")}}
                }
            }
            """.Replace("        \n", "\n");
}
