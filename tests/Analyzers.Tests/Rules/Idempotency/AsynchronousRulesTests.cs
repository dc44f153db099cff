using AtLeastOnce.Analyzers.Rules.Idempotency;
using AtLeastOnce.Analyzers.Tests.CodeFixes;
using AtLeastOnce.CodeFixes.Rules.Idempotency;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using static AtLeastOnce.Analyzers.Tests.Rules.Idempotency.AsynchronousEventTest;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>The rules of the family in the words of asynchronous events, each with its harmless twin.</summary>
public sealed class AsynchronousRulesTests
{
    private static string Claim(string key) =>
        $$"""
            {|#0:dynamo.PutItemAsync(new PutItemRequest
            {
                TableName = "processed",
                Item = new Dictionary<string, AttributeValue> { ["pk"] = new({{key}}) },
                ConditionExpression = "attribute_not_exists(pk)",
            })|}
            """;

    private static string Put(string key) =>
        "await {|#0:dynamo.PutItemAsync(new PutItemRequest { Item = new Dictionary<string, AttributeValue> { [\"pk\"] = new(" + key + ") } })|};";

    private static DiagnosticResult Says<TRule>(DiagnosticSeverity severity, params object[] arguments)
        where TRule : DiagnosticAnalyzer, new() =>
        AnalyzerVerifier<TRule>.Diagnostic().WithSeverity(severity).WithLocation(0).WithArguments(arguments).IgnoringAdditionalLocations();

    [Fact]
    public Task ALO102_an_identity_that_every_retry_makes_anew() =>
        VerifyAsync<ALO102VolatileIdentity>(
            S3(Put("Guid.NewGuid().ToString()")),
            null,
            Says<ALO102VolatileIdentity>(DiagnosticSeverity.Warning, Twice, "writes another item", "key 'pk'", "PutItem", "Guid.NewGuid()", "")
        );

    [Fact]
    public Task ALO102_the_clock_of_a_schedule() =>
        VerifyAsync<ALO102VolatileIdentity>(
            Handler("Amazon.Lambda.CloudWatchEvents.ScheduledEvents.ScheduledEvent", Put("DateTime.UtcNow.ToString()")),
            null,
            Says<ALO102VolatileIdentity>(DiagnosticSeverity.Warning, Twice, "writes another item", "key 'pk'", "PutItem", "DateTime.UtcNow", "")
        );

    [Theory]
    [InlineData("Amazon.Lambda.S3Events.S3Event", "evt.Records[0].S3.Object.Sequencer")]
    [InlineData("Amazon.Lambda.S3Events.S3Event", "context.AwsRequestId")]
    [InlineData("Amazon.Lambda.SNSEvents.SNSEvent", "evt.Records[0].Sns.MessageId")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.CloudWatchEvent<Order>", "evt.Id")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.CloudWatchEvent<Order>", "evt.Detail.Id")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.ScheduledEvents.ScheduledEvent", "evt.Time.ToString()")]
    public Task ALO102_is_silent_about_what_the_retries_share(string type, string key) => VerifyAsync<ALO102VolatileIdentity>(Handler(type, Put(key)), null);

    [Fact]
    public Task ALO102_the_request_id_of_a_batch_is_another_one_each_time() =>
        EffectTest.VerifyAsync<ALO102VolatileIdentity>(
            EffectTest.Handler(Put("context.AwsRequestId")),
            Says<ALO102VolatileIdentity>(DiagnosticSeverity.Warning, "writes another item", "key 'pk'", "PutItem", "ILambdaContext.AwsRequestId", "message", "")
        );

    [Fact]
    public Task ALO103_the_retries_of_an_event_come_one_after_the_other() =>
        VerifyAsync<ALO103CheckThenAct>(
            S3("if ((await dynamo.GetItemAsync(new GetItemRequest())).IsItemSet) continue;\nawait {|#0:http.PostAsync(\"https://payments\", null)|};"),
            null,
            Says<ALO103CheckThenAct>(DiagnosticSeverity.Info, "IAmazonDynamoDB.GetItemAsync", "an HTTP POST", "event", "sends the request again", "")
        );

    [Theory]
    [InlineData("file.Sequencer")]
    [InlineData("context.AwsRequestId")]
    public Task ALO104_a_claim_before_the_work(string key) =>
        VerifyAsync<ALO104ClaimedBeforeWork>(
            S3("await " + Claim(key) + ";\nawait Services.Shipping.ShipAsync(null!);"),
            null,
            Says<ALO104ClaimedBeforeWork>(DiagnosticSeverity.Warning, "PutItem", "IShipping.ShipAsync", "")
        );

    [Fact]
    public Task ALO104_a_claim_after_the_work_is_silent() =>
        VerifyAsync<ALO104ClaimedBeforeWork>(S3("await Services.Shipping.ShipAsync(null!);\nawait " + Claim("file.Sequencer") + ";"), null);

    [Fact]
    public Task ALO105_a_memory_that_another_environment_does_not_have() =>
        VerifyAsync<ALO105StateOutlivesInvocation>(
            S3(
                "if (!seen.Add(file.Key)) continue;\nawait {|#0:http.PostAsync(\"https://payments\", null)|};",
                "private static readonly HashSet<string> seen = new();"
            ),
            null,
            Says<ALO105StateOutlivesInvocation>(
                DiagnosticSeverity.Warning,
                "seen",
                "it knows only what this execution environment has handled, so a retry that reaches another one, or a new one, sends the request again. Remember in a store, by a conditional write, that an HTTP POST was done",
                ""
            )
        );

