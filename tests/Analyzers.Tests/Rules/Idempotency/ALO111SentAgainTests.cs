using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO111SentAgain;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO111SentAgainTests
{
    [Fact]
    public Task The_whole_message() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler("await {|#0:sqs.SendMessageAsync(\"next\", order.Id)|};"),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithSeverity(DiagnosticSeverity.Info)
                .WithMessage(
                    "Every redelivery sends the message again: the channel of SendMessage knows no token, so the duplicates travel on. Send an id taken from the message along, by which the receiver can tell them apart."
                )
        );

    [Theory]
    [InlineData("sqs.SendMessageAsync(new SendMessageRequest(\"next\", order.Id))", "sends the message again", "SendMessage")]
    [InlineData("sqs.SendMessageBatchAsync(new SendMessageBatchRequest())", "sends the messages again", "SendMessageBatch")]
    [InlineData("sns.PublishAsync(\"topic\", order.Id)", "publishes the message again", "Publish")]
    [InlineData("sns.PublishBatchAsync(new Amazon.SimpleNotificationService.Model.PublishBatchRequest())", "publishes the messages again", "PublishBatch")]
    [InlineData("bus.PutEventsAsync(new Amazon.EventBridge.Model.PutEventsRequest())", "puts the events again", "PutEvents")]
    [InlineData("kinesis.PutRecordAsync(new Amazon.Kinesis.Model.PutRecordRequest())", "puts the records again", "PutRecord")]
    [InlineData("kinesis.PutRecordsAsync(new Amazon.Kinesis.Model.PutRecordsRequest())", "puts the records again", "PutRecord")]
    [InlineData("firehose.PutRecordBatchAsync(new Amazon.KinesisFirehose.Model.PutRecordBatchRequest())", "puts the records again", "PutRecord")]
    [InlineData("publisher.PublishAsync(order.Quantity)", "publishes the message again", "Publish")]
    [InlineData("channel.BasicPublishAsync(\"orders\", \"key\", new byte[1])", "publishes the message again", "BasicPublish")]
    [InlineData("kafka.ProduceAsync(\"orders\", null!)", "publishes the message again", "Produce")]
    [InlineData("endpoint.Publish(order.Quantity)", "publishes the message again", "Publish")]
    [InlineData("redis.PublishAsync(\"orders\", order.Id)", "publishes the message again", "Redis Publish")]
    [InlineData("subscriber.PublishAsync(\"orders\", order.Id)", "publishes the message again", "Redis Publish")]
    public Task A_channel_without_a_token(string call, string again, string what) =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler("await {|#0:" + call + "|};", EveryClient.Fields),
            AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(again, what, "message", "")
        );

    [Theory]
    [InlineData("await sqs.SendMessageAsync(new SendMessageRequest { MessageBody = order.Id, MessageGroupId = \"all\" });")]
    [InlineData("await sqs.SendMessageAsync(new SendMessageRequest { MessageBody = order.Id, MessageDeduplicationId = message.MessageId });")]
    [InlineData("await sqs.SendMessageAsync(\"next\", JsonSerializer.Serialize(new Note { Id = message.MessageId }));")]
    [InlineData("await sqs.GetQueueUrlAsync(\"next\");")]
    [InlineData("try { await http.GetAsync(order.Id); } catch (JsonException) { await sqs.SendMessageAsync(\"errors\", order.Id); }")]
    [InlineData("await mine.SendMessageAsync(order.Id);")]
    public Task Sends_that_can_be_told_apart_or_are_no_work(string statements) =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                statements,
                EveryClient.Fields
                    + "\nprivate readonly Own.IAmazonSQS mine = null!;\npublic static class Own { public interface IAmazonSQS { Task SendMessageAsync(string text); } }"
            )
        );

    [Fact]
    public Task Without_the_packages_nothing_is_a_handler()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode =
                "namespace Amazon.SQS { public interface IAmazonSQS { void SendMessage(string s); } } class C { void HandleAsync(Amazon.SQS.IAmazonSQS q) => q.SendMessage(\"\"); }",
            ReferenceAssemblies = References.None,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("await sqs.SendMessageAsync(new SendMessageRequest { MessageBody = ")]
    [InlineData("await sqs.Send")]
    public Task Incomplete_code(string statements) => EffectTest.VerifyIncompleteAsync<Rule>(statements);

    [Theory]
    [InlineData("message.MessageId", false)]
    [InlineData("Guid.NewGuid().ToString()", true)]
    public async Task The_messages_id_goes_along_in_an_object_whose_type_is_missing(string id, bool isFound)
    {
        const string Call = "sqs.SendMessageAsync(new SendMessageRequest(\"next\", Encode(sent)))";
        var test = EffectTest.Test<Rule>(
            EffectTest.Handler(
                $"var sent = new CloudEvent {{ Id = {id}, Data = order }};\nawait {(isFound ? $"{{|#0:{Call}|}}" : Call)};",
                "private static string Encode(CloudEvent message) => Encoder.Encode(message);"
            )
        );
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        if (isFound)
            test.ExpectedDiagnostics.Add(AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).IgnoringAdditionalLocations());

        await test.RunAsync(TestContext.Current.CancellationToken);
    }
}
