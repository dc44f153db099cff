using Test = AtLeastOnce.Analyzers.Tests.Rules.Idempotency.EffectFixTest<
    AtLeastOnce.Analyzers.Rules.Idempotency.ALO102VolatileIdentity,
    AtLeastOnce.CodeFixes.Rules.Idempotency.ALO102VolatileIdentityFix
>;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

public sealed class ALO102VolatileIdentityFixTests
{
    [Theory]
    [InlineData("Guid.NewGuid().ToString()", "message.MessageId")]
    [InlineData("Guid.NewGuid().ToString(\"N\")", "message.MessageId")]
    [InlineData("(Guid.NewGuid()).ToString()", "message.MessageId")]
    [InlineData("message.ReceiptHandle", "message.MessageId")]
    [InlineData("$\"orders/{Guid.NewGuid():N}.json\"", "$\"orders/{message.MessageId}.json\"")]
    [InlineData("\"orders/\" + Guid.NewGuid() + \".json\"", "\"orders/\" + message.MessageId + \".json\"")]
    [InlineData("order.Quantity > 1 ? Guid.NewGuid().ToString() : order.Id", "order.Quantity > 1 ? message.MessageId : order.Id")]
    [InlineData("Prefixed(/* new */ Guid.NewGuid().ToString() /* each time */)", "Prefixed(/* new */ message.MessageId /* each time */)")]
    public Task A_key_that_means_nothing(string key, string fixedKey) => FixesAsync(Put(key), Put(fixedKey).Replace("[|", "").Replace("|]", ""));

    [Theory]
    [InlineData("DateTime.UtcNow.ToString(\"O\")")]
    [InlineData("$\"{DateTime.UtcNow:yyyy/MM/dd}/{message.MessageId}.json\"")]
    [InlineData("Guid.CreateVersion7().ToString()")]
    [InlineData("Random.Shared.Next(10) + message.MessageId")]
    [InlineData("context.AwsRequestId")]
    [InlineData("message.MessageId + message.Attributes[\"ApproximateReceiveCount\"]")]
    [InlineData("Guid.NewGuid().ToString()[..8]")]
    [InlineData("Guid.NewGuid().ToString().Substring(0, 8)")]
    [InlineData("$\"{Guid.NewGuid(),40}\"")]
    [InlineData("NewId()")]
    [InlineData("new Fresh().Id")]
    public Task A_key_that_may_mean_something_or_is_made_elsewhere(string key) => OffersNothingAsync(Put(key));

    [Theory]
    [InlineData("Guid.NewGuid().ToString()")]
    [InlineData("Guid.CreateVersion7().ToString()")]
    [InlineData("DateTime.UtcNow.Ticks.ToString()")]
    [InlineData("DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString()")]
    [InlineData("DateTime.UtcNow.ToString(\"O\")")]
    [InlineData("Random.Shared.Next().ToString()")]
    [InlineData("message.ReceiptHandle")]
    public Task A_token_that_nobody_reads(string token) => FixesAsync(Send("[|", token, "|]"), Send("", "message.MessageId", ""));

    [Theory]
    [InlineData("DateTime.UtcNow.ToString(\"yyyyMMddHH\")")]
    [InlineData("$\"{order.Id}-{DateTime.UtcNow:yyyyMMdd}\"")]
    [InlineData("DateTime.Today.Ticks.ToString()")]
    [InlineData("Random.Shared.Next(10).ToString()")]
    [InlineData("message.Attributes[\"ApproximateReceiveCount\"]")]
    [InlineData("context.AwsRequestId")]
    public Task A_token_for_a_while_or_for_a_batch_may_be_meant(string token) => OffersNothingAsync(Send("[|", token, "|]"));

    [Theory]
    [InlineData("media.CreateJobAsync(new Amazon.MediaConvert.Model.CreateJobRequest { ClientRequestToken = <> })")]
    [InlineData("dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { ClientRequestToken = <> })")]
    [InlineData("steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest { Name = <> })")]
    [InlineData("sns.PublishAsync(new Amazon.SimpleNotificationService.Model.PublishRequest { MessageGroupId = \"g\", MessageDeduplicationId = <> })")]
    [InlineData("dynamo.PutItemAsync(\"t\", new Dictionary<string, AttributeValue> { [\"pk\"] = new AttributeValue(<>) })")]
    [InlineData("notes.InsertOneAsync(new Note { Id = <> })")]
    public Task Every_kind_of_identity(string call) =>
        FixesAsync("await [|" + call.Replace("<>", "Guid.NewGuid().ToString()") + "|];", "await " + call.Replace("<>", "message.MessageId") + ";");

