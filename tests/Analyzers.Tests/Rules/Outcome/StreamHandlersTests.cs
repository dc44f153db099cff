using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>The rules about outcome speak of streams in the words of streams: checkpoints and shards, not queues.</summary>
public sealed class StreamHandlersTests
{
    private const string KinesisRecord = "record.Kinesis.PartitionKey";
    private const string DynamoRecord = "record.Dynamodb.NewImage";

    [Theory]
    [InlineData("KinesisEvent", KinesisRecord)]
    [InlineData("DynamoDBEvent", DynamoRecord)]
    public Task ALO201_one_bad_record_stops_the_shard(string type, string work) =>
        VerifyAsync<ALO201FailuresCannotBeReported>(
            $$"""
            public async Task {|#0:HandleAsync|}({{type}} batch)
            {
                foreach (var record in batch.Records)
                    await store.PutAsync({{work}});
            }
            """,
            "'HandleAsync' returns Task, which cannot name the records that failed: one bad record has the whole batch read again, those that succeeded are processed again, and its shard waits "
                + "until the batch succeeds, or its records expire or are given up. Return StreamsEventResponse with the first failed record. (No mapping of it was found: AWS's default batch size is 10.)"
        );

    [Theory]
    [InlineData("KinesisEvent", KinesisRecord)]
    [InlineData("DynamoDBEvent", DynamoRecord)]
    public Task ALO204_a_swallowed_record_is_never_read_again(string type, string work) =>
        VerifyAsync<ALO204FailureSwallowed>(
            $$"""
            public async Task HandleAsync({{type}} batch)
            {
                foreach (var record in batch.Records)
                {
                    try
                    {
                        await store.PutAsync({{work}});
                    }
                    {|#0:catch|} (Exception)
                    {
                    }
                }
            }
            """,
            "The exception is swallowed here and the failed record is not reported: 'HandleAsync' returns normally, so Lambda moves on past the failed record as if processed and never reads it again. "
                + "Return StreamsEventResponse and report it, or let the exception through."
        );

    [Theory]
    [InlineData("KinesisEvent", "Amazon.Lambda.KinesisEvents", KinesisRecord, "record.Kinesis.SequenceNumber")]
    [InlineData("DynamoDBEvent", "Amazon.Lambda.DynamoDBEvents", DynamoRecord, "record.Dynamodb.SequenceNumber")]
    public Task ALO205_parsing_outside_of_the_try_has_the_batch_read_again(string type, string package, string work, string id) =>
        VerifyAsync<ALO205FailureEscapes>(
            Reporting(type, package, id, before: $"{{|#0:store.Check({work})|}};", work),
            "'HandleAsync' reports failed records, but an exception here leaves it: because of this one record the whole batch is read again, those that succeeded are processed again, and the shard waits. "
                + "Catch it for the record and report it."
        );

    [Theory]
    [InlineData("KinesisEvent", "Amazon.Lambda.KinesisEvents", KinesisRecord, "record.EventId")]
    [InlineData("DynamoDBEvent", "Amazon.Lambda.DynamoDBEvents", DynamoRecord, "record.EventID")]
    public Task ALO206_the_event_id_is_not_the_sequence_number(string type, string package, string work, string id) =>
        VerifyAsync<ALO206WrongItemIdentifier>(
            Reporting(type, package, $"{{|#0:{id}|}}", before: "", work),
            $"'{id}' is not the identifier of the failed record: Lambda finds no such record in the batch and has the whole batch read again and again, and its shard waits until the records expire or are given up. "
                + "Use the record's SequenceNumber."
        );

    [Theory]
    [InlineData("KinesisEvent", "Amazon.Lambda.KinesisEvents", KinesisRecord, "record.Kinesis.SequenceNumber")]
    [InlineData("DynamoDBEvent", "Amazon.Lambda.DynamoDBEvents", DynamoRecord, "record.Dynamodb.SequenceNumber")]
    public async Task A_handler_that_reports_sequence_numbers_is_right(string type, string package, string work, string id)
    {
        var members = Reporting(type, package, id, before: "", work);
        await VerifyAsync<ALO201FailuresCannotBeReported>(members);
        await VerifyAsync<ALO204FailureSwallowed>(members);
        await VerifyAsync<ALO205FailureEscapes>(members);
        await VerifyAsync<ALO206WrongItemIdentifier>(members);
    }

    private static string Reporting(string type, string package, string id, string before, string work) =>
        $$"""
            public async Task<{{package}}.StreamsEventResponse> HandleAsync({{type}} batch)
            {
                var failures = new List<{{package}}.StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    {{before}}
                    try
                    {
                        await store.PutAsync({{work}});
                    }
                    catch (Exception)
                    {
                        failures.Add(new {{package}}.StreamsEventResponse.BatchItemFailure { ItemIdentifier = {{id}} });
                        break;
                    }
                }

                return new {{package}}.StreamsEventResponse { BatchItemFailures = failures };
            }
            """;

    private static Task VerifyAsync<TRule>(string members, string? message = null)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(
            "using System;\nusing System.Collections.Generic;\nusing System.Threading.Tasks;\nusing Amazon.Lambda.DynamoDBEvents;\nusing Amazon.Lambda.KinesisEvents;\n\n"
                + "public interface IStore\n{\n    Task PutAsync(object value);\n\n    void Check(object value);\n}\n\n"
                + $"public class StreamFunction\n{{\n    private readonly IStore store = null!;\n\n{members}\n}}\n"
        );
        if (message is not null)
            test.ExpectedDiagnostics.Add(AnalyzerVerifier<TRule>.Diagnostic().WithLocation(0).WithMessage(message).IgnoringAdditionalLocations());
        return test.RunAsync(TestContext.Current.CancellationToken);
    }
}
