using AtLeastOnce.Analyzers.Rules.Outcome;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO216ResultIgnored;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

public sealed class ALO216ResultIgnoredTests
{
    private const string Post = "{|#0:http.PutAsync(message.MessageId, new StringContent(message.Body))|}";

    [Theory]
    [InlineData("sqs", "SendMessageBatchAsync", "SendMessageBatchRequest { QueueUrl = message.Body }", "some messages are refused", "Failed")]
    [InlineData("sns", "PublishBatchAsync", "PublishBatchRequest { TopicArn = message.Body }", "some messages are refused", "Failed")]
    [InlineData("events", "PutEventsAsync", "PutEventsRequest()", "some events are refused", "FailedEntryCount")]
    [InlineData("kinesis", "PutRecordsAsync", "PutRecordsRequest { StreamName = message.Body }", "some records are refused", "FailedRecordCount")]
    [InlineData("firehose", "PutRecordBatchAsync", "PutRecordBatchRequest()", "some records are refused", "FailedPutCount")]
    [InlineData("dynamo", "BatchWriteItemAsync", "BatchWriteItemRequest()", "some items are left unwritten", "UnprocessedItems")]
    [InlineData("lambda", "InvokeAsync", "InvokeRequest { Payload = message.Body }", "the function fails", "FunctionError")]
    public async Task A_part_that_failed_is_told_by_the_result(string client, string method, string request, string failure, string member)
    {
        var call = $"{client}.{method}(new {request})";
        await VerifyLoopAsync($"await {{|#0:{call}|}};", Finding(method, failure, $"Look at {member}"));
        await VerifyLoopAsync($"_ = await {{|#0:{call}|}}.ConfigureAwait(false);", Finding(method, failure, $"Look at {member}"));
        await VerifyLoopAsync($"{{|#0:{call}|}}.Wait();", Finding(method, failure, $"Look at {member}"));
        await VerifyLoopAsync($"var result = await {{|#0:{call}|}};", Finding(method, failure, $"Look at {member}"));
        await VerifyLoopAsync($"var result = await {call}; if (result is null) throw new InvalidOperationException();");
        await VerifyLoopAsync($"Check(await {call});");
        await VerifyLoopAsync($"_ = {call};");
    }

    [Fact]
    public Task A_result_that_is_only_logged() =>
        VerifyLoopAsync(
            "var response = await {|#0:lambda.InvokeAsync(new InvokeRequest { Payload = message.Body })|}; Console.WriteLine($\"answer {response}\");",
            Finding("InvokeAsync", "the function fails", "Look at FunctionError")
        );

    [Fact]
    public Task An_asynchronous_invocation_has_no_answer_yet() =>
        VerifyAsync(
            """
            private const string InvocationType = "Event";

            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                    await lambda.InvokeAsync(new InvokeRequest { Payload = message.Body, FunctionName = InvocationType });
            }
            """
        );

    [Theory]
    [InlineData("PutAsync", "http.PutAsync(message.MessageId, new StringContent(message.Body))")]
    [InlineData("PostAsync", "http.PostAsync(message.MessageId, new StringContent(message.Body))")]
    [InlineData("DeleteAsync", "http.DeleteAsync(message.MessageId)")]
    [InlineData("SendAsync", "http.SendAsync(new HttpRequestMessage(HttpMethod.Post, message.MessageId))")]
    public async Task An_answer_of_a_server(string method, string call)
    {
        var finding = Finding(method, "the server answers with an error", "Call EnsureSuccessStatusCode");
        await VerifyLoopAsync($"await {{|#0:{call}|}};", finding);
        await VerifyLoopAsync($"using var response = await {{|#0:{call}|}};", finding);
        await VerifyLoopAsync($"(await {call}).EnsureSuccessStatusCode();");
        await VerifyLoopAsync($"using var response = await {call}; response.EnsureSuccessStatusCode();");
        await VerifyLoopAsync($"using var response = await {call}; if (!response.IsSuccessStatusCode) throw new InvalidOperationException();");
        await VerifyLoopAsync($"using var response = await {call}; Check(response);");
    }

    [Fact]
    public Task A_read_that_nobody_looks_at_loses_nothing() => VerifyLoopAsync("await http.GetAsync(message.MessageId);");

    [Fact]
    public Task Methods_that_throw() => VerifyLoopAsync("await sqs.SendMessageAsync(new SendMessageRequest { MessageBody = message.Body });");

    [Fact]
    public Task A_method_that_hands_the_task_back_without_its_result() =>
        VerifyAsync(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await SendAsync(message);
            }

            private Task SendAsync(SQSEvent.SQSMessage message) => {{Post}};
            """,
            Finding("PutAsync", "the server answers with an error", "Call EnsureSuccessStatusCode", " Reached from 'HandleAsync' → 'OrdersFunction.SendAsync'.")
        );

    [Fact]
    public Task A_lambda_that_hands_the_task_back_without_its_result() =>
        VerifyAsync(
            $$"""
            public Task HandleAsync(SQSEvent batch) => EachAsync(batch.Records, message => {{Post}});