    [Fact]
    public Task An_idempotency_key_of_a_request() =>
        FixesAsync(
            "var request = new HttpRequestMessage(HttpMethod.Post, \"https://payments\");\nrequest.Headers.Add(\"Idempotency-Key\", Guid.NewGuid().ToString());\nawait [|http.SendAsync(request)|];",
            "var request = new HttpRequestMessage(HttpMethod.Post, \"https://payments\");\nrequest.Headers.Add(\"Idempotency-Key\", message.MessageId);\nawait http.SendAsync(request);"
        );

    [Theory]
    [InlineData("request.Headers.Add(\"X-Correlation-Id\", Guid.NewGuid().ToString());")]
    [InlineData("http.DefaultRequestHeaders.Add(\"Idempotency-Key\", Guid.NewGuid().ToString());")]
    public Task A_header_that_is_no_idempotency_key_of_this_request(string header) =>
        OffersNothingAsync("var request = new HttpRequestMessage(HttpMethod.Post, \"https://payments\");\n" + header + "\nawait [|http.SendAsync(request)|];");

    [Fact]
    public Task A_variable_that_only_the_effect_uses() =>
        FixesAsync(
            "// One object a message.\nvar key = $\"orders/{Guid.NewGuid()}\"; // its key\n" + Put("key"),
            "// One object a message.\nvar key = $\"orders/{message.MessageId}\"; // its key\n" + Put("key").Replace("[|", "").Replace("|]", "")
        );

    [Fact]
    public Task A_variable_that_something_else_uses() =>
        OffersNothingAsync("var key = Guid.NewGuid().ToString();\n" + Put("key") + "\nawait http.GetAsync(\"https://shop/secret/\" + key);");

    [Fact]
    public Task A_private_method_that_one_place_calls_for_each_message() =>
        FixesAsync(
            "await StoreAsync(message);",
            "await StoreAsync(message);",
            "\nprivate Task StoreAsync(SQSEvent.SQSMessage stored) => " + Call("[|", "Guid.NewGuid().ToString()", "|]"),
            "\nprivate Task StoreAsync(SQSEvent.SQSMessage stored) => " + Call("", "stored.MessageId", "")
        );

    [Theory]
    [InlineData("await StoreAsync(message);\nawait StoreAsync(message);", "private Task StoreAsync(SQSEvent.SQSMessage stored)")]
    [InlineData("for (var i = 0; i < order.Quantity; i++)\n    await StoreAsync(message);", "private Task StoreAsync(SQSEvent.SQSMessage stored)")]
    [InlineData("await StoreAsync(message);", "public Task StoreAsync(SQSEvent.SQSMessage stored)")]
    [InlineData("await StoreAsync(message);", "private Task StoreAsync(SQSEvent.SQSMessage stored, SQSEvent.SQSMessage? other = null)")]
    [InlineData("await StoreAsync(message.Body);", "private Task StoreAsync(string stored)")]
    public Task A_method_that_may_run_more_often_or_has_no_record(string statements, string head) =>
        OffersNothingAsync(statements, "\n" + head + " => " + Call("[|", "Guid.NewGuid().ToString()", "|]"));

    [Fact]
    public Task A_lambda_for_each_message() => Test.FixesAsync(All("[|", "Guid.NewGuid().ToString()", "|]"), All("", "message.MessageId", ""));

    [Theory]
    [InlineData("foreach (var line in order.Id.Split(','))\n")]
    [InlineData("while (order.Quantity > 0)\n")]
    [InlineData("for (var i = 0; i < order.Quantity; i++)\n")]
    public Task Several_of_one_message_would_become_one(string loop) => OffersNothingAsync(loop + "    " + Put("Guid.NewGuid().ToString()"));

