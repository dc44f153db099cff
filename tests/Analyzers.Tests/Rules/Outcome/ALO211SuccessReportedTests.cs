using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO211SuccessReported;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO211SuccessReportedTests
{
    private const string Add = "failures.Add(new() { ItemIdentifier = message.MessageId })";

    [Theory]
    [InlineData("try { await orders.ShipAsync(message.Body); } finally { {|#0:REPORT|}; }", true)]
    [InlineData("try { await orders.ShipAsync(message.Body); {|#0:REPORT|}; } catch (Exception) { REPORT; }", true)]
    [InlineData("try { await orders.ShipAsync(message.Body); } catch (Exception e) { log.LogError(e.Message); } {|#0:REPORT|};", true)]
    [InlineData("await orders.ShipAsync(message.Body); {|#0:REPORT|};", true)]
    [InlineData("await orders.ShipAsync(message.Body); using (var scope = new System.IO.MemoryStream()) { {|#0:REPORT|}; }", true)]
    // Where the work has failed, or something decides.
    [InlineData("try { await orders.ShipAsync(message.Body); } catch (Exception) { REPORT; }", false)]
    [InlineData("try { await orders.ShipAsync(message.Body); continue; } catch (Exception) { } REPORT;", false)]
    [InlineData("if (await orders.TryShipAsync(message.Body)) continue; REPORT;", false)]
    [InlineData("if (!await orders.TryShipAsync(message.Body)) REPORT;", false)]
    [InlineData("var done = false; try { await orders.ShipAsync(message.Body); done = true; } finally { if (!done) REPORT; }", false)]
    [InlineData("REPORT; await orders.ShipAsync(message.Body); failures.RemoveAt(failures.Count - 1);", false)]
    [InlineData("REPORT; await orders.ShipAsync(message.Body);", false)]
    [InlineData("log.LogInformation(message.Body); REPORT;", false)]
    [InlineData("var order = JsonSerializer.Deserialize<Order>(message.Body); REPORT;", false)]
    [InlineData("if (message.Body == \"\") { await orders.GiveUpAsync(message); } REPORT;", false)]
    [InlineData("await orders.ShipAsync(\"none\"); REPORT;", false)]
    public Task Where_the_report_stands(string work, bool isFound) =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records)
                {
                    {{work.Replace("REPORT", Add, StringComparison.Ordinal)}}
                }

                return new SQSBatchResponse(failures);
            }
            """,
            isFound ? [Finding()] : []
        );

    [Fact]
    public Task In_a_method_of_the_record() =>
        HandlerTest.VerifyAsync<Rule>(
            $$"""
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var failures = new List<SQSBatchResponse.BatchItemFailure>();
                foreach (var message in batch.Records) await ProcessAsync(message, failures);
                return new SQSBatchResponse(failures);
            }

            private async Task ProcessAsync(SQSEvent.SQSMessage message, List<SQSBatchResponse.BatchItemFailure> failures)
            {
                await orders.ShipAsync(message.Body);
                {|#0:{{Add}}|};
            }
            """,
            Finding(" Reached from 'HandleAsync' → 'OrdersFunction.ProcessAsync'.")
        );

    [Fact]
    public Task A_record_of_a_stream() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<Amazon.Lambda.KinesisEvents.StreamsEventResponse> HandleAsync(Amazon.Lambda.KinesisEvents.KinesisEvent batch)
            {
                var failures = new List<Amazon.Lambda.KinesisEvents.StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    await orders.ShipAsync(record.Kinesis.PartitionKey);
                    {|#0:failures.Add(new() { ItemIdentifier = record.Kinesis.SequenceNumber })|};
                }

                return new() { BatchItemFailures = failures };
            }
            """,
            new DiagnosticResult("ALO211", DiagnosticSeverity.Warning)
                .WithLocation(0)
                .WithMessage(
                    "The record is reported as failed also when 'ShipAsync' has succeeded: it and all behind it in the batch are read and worked on again, and its shard waits until its retries are used up or it expires. Report it only where its work has failed."
                )
                .IgnoringAdditionalLocations()
        );

    [Fact]
    public Task A_list_of_another_kind() =>
        HandlerTest.VerifyAsync<Rule>(
            """
            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var done = new List<string>();
                foreach (var message in batch.Records)
                {
                    await orders.ShipAsync(message.Body);
                    done.Add(message.MessageId);
                }

                return new SQSBatchResponse();
            }
            """
        );

    [Fact]
    public Task Nothing_is_said_without_the_packages() =>
        new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class Failure { public string ItemIdentifier { get; set; } } public class Function { public void Handle(string id, System.Collections.Generic.List<Failure> all) { all.Add(new Failure { ItemIdentifier = id }); } }",
            ReferenceAssemblies = References.None,
        }.RunAsync();

    [Fact]
    public Task Incomplete_code() =>
        HandlerTest.VerifyAsync<Rule>(
            "public SQSBatchResponse HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { {|CS0103:Ship|}(message.Body); {|CS0103:failures|}.Add(message.MessageId); } return null!; }"
        );

    private static DiagnosticResult Finding(string path = "") =>
        new DiagnosticResult("ALO211", DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithMessage(
                $"The message is reported as failed also when 'ShipAsync' has succeeded: it comes again and is worked on again, until it ends in the dead-letter queue or expires. Report it only where its work has failed.{path}"
            )
            .IgnoringAdditionalLocations();
}