            private static async Task EachAsync(List<SQSEvent.SQSMessage> messages, Func<SQSEvent.SQSMessage, Task> work)
            {
                foreach (var message in messages) await work(message);
            }
            """,
            Finding("PutAsync", "the server answers with an error", "Call EnsureSuccessStatusCode")
        );

    [Fact]
    public Task A_method_that_returns_the_result() =>
        VerifyAsync(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) (await SendAsync(message)).EnsureSuccessStatusCode();
                await Task.WhenAll(batch.Records.Select(message => http.PutAsync(message.MessageId, null)));
            }

            private Task<HttpResponseMessage> SendAsync(SQSEvent.SQSMessage message) => http.PutAsync(message.MessageId, null);
            """
        );

    [Fact]
    public Task Work_that_has_nothing_to_do_with_a_record() =>
        VerifyAsync(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                await http.PutAsync("https://status.example/alive", null);
                foreach (var message in batch.Records) log.LogInformation(message.MessageId);
            }
            """
        );

    [Fact]
    public async Task Not_awaited_at_all_is_another_finding()
    {
        const string Call = "_ = {|#0:http.PutAsync(message.MessageId, null)|};";
        await VerifyLoopAsync(Call.Replace("{|#0:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal));
        var test = Test<ALO209WorkNotAwaited>(Loop(Call));
        test.ExpectedDiagnostics.Add(
            AnalyzerVerifier<ALO209WorkNotAwaited>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("Nobody awaits this task", "HandleAsync", "; an exception in it is seen by nobody", "Await it", "")
        );
        await test.RunAsync();
    }

    [Fact]
    public Task Types_of_somebody_else() =>
        VerifyAsync(
            """
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records) await new IAmazonSQS().SendMessageBatchAsync(message.Body);
            }

            private sealed class IAmazonSQS { public Task<object> SendMessageBatchAsync(object request) => Task.FromResult(request); }
            """
        );

    [Fact]
    public async Task A_stream_moves_on()
    {
        var test = new CSharpAnalyzerTest<Rule>();
        test.TestState.Sources.Add(
            """
            using System.Net.Http;
            using System.Threading.Tasks;
            using Amazon.Lambda.KinesisEvents;

            public class StreamFunction
            {
                private readonly HttpClient http = new();

                public async Task HandleAsync(KinesisEvent batch)
                {
                    foreach (var record in batch.Records) await {|#0:http.PutAsync(record.EventId, null)|};
                }
            }
            """
        );
        test.ExpectedDiagnostics.Add(
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithMessage(
                    "'PutAsync' throws nothing when the server answers with an error, and nobody looks at its result: 'HandleAsync' returns normally, so Lambda moves on past the record as processed, and what failed is lost. "
                        + "Call EnsureSuccessStatusCode."
                )
        );
        await test.RunAsync();
    }

    [Fact]
    public async Task Nothing_is_said_without_the_packages()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "public class Function { public async System.Threading.Tasks.Task Handle(string body) { await new System.Net.Http.HttpClient().PutAsync(body, null); } }",
            ReferenceAssemblies = References.None,
        };
        await test.RunAsync();
    }

    [Fact]
    public async Task Incomplete_code_is_survived()
    {
        var test = Test<Rule>("public async Task HandleAsync(SQSEvent batch) { foreach (var message in batch.Records) { await http.PutAsync(message.");
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    private static Task VerifyLoopAsync(string statements, params DiagnosticResult[] expected) => VerifyAsync(Loop(statements), expected);

    private static Task VerifyAsync(string members, params DiagnosticResult[] expected)
    {
        var test = Test<Rule>(members);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    private static CSharpAnalyzerTest<TRule> Test<TRule>(string members)
        where TRule : Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TRule> { AssemblyName = "Shop" };
        test.TestState.Sources.Add(
            (
                "OrdersFunction.cs",
                $$"""
                using System;
                using System.Collections.Generic;
                using System.Linq;
                using System.Net.Http;
                using System.Threading.Tasks;
                using Amazon.DynamoDBv2;
                using Amazon.DynamoDBv2.Model;
                using Amazon.EventBridge;
                using Amazon.EventBridge.Model;
                using Amazon.Kinesis;
                using Amazon.Kinesis.Model;
                using Amazon.KinesisFirehose;
                using Amazon.KinesisFirehose.Model;
                using Amazon.Lambda;
                using Amazon.Lambda.Core;
                using Amazon.Lambda.Model;
                using Amazon.Lambda.SQSEvents;
                using Amazon.SimpleNotificationService;
                using Amazon.SimpleNotificationService.Model;
                using Amazon.SQS;
                using Amazon.SQS.Model;

                namespace Shop;

                public class OrdersFunction
                {
                    private readonly HttpClient http = new();
                    private readonly ILambdaLogger log = null!;
                    private readonly IAmazonSQS sqs = null!;
                    private readonly IAmazonSimpleNotificationService sns = null!;
                    private readonly IAmazonEventBridge events = null!;
                    private readonly IAmazonKinesis kinesis = null!;
                    private readonly IAmazonKinesisFirehose firehose = null!;
                    private readonly IAmazonDynamoDB dynamo = null!;
                    private readonly IAmazonLambda lambda = null!;

                {{members}}

                    private static void Check(object result) => ArgumentNullException.ThrowIfNull(result);
                }
                """
            )
        );
        test.TestState.AdditionalReferences.Add(LookAlikes.Reference);
        return test;
    }

    private static string Loop(string statements) =>
        $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                await Task.Yield();
                foreach (var message in batch.Records)
                {
                    {{statements}}
                }
            }
            """;

    private static DiagnosticResult Finding(string method, string failure, string remedy, string path = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithLocation(0)
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithArguments(method, failure, "HandleAsync", remedy, path)
            .IgnoringAdditionalLocations();
}