    [Theory]
    [InlineData("foreach (var message in batch.Records)", "")]
    [InlineData("foreach (var group in batch.Records.GroupBy(record => record.Body)) foreach (var message in group)", "")]
    [InlineData("for (var i = 0; i < batch.Records.Count; i++)", "var message = batch.Records[i];")]
    [InlineData("await Parallel.ForEachAsync(batch.Records, async (message, _) =>", "", ");")]
    [InlineData("await Task.WhenAll(batch.Records.GroupBy(record => record.Body).Select(async group => { foreach (var message in group)", "", "}));")]
    public Task A_batch_that_is_gone_through_once(string head, string first, string end = "") =>
        Test.FixesAsync(Batch(head, first, Call("[|", "Guid.NewGuid().ToString()", "|]"), end), Batch(head, first, Call("", "message.MessageId", ""), end));

    [Theory]
    [InlineData("foreach (var receiver in new[] { 1, 2 }) foreach (var message in batch.Records)", "")]
    [InlineData(
        "foreach (var receiver in new[] { 1, 2 }) foreach (var group in batch.Records.GroupBy(record => record.Body)) foreach (var message in group)",
        ""
    )]
    [InlineData("for (var attempt = 0; attempt < 3; attempt++) foreach (var message in batch.Records)", "")]
    [InlineData("while (context.RemainingTime > TimeSpan.Zero) foreach (var message in batch.Records)", "")]
    [InlineData("for (var i = 0; i < 3; i++)", "var message = batch.Records[0];")]
    [InlineData("await Task.WhenAll(new[] { 1, 2 }.Select(async receiver => { foreach (var message in batch.Records)", "", "}));")]
    public Task A_batch_that_is_gone_through_several_times(string head, string first, string end = "") =>
        Test.OffersNothingAsync(Batch(head, first, Call("[|", "Guid.NewGuid().ToString()", "|]"), end));

    [Theory]
    [InlineData("await StoreAllAsync(batch.Records);", true)]
    [InlineData("foreach (var part in batch.Records.Chunk(10)) await StoreAllAsync(part);", true)]
    [InlineData("foreach (var receiver in new[] { 1, 2 }) await StoreAllAsync(batch.Records);", false)]
    [InlineData("await StoreAllAsync(batch.Records); await StoreAllAsync(batch.Records);", false)]
    public Task A_method_that_goes_through_the_batch(string statement, bool isOnce) =>
        Test.FixesAsync(
            ThroughMethod(statement, "[|", "Guid.NewGuid().ToString()", "|]"),
            isOnce ? ThroughMethod(statement, "", "message.MessageId", "") : ThroughMethod(statement, "[|", "Guid.NewGuid().ToString()", "|]")
        );

    [Fact]
    public Task Two_on_one_service_would_become_one() => OffersNothingAsync(Put("Guid.NewGuid().ToString()") + "\n" + Put("\"copy/\" + Guid.NewGuid()"));

    [Fact]
    public Task Two_messages_in_reach() => OffersNothingAsync("var first = batch.Records[0];\n" + Put("Guid.NewGuid().ToString()"));

    [Fact]
    public Task Another_message_is_put_into_the_variable() =>
        Test.OffersNothingAsync(
            "public async Task HandleAsync(SQSEvent batch)\n{\n    var message = batch.Records[0];\n    await "
                + Call("[|", "Guid.NewGuid().ToString()", "|]")
                + "\n    message = batch.Records[1];\n    log.LogLine(message.Body);\n}\n\n"
                + EveryClient.Fields
        );

    [Theory]
    [InlineData("Amazon.Lambda.KinesisEvents.KinesisEvent", "EventId")]
    [InlineData("Amazon.Lambda.DynamoDBEvents.DynamoDBEvent", "EventID")]
    public Task A_record_of_a_stream(string type, string id) =>
        Test.FixesAsync(Stream(type, Call("[|", "$\"events/{Guid.NewGuid()}\"", "|]")), Stream(type, Call("", $"$\"events/{{record.{id}}}\"", "")));

    [Theory]
    [InlineData("Amazon.Lambda.KinesisEvents.KinesisEvent", "steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest { Name = <> })")]
    [InlineData("Amazon.Lambda.KinesisEvents.KinesisEvent", "dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { ClientRequestToken = <> })")]
    [InlineData("Amazon.Lambda.KinesisEvents.KinesisEvent", "media.CreateJobAsync(new Amazon.MediaConvert.Model.CreateJobRequest { ClientRequestToken = <> })")]
    public Task An_id_that_is_too_long_or_has_a_colon(string type, string call) =>
        Test.OffersNothingAsync(Stream(type, "[|" + call.Replace("<>", "Guid.NewGuid().ToString()") + "|];"));

