using AtLeastOnce.Analyzers.Rules.Idempotency;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using static AtLeastOnce.Analyzers.Tests.Rules.Idempotency.AsynchronousEventTest;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO101EffectRepeated;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Which handlers count as invoked asynchronously, and how often their events come again.</summary>
public sealed class AsynchronousHandlersTests
{
    private const string Post = "await {|#0:http.PostAsync(\"https://payments\", null)|};";

    private static DiagnosticResult Repeats(string retried = Twice, string path = "") =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithSeverity(DiagnosticSeverity.Warning)
            .WithLocation(0)
            .WithArguments(retried, "sends the request again", "an HTTP POST", path)
            .IgnoringAdditionalLocations();

    [Fact]
    public Task Notifications_of_a_bucket() => VerifyAsync<Rule>(S3(Post), null, Repeats());

    [Theory]
    [InlineData("Amazon.Lambda.SNSEvents.SNSEvent")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.CloudWatchEvent<Order>")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.ScheduledEvents.ScheduledEvent")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.S3Events.S3ObjectCreateEvent")]
    public Task Events_of_other_services(string type) => VerifyAsync<Rule>(Handler(type, Post), null, Repeats());

    [Theory]
    [InlineData("Amazon.Lambda.S3Events.S3Event")]
    [InlineData("Amazon.Lambda.SNSEvents.SNSEvent")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.CloudWatchEvent<Order>")]
    public Task An_effect_that_writes_the_same_again_is_silent(string type) =>
        VerifyAsync<Rule>(Handler(type, "await http.PutAsync(\"https://payments\", null);"), null);

    [Theory]
    [InlineData("S3Event")]
    [InlineData("SNSEvent")]
    [InlineData("CloudWatchEvent")]
    [InlineData("ScheduledEvent")]
    public Task A_look_alike_is_silent(string type) =>
        VerifyAsync<Rule>(Handler($"Mine.{type}", Post, $"public static class Mine {{ public class {type} {{ }} }}"), null);

    [Fact]
    public Task What_the_template_sends_to_a_type_of_the_users_own() =>
        VerifyAsync<Rule>(Handler("Order", Post), Template("Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } }"), Repeats());

    [Theory]
    [InlineData("Files: { Type: S3, Properties: { Bucket: !Ref Inbox, Events: s3:ObjectCreated:* } }")]
    [InlineData("Topic: { Type: SNS, Properties: { Topic: !Ref OrdersTopic } }")]
    [InlineData("Paid: { Type: EventBridgeRule, Properties: { Pattern: { source: [shop] } } }")]
    [InlineData("Nightly: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day) } }")]
    public Task Every_trigger_of_a_template(string trigger) => VerifyAsync<Rule>(Handler("System.IO.Stream", Post), Template(trigger), Repeats());

    [Theory]
    [InlineData("KafkaEvents", "KafkaEvent")]
    [InlineData("MQEvents", "ActiveMQEvent")]
    [InlineData("MQEvents", "RabbitMQEvent")]
    public Task Records_of_a_broker_come_again(string package, string type) =>
        VerifyAsync<Rule>(
            Handler($"global::Amazon.Lambda.{package}.{type}", Post),
            Template("Orders: { Type: MSK, Properties: { Stream: 'arn:aws:kafka:us-east-1:123456789012:cluster/orders/1' } }"),
            $"namespace Amazon.Lambda.{package} {{ public class {type} {{ }} }}",
            AnalyzerVerifier<Rule>.Diagnostic().WithSeverity(DiagnosticSeverity.Warning).WithLocation(0).IgnoringAdditionalLocations()
        );

    [Theory]
    [InlineData("")]
    [InlineData("Api: { Type: Api, Properties: { Path: /, Method: post } }")]
    [InlineData("Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day), Enabled: false } }")]
    public Task A_caller_that_waits_is_silent(string trigger) => VerifyAsync<Rule>(Handler("Order", Post), Template(trigger));

    [Fact]
    public Task A_schedule_that_keeps_an_api_warm_is_silent() =>
        VerifyAsync<Rule>(
            Handler("Amazon.Lambda.APIGatewayEvents.APIGatewayProxyRequest", Post)
                .Replace("Amazon.Lambda.APIGatewayEvents.", "global::Amazon.Lambda.APIGatewayEvents."),
            Template("Api: { Type: Api, Properties: { Path: /, Method: post } }, Warm: { Type: Schedule, Properties: { Schedule: rate(5 minutes) } }"),
            "namespace Amazon.Lambda.APIGatewayEvents { public class APIGatewayProxyRequest { } }"
        );

    [Theory]
    [InlineData("EventInvokeConfig: { MaximumRetryAttempts: 2 }", Twice)]
    [InlineData("EventInvokeConfig: { MaximumRetryAttempts: 1 }", "Lambda retries a failed event once, and the retry")]
    [InlineData("EventInvokeConfig: { MaximumRetryAttempts: 0 }", "Events are delivered at least once, and every redelivery")]
    [InlineData("EventInvokeConfig: { MaximumRetryAttempts: !ImportValue retries }", "Lambda retries a failed event, and each retry")]
    public Task The_retries_that_the_template_gives(string config, string retried) =>
        VerifyAsync<Rule>(S3(Post), Template("Files: { Type: S3, Properties: { Bucket: !Ref Inbox, Events: s3:ObjectCreated:* } }", config), Repeats(retried));

    [Fact]
    public Task Below_the_handler_the_path_is_named() =>
        VerifyAsync<Rule>(
            S3("await PayAsync();", "private async Task PayAsync() { " + Post + " }"),
            null,
            Repeats(path: " Reached from 'HandleAsync' → 'OrdersFunction.PayAsync'.")
        );

    // Notifications in the messages of a queue are delivered as those are.
    [Fact]
    public Task An_event_in_a_messages_body_is_the_messages_matter() =>
        EffectTest.VerifyAsync<Rule>(
            $$"""
            public async Task HandleAsync(SQSEvent batch)
            {
                foreach (var message in batch.Records)
                    await ImportAsync(JsonSerializer.Deserialize<Amazon.Lambda.S3Events.S3Event>(message.Body)!);
            }

            public async Task ImportAsync(Amazon.Lambda.S3Events.S3Event files)
            {
                {{Post}}
            }
            """,
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("sends the request again", "an HTTP POST", "message", " Reached from 'HandleAsync' → 'OrdersFunction.ImportAsync'.")
                .IgnoringAdditionalLocations()
        );

    [Fact]
    public Task A_claim_under_the_sequencer_is_a_guard() =>
        VerifyAsync<Rule>(
            S3(
                """
                await dynamo.PutItemAsync(new PutItemRequest
                {
                    Item = new Dictionary<string, AttributeValue> { ["pk"] = new(file.Sequencer) },
                    ConditionExpression = "attribute_not_exists(pk)",
                });
                await http.PostAsync("https://payments", null);
                """
            ),
            null
        );

    [Fact]
    public Task Incomplete_code_is_silent()
    {
        var test = Test<Rule>("public async Task HandleAsync(Amazon.Lambda.S3Events.S3Event evt) { await http.PostAsync(", null);
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Amazon.Lambda.S3Events.S3Event")]
    [InlineData("Amazon.Lambda.SNSEvents.SNSEvent")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.CloudWatchEvent<string>")]
    [InlineData("Amazon.Lambda.CloudWatchEvents.ScheduledEvents.ScheduledEvent")]
    public async Task Rules_about_batches_and_queues_do_not_speak(string type)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var code = $$"""
            using System;
            using System.Threading.Tasks;
            using Amazon.Lambda.SQSEvents;

            namespace Shop;

            public class OrdersFunction
            {
                private static int count;

                public async Task<SQSBatchResponse> HandleAsync({{type}} evt)
                {
                    var response = new SQSBatchResponse();
                    try
                    {
                        await new System.Net.Http.HttpClient().PostAsync("https://payments", null);
                        await Task.WhenAll(Task.Delay(++count));
                    }
                    catch (Exception)
                    {
                        response.BatchItemFailures.Add(new() { ItemIdentifier = evt.ToString() });
                    }

                    return new SQSBatchResponse();
                }
            }
            """;
        var compilation = CSharpCompilation.Create(
            "Shop",
            [CSharpSyntaxTree.ParseText(code, path: "OrdersFunction.cs", cancellationToken: cancellationToken)],
            References.Default.Resolve(),
            new(OutputKind.DynamicallyLinkedLibrary)
        );
        Assert.Empty(compilation.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var template = Template("Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } }");

        var found = await compilation
            .WithAnalyzers([.. TestSetup.AllRules()], new AnalyzerOptions([new TemplateText(template)]))
            .GetAnalyzerDiagnosticsAsync(cancellationToken);

        Assert.Equal(["ALO101"], found.Select(finding => finding.Id).Distinct().Where(id => id != "ALO105"));
    }

    private static Task VerifyAsync<TRule>(string members, string? template, string source, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new()
    {
        var test = Test<TRule>(members, template, expected);
        test.TestState.Sources.Add(("Types.cs", source));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task VerifyAsync<TRule>(string members, string? template, params DiagnosticResult[] expected)
        where TRule : DiagnosticAnalyzer, new() => AsynchronousEventTest.VerifyAsync<TRule>(members, template, expected);

    private sealed class TemplateText(string text) : AdditionalText
    {
        public override string Path => "template.yaml";

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) =>
            Microsoft.CodeAnalysis.Text.SourceText.From(text, System.Text.Encoding.UTF8);
    }
}
