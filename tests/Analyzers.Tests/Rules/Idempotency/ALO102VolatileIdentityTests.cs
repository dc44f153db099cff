using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO102VolatileIdentity;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO102VolatileIdentityTests
{
    private const string Put = "s3.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest { Key = ";

    [Fact]
    public Task The_whole_message_and_where_the_value_is_made() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler("var key = {|#1:Guid.NewGuid()|}.ToString();\nawait {|#0:" + Put + "key })|};", EveryClient.Fields),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithLocation(1)
                .WithSeverity(DiagnosticSeverity.Warning)
                .WithMessage(
                    "Every redelivery writes another object: 'Key' of PutObject comes from Guid.NewGuid(), which is another one each time. Take it from the message: its id, or a key in its body."
                )
        );

    [Theory]
    [InlineData(
        "s3.CopyObjectAsync(new Amazon.S3.Model.CopyObjectRequest { DestinationKey = $\"{DateTime.UtcNow:O}\" })",
        "writes another object",
        "'DestinationKey'",
        "CopyObject",
        "DateTime.UtcNow"
    )]
    [InlineData("transfer.UploadAsync(\"file\", \"bucket\", context.AwsRequestId)", "writes another object", "'key'", "Upload", "ILambdaContext.AwsRequestId")]
    [InlineData(
        "steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest { Name = message.ReceiptHandle })",
        "starts another execution",
        "'Name'",
        "StartExecution",
        "ReceiptHandle"
    )]
    [InlineData(
        "media.CreateJobAsync(new Amazon.MediaConvert.Model.CreateJobRequest { ClientRequestToken = Random.Shared.Next().ToString() })",
        "starts another job",
        "'ClientRequestToken'",
        "CreateJob",
        "Random.Next()"
    )]
    [InlineData(
        "transcribe.StartTranscriptionJobAsync(new Amazon.TranscribeService.Model.StartTranscriptionJobRequest { TranscriptionJobName = order.Id + DateTime.UtcNow.Ticks })",
        "starts another job",
        "'TranscriptionJobName'",
        "StartTranscriptionJob",
        "DateTime.UtcNow"
    )]
    [InlineData(
        "sqs.SendMessageAsync(new SendMessageRequest { MessageGroupId = \"g\", MessageDeduplicationId = message.Attributes[\"ApproximateReceiveCount\"] })",
        "sends the message again",
        "'MessageDeduplicationId'",
        "SendMessage",
        "ApproximateReceiveCount"
    )]
    [InlineData(
        "dynamo.PutItemAsync(\"t\", new Dictionary<string, AttributeValue> { [\"pk\"] = new AttributeValue(Guid.NewGuid().ToString()) })",
        "writes another item",
        "key 'pk'",
        "PutItem",
        "Guid.NewGuid()"
    )]
    [InlineData(
        "dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { ClientRequestToken = Guid.NewGuid().ToString() })",
        "makes the transaction's writes again",
        "'ClientRequestToken'",
        "TransactWriteItems",
        "Guid.NewGuid()"
    )]
    [InlineData("notes.InsertOneAsync(new Note { Id = Guid.NewGuid().ToString() })", "inserts another document", "'Id'", "InsertOne", "Guid.NewGuid()")]
    public Task Every_kind_of_identity(string call, string again, string identity, string what, string source) =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler("await {|#0:" + call + "|};", EveryClient.Fields),
            AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(again, identity, what, source, "message", "").IgnoringAdditionalLocations()
        );

    [Fact]
    public Task The_idempotency_key_of_a_request() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                "var request = new HttpRequestMessage(HttpMethod.Post, \"https://payments\");\nrequest.Headers.Add(\"Idempotency-Key\", Guid.NewGuid().ToString());\nawait {|#0:http.SendAsync(request)|};"
            ),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("sends the request again", "its idempotency key", "an HTTP POST", "Guid.NewGuid()", "message", "")
                .IgnoringAdditionalLocations()
        );

    [Theory]
    [InlineData("var id = Guid.NewGuid(); var text = id.ToString(\"N\");", "text")]
    [InlineData("var note = new Note { Id = Guid.NewGuid().ToString() };", "note.Id")]
    [InlineData("var note = new Note(); note.Id = NewId();", "note.Id")]
    [InlineData("var fresh = new Fresh();", "fresh.Id")]
    [InlineData("var made = new Made();", "made.Id")]
    [InlineData("var line = new Line(Guid.NewGuid().ToString(), 1);", "line.Key")]
    [InlineData("var line = new Line(\"a\", 1) with { Key = NewId() };", "line.Key")]
    [InlineData("var line = new Line(NewId(), 1) with { Size = 2 };", "line.Key")]
    [InlineData("var (key, rest) = (NewId(), order.Id);", "key")]
    [InlineData("var key = order.Quantity > 1 ? NewId() : order.Id;", "key")]
    [InlineData("string key; key = NewId();", "key")]
    [InlineData("var key = Prefixed(NewId());", "key")]
    [InlineData("Guid.TryParse(NewId(), out var id);", "id.ToString()")]
    [InlineData("object boxed = Guid.NewGuid(); if (boxed is not Guid id) return;", "id.ToString()")]
    [InlineData("var lines = new[] { order }.Select(o => new Line(NewId(), 1)).ToList(); var line = lines.First();", "line.Key")]
    public Task A_value_is_followed(string statements, string key) =>
        EffectTest.VerifyAsync<Rule>(EffectTest.Handler(statements + "\nawait {|ALO102:" + Put + key + " })|};", EveryClient.Fields));

    [Theory]
    [InlineData("var note = new Note { Id = message.MessageId };", "note.Id")]
    [InlineData("var fresh = new Fresh { Id = order.Id };", "fresh.Id")]
    [InlineData("var line = new Line(order.Id, Environment.TickCount);", "line.Key")]
    [InlineData("var line = new Line(order.Id, 1) with { Size = DateTime.Now.Second };", "line.Key")]
    [InlineData("var (key, rest) = (order.Id, NewId());", "key")]
    [InlineData("var key = Prefixed(order.Id);", "key")]
    [InlineData("message.Attributes.TryGetValue(\"MessageGroupId\", out var key);", "key")]
    [InlineData("var key = message.Attributes[\"SentTimestamp\"];", "key")]
    [InlineData("var trace = NewId(); context.Logger.LogInformation(trace);", "order.Id")]
    [InlineData("var body = NewId();", "order.Id, ContentBody = body")]
    [InlineData("var lines = new[] { order }.Select(o => new Line(o.Id, 1)).ToList(); var line = lines.First();", "line.Key")]
    [InlineData("var key = Own.Guid.NewGuid();", "key")]
    public Task A_value_of_the_message(string statements, string key) =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                statements + "\nawait " + Put + key + " });",
                EveryClient.Fields + "\npublic static class Own { public static class Guid { public static string NewGuid() => \"same\"; } }"
            )
        );

    [Theory]
    [InlineData("[\"pk\"] = new AttributeValue(order.Id), [\"trace\"] = new AttributeValue(NewId())", "")]
    [InlineData(
        "[\"orderId\"] = new AttributeValue(order.Id), [\"id\"] = new AttributeValue(NewId())",
        ", ConditionExpression = \"attribute_not_exists(orderId)\""
    )]
    [InlineData("[\"id\"] = new AttributeValue(order.Id), [\"trace\"] = new AttributeValue(NewId())", ", ConditionExpression = \"attribute_not_exists(id)\"")]
    [InlineData(
        "[\"pk\"] = new AttributeValue(order.Id), [\"trace\"] = new AttributeValue(NewId())",
        ", ConditionExpression = \"attribute_not_exists(trace)\""
    )]
    [InlineData(
        "[\"id\"] = new AttributeValue(order.Id), [\"trace\"] = new AttributeValue(NewId())",
        ", ConditionExpression = \"attribute_not_exists(trace)\""
    )]
    [InlineData("[\"pk\"] = new AttributeValue(order.Id), [\"id\"] = new AttributeValue(NewId())", "")]
    public Task Another_attribute(string entries, string condition) =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                "await dynamo.PutItemAsync(new PutItemRequest { Item = new Dictionary<string, AttributeValue> { " + entries + " }" + condition + " });",
                EveryClient.Fields
            )
        );

    [Fact]
    public Task A_new_id_is_the_key_beside_what_is_only_called_key() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                "await {|#0:dynamo.PutItemAsync(new PutItemRequest { Item = new Dictionary<string, AttributeValue> { [\"id\"] = new AttributeValue(NewId()), [\"key\"] = new AttributeValue(message.Body) } })|};",
                EveryClient.Fields
            ),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("writes another item", "key 'id'", "PutItem", "Guid.NewGuid()", "message", "")
                .IgnoringAdditionalLocations()
        );

    [Fact]
    public Task A_condition_refuses_nothing_under_a_key_that_changes() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                "await {|#0:dynamo.PutItemAsync(new PutItemRequest { Item = new Dictionary<string, AttributeValue> { [\"id\"] = new AttributeValue(NewId()) }, ConditionExpression = \"attribute_not_exists(id)\" })|};",
                EveryClient.Fields
            ),
            AnalyzerVerifier<Rule>
                .Diagnostic()
                .WithLocation(0)
                .WithArguments("writes another item", "key 'id'", "PutItem", "Guid.NewGuid()", "message", "")
                .IgnoringAdditionalLocations()
        );

    [Fact]
    public Task Through_parameters_of_source_calls() =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler(
                "await StoreNewAsync(NewId());\nawait StoreAsync(order.Id);",
                EveryClient.Fields
                    + "\nprivate Task StoreNewAsync(string key) => {|ALO102:"
                    + Put
                    + "key })|};\nprivate Task StoreAsync(string key) => "
                    + Put
                    + "key });"
            )
        );

    [Fact]
    public Task Without_the_packages_nothing_is_a_handler()
    {
        var test = new CSharpAnalyzerTest<Rule>
        {
            TestCode = "class C { void HandleAsync(string[] batch) => System.IO.File.WriteAllText(System.Guid.NewGuid().ToString(), \"\"); }",
            ReferenceAssemblies = References.None,
        };
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("await s3.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest { Key = });")]
    [InlineData("var key = Guid.; await s3.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest { Key = key });")]
    [InlineData("var (key, ) = (Guid.NewGuid(), ); await s3.PutObjectAsync(key")]
    public Task Incomplete_code(string statements) => EffectTest.VerifyIncompleteAsync<Rule>(statements);
}