    [Fact]
    public Task A_prefix_leaves_too_little_room_for_the_id() =>
        OffersNothingAsync("await [|dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { ClientRequestToken = $\"o-{Guid.NewGuid():N}\" })|];");

    [Fact]
    public Task The_refusal_of_a_duplicate_name_is_taken_for_success_in_the_same_step() =>
        Test.FixesAsync(
            EffectTest.Handler(
                "await [|steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest { Name = Guid.NewGuid().ToString() })|];",
                EveryClient.Fields
            ),
            EffectTest.Handler(
                """
                try
                {
                    await steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest { Name = message.MessageId });
                }
                catch (ExecutionAlreadyExistsException)
                {
                    // The message was handled before: a duplicate is no failure.
                }
                """,
                EveryClient.Fields
            ),
            "global using Amazon.StepFunctions.Model;\n\nnamespace Amazon.StepFunctions.Model\n{\n    public class ExecutionAlreadyExistsException : System.Exception { }\n}\n"
        );

    [Fact]
    public Task A_condition_that_refuses_the_next_delivery_from_then_on() =>
        FixesAsync(
            ConditionalPut("await [|", "Guid.NewGuid().ToString()", "|];"),
            "try\n{\n    "
                + ConditionalPut("await ", "message.MessageId", ";")
                + "\n}\ncatch (ConditionalCheckFailedException)\n{\n    // The message was handled before: a duplicate is no failure.\n}"
        );

    private static string ConditionalPut(string open, string key, string close) =>
        open
        + "dynamo.PutItemAsync(new PutItemRequest { Item = new Dictionary<string, AttributeValue> { [\"id\"] = new AttributeValue("
        + key
        + ") }, ConditionExpression = \"attribute_not_exists(id)\" })"
        + close;

    private static string Call(string open, string key, string close) =>
        open + "s3.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest { Key = " + key + " })" + close + ";";

    private static string Put(string key) => "await " + Call("[|", key, "|]");

    private static string Send(string open, string token, string close) =>
        $"await {open}sqs.SendMessageAsync(new SendMessageRequest {{ MessageGroupId = \"g\", MessageDeduplicationId = {token} }}){close};";

    private static string All(string open, string key, string close) =>
        "public Task HandleAsync(SQSEvent batch) => Task.WhenAll(batch.Records.Select(message => ProcessAsync(message)));\n\n"
        + "private async Task ProcessAsync(SQSEvent.SQSMessage message) => await "
        + Call(open, key, close)
        + "\n\n"
        + EveryClient.Fields;

    private static string Batch(string head, string first, string call, string end) =>
        $"public async Task HandleAsync(SQSEvent batch, ILambdaContext context)\n{{\n    {head}\n    {{\n        {first}\n        await {call}\n    }}{end}\n    await Task.Yield();\n}}\n\n{EveryClient.Fields}";

    private static string ThroughMethod(string statement, string open, string key, string close) =>
        $"public async Task HandleAsync(SQSEvent batch)\n{{\n    {statement}\n}}\n\n"
        + "private async Task StoreAllAsync(IEnumerable<SQSEvent.SQSMessage> messages)\n{\n    foreach (var message in messages)\n        await "
        + Call(open, key, close)
        + "\n}\n\n"
        + EveryClient.Fields;

    private static string Stream(string type, string statement) =>
        $"public async Task HandleAsync({type} batch)\n{{\n    foreach (var record in batch.Records)\n    {{\n        await {statement}\n    }}\n}}\n\n{EveryClient.Fields}";

    private static Task FixesAsync(string statements, string fixedStatements, string members = "", string? fixedMembers = null) =>
        Test.FixesAsync(
            EffectTest.Handler(statements, EveryClient.Fields + members),
            EffectTest.Handler(fixedStatements, EveryClient.Fields + (fixedMembers ?? members))
        );

    private static Task OffersNothingAsync(string statements, string members = "") =>
        Test.OffersNothingAsync(EffectTest.Handler(statements, EveryClient.Fields + members));
}
