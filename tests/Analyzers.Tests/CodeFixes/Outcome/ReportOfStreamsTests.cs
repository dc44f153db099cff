using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.CodeFixes.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.CodeFixes.Outcome;

/// <summary>A handler of a stream stops at the first record that fails and reports its sequence number: the stream is read again from there.</summary>
public sealed class ReportOfStreamsTests
{
    private const string Kinesis = "Kinesis";
    private const string DynamoDb = "DynamoDB";

    private const string Reporting = """
        try
        {
            await store.PutAsync(record);
        }
        catch (Exception exception)
        {
            context.Logger.LogError($"Record {record.§.SequenceNumber} failed: {exception}");
            batchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.§.SequenceNumber });
            break;
        }
        """;

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task ALO201_the_handler_stops_at_the_first_failed_record(string package) =>
        FixesAsync<ALO201FailuresCannotBeReported, ALO201FailuresCannotBeReportedFix>(
            ALO201FailuresCannotBeReportedFix.StopAtFailureKey,
            package,
            """
            public async Task [|HandleAsync|](#Event batch, ILambdaContext context)
            {
                foreach (var record in batch.Records)
                {
                    await store.PutAsync(record);
                }
            }
            """,
            $$"""
            public async Task<StreamsEventResponse> HandleAsync(#Event batch, ILambdaContext context)
            {
                var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    {{Indented(Reporting)}}
                }

                return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
            }
            """
        );

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task ALO201_a_loop_with_an_index_and_no_context_too(string package) =>
        FixesAsync<ALO201FailuresCannotBeReported, ALO201FailuresCannotBeReportedFix>(
            ALO201FailuresCannotBeReportedFix.StopAtFailureKey,
            package,
            """
            public void [|Handle|](#Event batch)
            {
                for (var i = 0; i < batch.Records.Count; i++)
                {
                    store.Put(batch.Records[i]);
                }
            }
            """,
            """
            public StreamsEventResponse Handle(#Event batch)
            {
                var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                for (var i = 0; i < batch.Records.Count; i++)
                {
                    try
                    {
                        store.Put(batch.Records[i]);
                    }
                    catch (Exception exception)
                    {
                        Console.Error.WriteLine($"Record {batch.Records[i].§.SequenceNumber} failed: {exception}");
                        batchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = batch.Records[i].§.SequenceNumber });
                        break;
                    }
                }

                return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
            }
            """
        );

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task ALO201_fix_all_rewrites_every_handler(string package) =>
        FixesAsync<ALO201FailuresCannotBeReported, ALO201FailuresCannotBeReportedFix>(
            ALO201FailuresCannotBeReportedFix.StopAtFailureKey,
            package,
            """
            public void [|Handle|](#Event batch)
            {
                foreach (var record in batch.Records)
                {
                    store.Put(record);
                }
            }

            public void [|HandleOthers|](#Event batch)
            {
                foreach (var record in batch.Records)
                {
                    store.Put(record);
                }
            }
            """,
            string.Join("\n\n", new[] { "Handle", "HandleOthers" }.Select(Synchronous))
        );

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task ALO203_a_mapping_that_expects_a_report_gets_one(string package) =>
        FixesAsync<ALO203ReportExpectedButNeverMade, ALO203ReportExpectedButNeverMadeFix>(
            ALO203ReportExpectedButNeverMadeFix.StopAtFailureKey,
            package,
            """
            public async Task<StreamsEventResponse> [|HandleAsync|](#Event batch, ILambdaContext context)
            {
                foreach (var record in batch.Records)
                {
                    await store.PutAsync(record);
                }

                return new StreamsEventResponse();
            }
            """,
            $$"""
            public async Task<StreamsEventResponse> HandleAsync(#Event batch, ILambdaContext context)
            {
                var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    {{Indented(Reporting)}}
                }

                return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
            }
            """,
            """
            Resources:
              StreamFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: TestProject::StreamFunction::HandleAsync
                  Runtime: dotnet8
                  Events:
                    Records:
                      Type: #
                      Properties:
                        Stream: arn:aws:kinesis:eu-central-1:123456789012:stream/records
                        StartingPosition: TRIM_HORIZON
                        FunctionResponseTypes: [ReportBatchItemFailures]

            """
        );

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task ALO204_the_clause_that_swallows_reports_and_stops(string package) =>
        FixesAsync<ALO204FailureSwallowed, ALO204FailureSwallowedFix>(
            ALO204FailureSwallowedFix.StopAtFailureKey,
            package,
            """
            public async Task<StreamsEventResponse> HandleAsync(#Event batch, ILambdaContext context)
            {
                var response = new StreamsEventResponse { BatchItemFailures = new List<StreamsEventResponse.BatchItemFailure>() };
                foreach (var record in batch.Records)
                {
                    try
                    {
                        await store.PutAsync(record);
                    }
                    [|catch|] (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                        continue;
                    }
                }

                return response;
            }
            """,
            """
            public async Task<StreamsEventResponse> HandleAsync(#Event batch, ILambdaContext context)
            {
                var response = new StreamsEventResponse { BatchItemFailures = new List<StreamsEventResponse.BatchItemFailure>() };
                foreach (var record in batch.Records)
                {
                    try
                    {
                        await store.PutAsync(record);
                    }
                    catch (Exception exception)
                    {
                        context.Logger.LogError(exception.Message);
                        response.BatchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.§.SequenceNumber });
                        break;
                    }
                }

                return response;
            }
            """
        );

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task ALO204_a_handler_without_a_response_gets_one(string package) =>
        FixesAsync<ALO204FailureSwallowed, ALO204FailureSwallowedFix>(
            ALO204FailureSwallowedFix.StopAtFailureKey,
            package,
            """
            public async Task HandleAsync(#Event batch, ILambdaContext context)
            {
                foreach (var record in batch.Records)
                {
                    try
                    {
                        await store.PutAsync(record);
                    }
                    [|catch|] (Exception exception)
                    {
                        context.Logger.LogError($"Record {record.§.SequenceNumber} failed: {exception}");
                    }
                }
            }
            """,
            $$"""
            public async Task<StreamsEventResponse> HandleAsync(#Event batch, ILambdaContext context)
            {
                var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    {{Indented(Reporting)}}
                }

                return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
            }
            """
        );

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task ALO205_what_fails_before_the_try_comes_under_it(string package) =>
        FixesAsync<ALO205FailureEscapes, ALO205FailureEscapesFix>(
            ALO205FailureEscapesFix.StopAtFailureKey,
            package,
            """
            public async Task<StreamsEventResponse> HandleAsync(#Event batch, ILambdaContext context)
            {
                var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    [|store.Put(record)|];
                    try
                    {
                        await store.PutAsync(record);
                    }
                    catch (TimeoutException)
                    {
                        batchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.§.SequenceNumber });
                        break;
                    }
                }

                return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
            }
            """,
            """
            public async Task<StreamsEventResponse> HandleAsync(#Event batch, ILambdaContext context)
            {
                var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    try
                    {
                        store.Put(record);
                        await store.PutAsync(record);
                    }
                    catch (TimeoutException)
                    {
                        batchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.§.SequenceNumber });
                        break;
                    }
                    catch (Exception exception)
                    {
                        context.Logger.LogError($"Record {record.§.SequenceNumber} failed: {exception}");
                        batchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.§.SequenceNumber });
                        break;
                    }
                }

                return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
            }
            """
        );

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task A_function_that_cannot_stop_is_left_alone(string package)
    {
        const string Code = """
            public Task [|HandleAsync|](#Event batch) => Task.WhenAll(batch.Records.Select(record => store.PutAsync(record)));
            """;
        return FixesAsync<ALO201FailuresCannotBeReported, ALO201FailuresCannotBeReportedFix>(
            ALO201FailuresCannotBeReportedFix.StopAtFailureKey,
            package,
            Code,
            Code
        );
    }

