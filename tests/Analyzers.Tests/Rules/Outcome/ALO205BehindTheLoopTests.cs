using AtLeastOnce.Analyzers.Tests.CodeFixes;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO205FailureEscapes;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>What is done behind the loop with all that the loop has collected, after it has worked on each message.</summary>
public sealed class ALO205BehindTheLoopTests
{
    [Fact]
    public Task Work_on_all_after_the_work_on_each() =>
        VerifyAsync("await orders.ShipAsync(message.Body); done.Add(message.Body);", "await {|#0:orders.GiveUpAsync(done)|};", Finding());

    [Fact]
    public Task By_a_method_of_the_source() =>
        VerifyAsync("await orders.ShipAsync(message.Body); done.Add(message.Body + \"!\");", "await {|#0:TellAsync(string.Join(\",\", done))|};", Finding());

    [Fact]
    public Task Work_on_each_that_is_checked_before() =>
        VerifyAsync(
            "await validator.CheckAsync(message.Body); await orders.ShipAsync(message.Body); done.Add(message.Body);",
            "await {|#0:orders.GiveUpAsync(done)|};",
            Finding()
        );

    [Fact]
    public Task What_one_message_causes_is_told_first() =>
        VerifyAsync(
            "await orders.ShipAsync(message.Body); done.Add(message.Body);",
            "foreach (var message in batch.Records) {|#0:orders.Ship(message.Body)|}; await orders.GiveUpAsync(done);",
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "'HandleAsync' reports failed messages, but an exception here leaves it: because of this one message the whole batch returns to the queue, "
                        + "and those that succeeded are processed again. Catch it for the message and report it."
                )
                .IgnoringAdditionalLocations()
        );

    [Fact]
    public Task On_a_stream() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<Amazon.Lambda.KinesisEvents.StreamsEventResponse> HandleAsync(Amazon.Lambda.KinesisEvents.KinesisEvent batch)
            {
                var failures = new List<Amazon.Lambda.KinesisEvents.StreamsEventResponse.BatchItemFailure>();
                var done = new List<string>();
                foreach (var record in batch.Records)
                {
                    try
                    {
                        await orders.ShipAsync(record.Kinesis.PartitionKey);
                        done.Add(record.Kinesis.PartitionKey);
                    }
                    catch (Exception)
                    {
                        failures.Add(new() { ItemIdentifier = record.Kinesis.SequenceNumber });
                    }
                }

                await {|#0:orders.GiveUpAsync(done)|};
                return new() { BatchItemFailures = failures };
            }
            """,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "'HandleAsync' reports failed records, but an exception here, in work for the whole batch, leaves it: all records are read again, "
                        + "what was done for each of them before is done again, and the shard waits. Catch it and report the records that it concerns."
                )
                .IgnoringAdditionalLocations()
        );

    /// <summary>Which messages the work was for, is for its author to say.</summary>
    [Fact]
    public Task No_fix_is_offered() =>
        HandlerFixVerifier<Rule, ALO205FailureEscapesFix>.OffersNothingAsync(
            """
            public class OrdersFunction
            {
                private readonly IOrders orders = null!;

                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    var done = new List<string>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await orders.ShipAsync(message.Body);
                            done.Add(message.Body);
                        }
                        catch (Exception)
                        {
                            failures.Add(new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
                        }
                    }

                    await [|orders.ShipAsync(string.Join(",", done))|];
                    return new SQSBatchResponse(failures);
                }
            }
            """
        );

    // In each of these the whole batch may come back, or the work behind the loop is nobody's but its own.
    [Theory]
    [InlineData("done.Add(message.Body);", "await orders.GiveUpAsync(done);")]
    [InlineData("await validator.ValidateAndThrowAsync(message.Body); done.Add(message.Body);", "await orders.GiveUpAsync(done);")]
    [InlineData("await validator.CheckAsync(message.Body); done.Add(message.Body);", "await orders.GiveUpAsync(done);")]
    [InlineData("await Task.Delay(message.Body.Length); done.Add(message.Body);", "await orders.GiveUpAsync(done);")]
    [InlineData("done.Add(JsonSerializer.Deserialize<Order>(message.Body)!.Id);", "await orders.GiveUpAsync(done);")]
    [InlineData("var known = await orders.TryShipAsync(message.Body); done.Add(message.Body + known);", "await orders.GiveUpAsync(done);")]
    [InlineData("await orders.ShipAsync(message.Body); done.Add(message.MessageId);", "await orders.GiveUpAsync(done);")]
    [InlineData("await orders.ShipAsync(message.Body); done.Add(\"one\");", "await orders.GiveUpAsync(done);")]
    [InlineData("await orders.ShipAsync(message.Body); done.Add(message.Body);", "log.LogInformation(string.Join(\",\", done));")]
    [InlineData("await orders.ShipAsync(message.Body); done.Add(message.Body);", "Tell(done.Count);")]
    [InlineData(
        "await orders.ShipAsync(message.Body); done.Add(message.Body);",
        "try { await orders.GiveUpAsync(done); } catch (Exception) { log.LogError(\"not told\"); }"
    )]
    public Task What_returns_the_whole_batch_rightly_or_not_at_all(string inLoop, string behind) => VerifyAsync(inLoop, behind);

    [Fact]
    public Task What_a_clause_collects_is_about_failures() =>
        HandlerTest.VerifyAsync<Rule>(
            Handler("await orders.ShipAsync(message.Body);", "await orders.GiveUpAsync(done);", onFailure: "done.Add(message.Body);")
        );

    /// <summary>A batch library reports what fails, also where its source is part of the compilation.</summary>
    [Fact]
    public async Task A_batch_library_in_source()
    {
        var test = HandlerTest.Test<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = await AWS.Lambda.Powertools.BatchProcessing.Own.Processor.ProcessAsync(batch, new() { IsLoud = true });
                return new SQSBatchResponse(failures.Select(id => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = id }).ToList());
            }
            """,
            null
        );
        test.TestState.Sources.Add(
            (
                "Processor.cs",
                """
                using System.Collections.Generic;
                using System.Threading.Tasks;
                using Amazon.Lambda.SQSEvents;

                namespace AWS.Lambda.Powertools.BatchProcessing.Own;

                public sealed class Options { public bool IsLoud { get; set; } }

                public static class Processor
                {
                    public static async Task<List<string>> ProcessAsync(SQSEvent batch, Options options)
                    {
                        await Task.Yield();
                        foreach (var message in batch.Records) _ = System.Text.Json.JsonDocument.Parse(message.Body);
                        return new List<string>();
                    }
                }
                """
            )
        );
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task VerifyAsync(string inLoop, string behind, params DiagnosticResult[] expected) =>
        HandlerTest.VerifyAsync<Rule>(Handler(inLoop, behind, ""), expected);

    private static string Handler(string inLoop, string behind, string onFailure) =>
        $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                await Task.Yield();
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                var done = new List<string>();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        {{inLoop}}
                    }
                    catch (Exception)
                    {
                        {{onFailure}}
                        failures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                {{behind}}
                return new SQSBatchResponse(failures);
            }

            public interface IValidator
            {
                Task ValidateAndThrowAsync(string body);

                Task CheckAsync(string body);
            }

            private readonly IValidator validator = null!;

            private Task TellAsync(string all) => orders.GiveUpAsync(all);

            private void Tell(int count) => log.LogInformation($"{count} shipped");
            """;

    private static DiagnosticResult Finding() =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithMessage(
                "'HandleAsync' reports failed messages, but an exception here, in work for the whole batch, leaves it: all messages return to the queue, "
                    + "and what was done for each of them before is done again. Catch it and report the messages that it concerns."
            )
            .IgnoringAdditionalLocations();
}
