using AtLeastOnce.Analyzers.Tests.CodeFixes;
using AtLeastOnce.TestKit;
using Fix = AtLeastOnce.CodeFixes.Rules.Idempotency.ALO110DuplicateFailsFix;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO110DuplicateFails;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO110DuplicateFailsTests
{
    private const string Imports = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Amazon.DynamoDBv2;
        using Amazon.DynamoDBv2.Model;
        using Amazon.Lambda.SQSEvents;

        public sealed class OrdersFunction
        {
            private readonly IAmazonDynamoDB dynamo = null!;


        """;

    private const string Claim = """
        dynamo.PutItemAsync(new PutItemRequest
        {
            Item = new Dictionary<string, AttributeValue> { ["pk"] = new(message.MessageId), ["body"] = new(message.Body) },
            ConditionExpression = "attribute_not_exists(pk)",
        })
        """;

    private static DiagnosticResult Fails(string how, string path = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithArguments("message", "PutItem", "ConditionalCheckFailedException", how, "is tried again until it ends in the dead-letter queue", path)
            .IgnoringAdditionalLocations();

    private static string Collecting(string clauses) =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await {{IdempotencyServices.Claim}};
                    }
                    {{clauses}}
                }

                return new SQSBatchResponse(failures);
            }
            """;

    [Fact]
    public Task A_broad_clause_reports_the_duplicate() =>
        IdempotencyServices.VerifyAsync<Rule>(
            Collecting("catch (Exception) { failures.Add(new() { ItemIdentifier = message.MessageId }); }"),
            Fails("'catch (Exception)' takes for a failure")
        );

    [Theory]
    [InlineData("catch (ConditionalCheckFailedException) { } catch (Exception) { failures.Add(new() { ItemIdentifier = message.MessageId }); }")]
    [InlineData("catch (Exception e) { if (e is ConditionalCheckFailedException) continue; failures.Add(new() { ItemIdentifier = message.MessageId }); }")]
    [InlineData("catch (Exception e) when (e is not ConditionalCheckFailedException) { failures.Add(new() { ItemIdentifier = message.MessageId }); }")]
    [InlineData("catch (Exception e) { log.LogLine(e.Message); }")]
    public Task A_rejection_that_is_told_apart_or_dropped_is_silent(string clauses) => IdempotencyServices.VerifyAsync<Rule>(Collecting(clauses));

    [Theory]
    [InlineData("attribute_not_exists(pk) OR expires < :now")]
    [InlineData("attribute_not_exists(pk) AND stock > :n")]
    [InlineData("attribute_exists(pk)")]
    public Task A_condition_that_refuses_more_than_duplicates_is_silent(string condition) =>
        IdempotencyServices.VerifyAsync<Rule>(
            Collecting("catch (Exception) { failures.Add(new() { ItemIdentifier = message.MessageId }); }").Replace("attribute_not_exists(pk)", condition)
        );

    [Fact]
    public Task An_in_progress_state_is_rightly_tried_again() =>
        IdempotencyServices.VerifyAsync<Rule>(
            Collecting("catch (Exception) { failures.Add(new() { ItemIdentifier = message.MessageId }); }")
                .Replace("new(message.MessageId) }", "new(message.MessageId), [\"status\"] = new(\"started\") }")
        );

    [Fact]
    public Task Lost_work_behind_the_claim_is_another_rules() =>
        IdempotencyServices.VerifyAsync<Rule>(
            Collecting("catch (Exception) { failures.Add(new() { ItemIdentifier = message.MessageId }); }")
                .Replace("|};", "|}; await Services.Shipping.ShipAsync(null!);")
        );

    [Fact]
    public Task A_rejection_that_nothing_catches() =>
        IdempotencyServices.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                    await SaveAsync(message);
            }

            private async Task SaveAsync(SQSEvent.SQSMessage message) => await {{IdempotencyServices.Claim}};
            """,
            Fails("nothing catches", " Reached from 'HandleAsync' → 'OrdersFunction.SaveAsync'.")
        );

    [Fact]
    public Task Incomplete_code_is_silent()
    {
        var test = IdempotencyServices.Test<Rule>(
            "public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) try { await dynamo.PutItemAsync( } catch (Exception) {"
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task The_fix_puts_a_clause_before_the_broad_one() =>
        FixAsync(
            $$"""
                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await [|{{Indented(Claim, 16)}}|];
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }

            """,
            $$"""
                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await {{Indented(Claim, 16)}};
                        }
                        catch (ConditionalCheckFailedException)
                        {
                            // The message was handled before: a duplicate is no failure.
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            }

            """
        );

    [Fact]
    public Task The_fix_puts_a_try_around_a_bare_call() =>
        FixAsync(
            $$"""
                public async Task HandleAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        await [|{{Indented(Claim, 12)}}|];
                        Console.WriteLine("saved");
                    }
                }
            }

            """,
            $$"""
                public async Task HandleAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await {{Indented(Claim, 16)}};
                        }
                        catch (ConditionalCheckFailedException)
                        {
                            // The message was handled before: a duplicate is no failure.
                            continue;
                        }
                        Console.WriteLine("saved");
                    }
                }
            }

            """
        );

    private static string Indented(string text, int spaces) => text.Replace("\n", "\n" + new string(' ', spaces));

    private static Task FixAsync(string code, string fixedCode) =>
        HandlerFixVerifier<Rule, Fix>.FixesWholeAsync(
            "ALO110.CatchDuplicate",
            Imports + code,
            Imports + fixedCode,
            change: test => test.TestState.AdditionalReferences.Add(LookAlikes.Reference)
        );
}
