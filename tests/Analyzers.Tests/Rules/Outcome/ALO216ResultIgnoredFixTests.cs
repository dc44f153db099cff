using Verifier = AtLeastOnce.Analyzers.Tests.CodeFixes.HandlerFixVerifier<
    AtLeastOnce.Analyzers.Rules.Outcome.ALO216ResultIgnored,
    AtLeastOnce.CodeFixes.Rules.Outcome.ALO216ResultIgnoredFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO216ResultIgnoredFixTests
{
    private const string Key = "ALO216.Throw";
    private const string Put = "http.PutAsync(message.MessageId, new StringContent(message.Body))";
    private const string Ensure = "response.EnsureSuccessStatusCode();";

    [Theory]
    [InlineData("await [|" + Put + "|];", "using var response = await " + Put + ";")]
    [InlineData("_ = await [|" + Put + "|];", "using var response = await " + Put + ";")]
    [InlineData("await [|" + Put + "|].ConfigureAwait(false);", "using var response = await " + Put + ".ConfigureAwait(false);")]
    [InlineData("using var response = await [|" + Put + "|];", "using var response = await " + Put + ";")]
    public Task A_servers_answer_must_be_a_success(string flawed, string asked) =>
        FixesAsync(Reporting(flawed), Reporting($"{asked}\n                {Ensure}"));

    [Theory]
    [InlineData("sqs.SendMessageBatchAsync(message.Body)", "SendMessageBatchAsync: some messages are refused.", "Failed is { Count: > 0 }")]
    [InlineData("sns.PublishBatchAsync(message.Body)", "PublishBatchAsync: some messages are refused.", "Failed is { Count: > 0 }")]
    [InlineData("events.PutEventsAsync(message.Body)", "PutEventsAsync: some events are refused.", "FailedEntryCount > 0")]
    [InlineData("kinesis.PutRecordsAsync(message.Body)", "PutRecordsAsync: some records are refused.", "FailedRecordCount > 0")]
    [InlineData("firehose.PutRecordBatchAsync(message.Body)", "PutRecordBatchAsync: some records are refused.", "FailedPutCount > 0")]
    [InlineData("dynamo.BatchWriteItemAsync(message.Body)", "BatchWriteItemAsync: some items are left unwritten.", "UnprocessedItems is { Count: > 0 }")]
    [InlineData("lambda.InvokeAsync(message.Body)", "InvokeAsync: the function fails.", "FunctionError is not null")]
    public Task A_part_that_failed_fails_the_message(string call, string text, string told) =>
        FixesAsync(
            Reporting($"await [|{call}|];"),
            Reporting(
                $"var response = await {call};\n                if (response.{told})\n                    throw new InvalidOperationException(\"{text}\");"
            )
        );

    [Fact]
    public Task A_name_that_is_taken_is_left_to_its_owner() =>
        FixesAsync(
            Reporting($"var response = message.Body;\n                await [|{Put}|];"),
            Reporting($"var response = message.Body;\n                using var response1 = await {Put};\n                response1.EnsureSuccessStatusCode();")
        );

    [Fact]
    public Task A_comment_stays_with_its_line() =>
        FixesAsync(Reporting($"await [|{Put}|]; // the warehouse"), Reporting($"using var response = await {Put}; // the warehouse\n                {Ensure}"));

    [Fact]
    public Task Not_only_the_first_call_of_a_try() =>
        FixesAsync(
            Reporting($"await http.GetStringAsync(message.Body);\n                await [|{Put}|];"),
            Reporting($"await http.GetStringAsync(message.Body);\n                using var response = await {Put};\n                {Ensure}")
        );

    [Fact]
    public Task A_handler_whose_exceptions_return_the_batch_throws_too() =>
        FixesAsync(Plain($"await [|{Put}|];"), Plain($"using var response = await {Put};\n            {Ensure}"));

    [Fact]
    public Task All_at_once() =>
        FixesAsync(
            Reporting($"await [|{Put}|];\n                await [|sqs.SendMessageBatchAsync(message.Body)|];"),
            Reporting(
                $"using var response = await {Put};\n                {Ensure}\n                var response1 = await sqs.SendMessageBatchAsync(message.Body);\n                if (response1.Failed is {{ Count: > 0 }})\n                    throw new InvalidOperationException(\"SendMessageBatchAsync: some messages are refused.\");"
            )
        );

    // The exception would end where nobody reports it, and the message would still be lost.
    [Fact]
    public Task A_clause_that_swallows_is_no_way_back() =>
        Verifier.OffersNothingWholeAsync(
            Reporting($"await [|{Put}|];")
                .Replace("failures.Add(new() { ItemIdentifier = message.MessageId });", "Console.WriteLine(message.MessageId);", StringComparison.Ordinal)
        );

    [Fact]
    public Task A_clause_that_swallows_some_is_no_way_back() =>
        Verifier.OffersNothingWholeAsync(
            Reporting($"await [|{Put}|];")
                .Replace(
                    "catch (Exception)",
                    "catch (HttpRequestException)\n            {\n                Console.WriteLine(\"later\");\n            }\n            catch (Exception)",
                    StringComparison.Ordinal
                )
        );

    [Theory]
    [InlineData("[|" + Put + "|].Wait();")]
    [InlineData("if (message.Body.Length > 0) await [|" + Put + "|];")]
    public Task A_statement_of_another_form_is_left_alone(string statement) => Verifier.OffersNothingWholeAsync(Reporting(statement));

    private static Task FixesAsync(string code, string fixedCode) => Verifier.FixesWholeAsync(Key, code, fixedCode);

    private static string Reporting(string work) =>
        Code(
            $$"""
                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var failures = new List<SQSBatchResponse.BatchItemFailure>();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            {{work}}
                        }
                        catch (Exception)
                        {
                            failures.Add(new() { ItemIdentifier = message.MessageId });
                        }
                    }

                    return new SQSBatchResponse(failures);
                }
            """
        );

    private static string Plain(string work) =>
        Code(
            $$"""
                public async Task HandleAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                    {
                        {{work}}
                    }
                }
            """
        );

    private static string Code(string member) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Net.Http;
            using System.Threading.Tasks;
            using Amazon.Lambda.SQSEvents;

            public class OrdersFunction
            {
                private readonly HttpClient http = null!;
                private readonly Amazon.SQS.IAmazonSQS sqs = null!;
                private readonly Amazon.SimpleNotificationService.IAmazonSimpleNotificationService sns = null!;
                private readonly Amazon.EventBridge.IAmazonEventBridge events = null!;
                private readonly Amazon.Kinesis.IAmazonKinesis kinesis = null!;
                private readonly Amazon.KinesisFirehose.IAmazonKinesisFirehose firehose = null!;
                private readonly Amazon.DynamoDBv2.IAmazonDynamoDB dynamo = null!;
                private readonly Amazon.Lambda.IAmazonLambda lambda = null!;

            {{member}}
            }

            {{Clients}}
            """;

    private const string Clients = """
        public record Answer(List<string>? Failed, Dictionary<string, string>? UnprocessedItems, int? FailedEntryCount, int FailedRecordCount, int? FailedPutCount, string? FunctionError);

        namespace Amazon.SQS
        {
            public interface IAmazonSQS { Task<Answer> SendMessageBatchAsync(string request); }
        }

        namespace Amazon.SimpleNotificationService
        {
            public interface IAmazonSimpleNotificationService { Task<Answer> PublishBatchAsync(string request); }
        }

        namespace Amazon.EventBridge
        {
            public interface IAmazonEventBridge { Task<Answer> PutEventsAsync(string request); }
        }

        namespace Amazon.Kinesis
        {
            public interface IAmazonKinesis { Task<Answer> PutRecordsAsync(string request); }
        }

        namespace Amazon.KinesisFirehose
        {
            public interface IAmazonKinesisFirehose { Task<Answer> PutRecordBatchAsync(string request); }
        }

        namespace Amazon.DynamoDBv2
        {
            public interface IAmazonDynamoDB { Task<Answer> BatchWriteItemAsync(string request); }
        }

        namespace Amazon.Lambda
        {
            public interface IAmazonLambda { Task<Answer> InvokeAsync(string request); }
        }

        """;
}