    [Fact]
    public Task ALO105_a_counter_that_decides() =>
        VerifyAsync<ALO105StateOutlivesInvocation>(
            Handler(
                "Amazon.Lambda.CloudWatchEvents.CloudWatchEvent<Order>",
                "if ({|#0:++count|} > 10) throw new InvalidOperationException();",
                "private int count;"
            ),
            null,
            Says<ALO105StateOutlivesInvocation>(
                DiagnosticSeverity.Warning,
                "count",
                "it goes on counting where the last invocation ended, and every retried event counts again. Count in a local of the handler",
                ""
            )
        );

    [Fact]
    public Task ALO105_a_local_counter_is_silent() =>
        VerifyAsync<ALO105StateOutlivesInvocation>(
            Handler("Amazon.Lambda.CloudWatchEvents.CloudWatchEvent<Order>", "var count = 0;\nif (++count > 10) throw new InvalidOperationException();"),
            null
        );

    // The event that comes again is the same one.
    [Fact]
    public async Task ALO106_idempotent_on_the_whole_event_is_right()
    {
        var test = Test<ALO106PowertoolsMisused>(
            S3("await Task.Yield();").Replace("public async", "[AWS.Lambda.Powertools.Idempotency.Idempotent]\npublic async")
                + "\nstatic OrdersFunction() => AWS.Lambda.Powertools.Idempotency.Idempotency.Configure(_ => { });",
            null
        );
        test.TestState.Sources.Add(("Powertools.cs", ALO106PowertoolsMisusedTests.Powertools));
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task ALO109_a_guard_that_fails_open() =>
        VerifyAsync<ALO109GuardFailsOpen>(
            S3(
                "try { if (await Services.Redis.StringSetAsync(file.Key, \"1\", when: StackExchange.Redis.When.NotExists) == false) continue; }\ncatch (Exception) { log.LogLine(file.Key); }\nawait {|#0:http.PostAsync(\"https://payments\", null)|};"
            ),
            null,
            Says<ALO109GuardFailsOpen>(DiagnosticSeverity.Warning, "IDatabase.StringSetAsync", "an HTTP POST", "sends the request again", "")
        );

    [Fact]
    public Task ALO110_nothing_catches_the_refusal() =>
        VerifyAsync<ALO110DuplicateFails>(
            S3("await " + Claim("file.Sequencer") + ";"),
            null,
            Says<ALO110DuplicateFails>(DiagnosticSeverity.Warning, "PutItem", "ConditionalCheckFailedException", "nothing catches", "")
        );

    [Fact]
    public Task ALO110_a_clause_that_throws_again() =>
        VerifyAsync<ALO110DuplicateFails>(
            S3("try { await " + Claim("file.Sequencer") + "; }\ncatch (Exception e) { log.LogLine(e.Message); throw; }"),
            null,
            Says<ALO110DuplicateFails>(DiagnosticSeverity.Warning, "PutItem", "ConditionalCheckFailedException", "'catch (Exception)' takes for a failure", "")
        );

    [Theory]
    [InlineData("catch (ConditionalCheckFailedException) { }")]
    [InlineData("catch (Exception e) { log.LogLine(e.Message); }")]
    public Task ALO110_a_refusal_that_is_taken_is_silent(string clause) =>
        VerifyAsync<ALO110DuplicateFails>(S3("try { await " + Claim("file.Sequencer") + "; }\n" + clause), null);

    [Fact]
    public Task ALO110_the_fix_speaks_of_the_event() =>
        HandlerFixVerifier<ALO110DuplicateFails, ALO110DuplicateFailsFix>.FixesWholeAsync(
            "ALO110.CatchDuplicate",
            Saving("        await [|dynamo.PutItemAsync(request)|];\n"),
            Saving(
                """
                        try
                        {
                            await dynamo.PutItemAsync(request);
                        }
                        catch (ConditionalCheckFailedException)
                        {
                            // The event was handled before: a duplicate is no failure.
                        }

                """
            ),
            change: test => test.TestState.AdditionalReferences.Add(LookAlikes.Reference)
        );

    [Theory]
    [InlineData("sqs.SendMessageAsync(new SendMessageRequest { MessageBody = file.Key })", "sends the message again", "SendMessage")]
    public Task ALO111_a_message_that_goes_out_again(string call, string again, string what) =>
        VerifyAsync<ALO111SentAgain>(S3("await {|#0:" + call + "|};"), null, Says<ALO111SentAgain>(DiagnosticSeverity.Info, Twice, again, what, ""));

    [Theory]
    [InlineData("new { file.Key, file.Sequencer }")]
    [InlineData("new { Id = context.AwsRequestId, file.Key }")]
    public Task ALO111_a_message_with_an_id_of_the_event_is_silent(string body) =>
        VerifyAsync<ALO111SentAgain>(S3($"await sqs.SendMessageAsync(new SendMessageRequest {{ MessageBody = JsonSerializer.Serialize({body}) }});"), null);

    private static string Saving(string statement) =>
        $$"""
            using System;
            using System.Collections.Generic;
            using System.Threading.Tasks;
            using Amazon.DynamoDBv2;
            using Amazon.DynamoDBv2.Model;
            using Amazon.Lambda.SNSEvents;

            public sealed class OrdersFunction
            {
                private readonly IAmazonDynamoDB dynamo = null!;

                public Task HandleAsync(SNSEvent notification) => SaveAsync(notification.Records[0].Sns);

                private async Task SaveAsync(SNSEvent.SNSMessage message)
                {
                    var request = new PutItemRequest
                    {
                        Item = new Dictionary<string, AttributeValue> { ["pk"] = new(message.MessageId) },
                        ConditionExpression = "attribute_not_exists(pk)",
                    };
            {{statement}}    }
            }

            """;
}