    [Theory]
    [InlineData(Kinesis)]
    [InlineData(DynamoDb)]
    public Task The_response_of_a_time_window_carries_a_state_too(string package)
    {
        const string Code = """
            public Counts [|Handle|](#TimeWindowEvent batch)
            {
                foreach (var record in batch.Records)
                {
                    store.Put(record);
                }

                return new Counts();
            }

            public sealed class Counts
            {
                public Dictionary<string, string> state { get; set; } = new Dictionary<string, string>();
            }
            """;
        return FixesAsync<ALO201FailuresCannotBeReported, ALO201FailuresCannotBeReportedFix>(
            ALO201FailuresCannotBeReportedFix.StopAtFailureKey,
            package,
            Code,
            Code
        );
    }

    private static string Synchronous(string name) =>
        $$"""
            public StreamsEventResponse {{name}}(#Event batch)
            {
                var batchItemFailures = new List<StreamsEventResponse.BatchItemFailure>();
                foreach (var record in batch.Records)
                {
                    try
                    {
                        store.Put(record);
                    }
                    catch (Exception exception)
                    {
                        Console.Error.WriteLine($"Record {record.§.SequenceNumber} failed: {exception}");
                        batchItemFailures.Add(new StreamsEventResponse.BatchItemFailure { ItemIdentifier = record.§.SequenceNumber });
                        break;
                    }
                }

                return new StreamsEventResponse { BatchItemFailures = batchItemFailures };
            }
            """;

    private static string Indented(string lines) => lines.Replace("\n", "\n        ", StringComparison.Ordinal);

    private static Task FixesAsync<TRule, TFix>(string key, string package, string code, string fixedCode, string? template = null)
        where TRule : DiagnosticAnalyzer, new()
        where TFix : HandlerFix, new() =>
        HandlerFixVerifier<TRule, TFix>.FixesWholeAsync(
            key,
            Whole(package, code),
            Whole(package, fixedCode),
            template?.Replace("#", package, StringComparison.Ordinal)
        );

    // What differs between the packages is the event's name and where a record keeps its sequence number.
    private static string Whole(string package, string members) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading.Tasks;
            using Amazon.Lambda.Core;
            using Amazon.Lambda.#Events;

            public class StreamFunction
            {
                private readonly IStore store = null!;

                {{members.Replace("\n", "\n    ", StringComparison.Ordinal).Replace("\n    \n", "\n\n", StringComparison.Ordinal)}}
            }

            public interface IStore
            {
                Task PutAsync(object value);

                void Put(object value);
            }

            """.Replace("§", package == Kinesis ? "Kinesis" : "Dynamodb", StringComparison.Ordinal).Replace("#", package, StringComparison.Ordinal);
}
