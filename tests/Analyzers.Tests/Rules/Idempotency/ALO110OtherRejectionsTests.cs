using AtLeastOnce.Analyzers.Tests.CodeFixes;
using AtLeastOnce.TestKit;
using Fix = AtLeastOnce.CodeFixes.Rules.Idempotency.ALO110DuplicateFailsFix;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO110DuplicateFails;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Rejections of other guards than a conditional put: names of workflows, and conditions of transactions.</summary>
public sealed class ALO110OtherRejectionsTests
{
    private const string Clients = """
        #nullable enable
        using System.Collections.Generic;
        using System.Threading.Tasks;

        namespace Amazon.StepFunctions.Model
        {
            public class ExecutionAlreadyExistsException : System.Exception { }
            public class StartExecutionRequest { public string Name { get; set; } = null!; public string Input { get; set; } = null!; }
        }

        namespace Amazon.StepFunctions
        {
            public interface IAmazonStepFunctions { Task<object> StartExecutionAsync(Model.StartExecutionRequest request); }
        }

        namespace Amazon.DynamoDBv2.Model
        {
            public class CancellationReason { public string Code { get; set; } = null!; }
            public class TransactionCanceledException : System.Exception { public List<CancellationReason> CancellationReasons { get; set; } = null!; }
            public class AttributeValue { public AttributeValue(string s) { } }
            public class Put
            {
                public Dictionary<string, AttributeValue> Item { get; set; } = null!;
                public string ConditionExpression { get; set; } = null!;
            }
            public class TransactWriteItem { public Put Put { get; set; } = null!; }
            public class TransactWriteItemsRequest { public List<TransactWriteItem> TransactItems { get; set; } = null!; }
        }

        namespace Amazon.DynamoDBv2
        {
            public interface IAmazonDynamoDB { Task<object> TransactWriteItemsAsync(Model.TransactWriteItemsRequest request); }
        }
        """;

    private static string Code(string call, string before = "", string after = "") =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Amazon.DynamoDBv2;
            using Amazon.DynamoDBv2.Model;
            using Amazon.Lambda.SQSEvents;
            using Amazon.StepFunctions;
            using Amazon.StepFunctions.Model;

            public sealed class OrdersFunction
            {
                private readonly IAmazonDynamoDB dynamo = null!;
                private readonly IAmazonStepFunctions workflows = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await {{call}};
                        }
            {{before}}            catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }{{after}}
                    }

                    return new SQSBatchResponse(failures);
                }
            }

            """;

    private static string Start(string name) => $"workflows.StartExecutionAsync(new StartExecutionRequest {{ Name = {name} }})";

    private static string Transact(string condition) =>
        "dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = new List<TransactWriteItem> { new TransactWriteItem { Put = new Put "
        + $"{{ Item = new Dictionary<string, AttributeValue> {{ [\"pk\"] = new AttributeValue(message.MessageId) }}, ConditionExpression = \"{condition}\" }} }} }} }})";

    private static Task SilentAsync(string code)
    {
        var test = new CSharpAnalyzerTest<Rule> { TestCode = code };
        test.TestState.Sources.Add(("Clients.cs", Clients));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task FixAsync(string call, string head) =>
        HandlerFixVerifier<Rule, Fix>.FixesWholeAsync(
            "ALO110.CatchDuplicate",
            Code($"[|{call}|]"),
            Code(
                call,
                $$"""
                            catch ({{head}}
                            {
                                // The message was handled before: a duplicate is no failure.
                            }

                """
            ),
            change: test =>
            {
                test.TestState.Sources.Add(("Clients.cs", Clients));
                test.FixedState.Sources.Add(("Clients.cs", Clients));
            }
        );

    [Fact]
    public Task A_workflow_under_a_name_of_the_message() => FixAsync(Start("message.MessageId"), "ExecutionAlreadyExistsException)");

    [Fact]
    public Task A_conflict_that_cancels_a_transaction_stays_a_failure() =>
        FixAsync(
            Transact("attribute_not_exists(pk)"),
            "TransactionCanceledException canceled) when (canceled.CancellationReasons.Exists(reason => reason.Code == \"ConditionalCheckFailed\"))"
        );

    [Fact]
    public Task A_workflow_under_a_new_name_is_refused_by_nothing() => SilentAsync(Code(Start("Guid.NewGuid().ToString()")));

    [Fact]
    public Task A_transaction_that_may_be_refused_for_more_is_silent() => SilentAsync(Code(Transact("attribute_not_exists(pk) AND stock > :n")));
}
