using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Idempotency.ALO101EffectRepeated;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Every entry of the catalogue that adds, and its harmless twin.</summary>
public sealed class ALO101EveryEffectTests
{
    [Theory]
    [InlineData("functions.InvokeAsync(new Amazon.Lambda.Model.InvokeRequest { Payload = order.Id })", "invokes the function again", "Invoke")]
    [InlineData("steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest())", "starts another execution", "StartExecution")]
    [InlineData("media.CreateJobAsync(new Amazon.MediaConvert.Model.CreateJobRequest())", "starts another job", "CreateJob")]
    [InlineData("ses.SendEmailAsync(new Amazon.SimpleEmail.Model.SendEmailRequest())", "sends the e-mail again", "SendEmail")]
    [InlineData("ses2.SendEmailAsync(new Amazon.SimpleEmailV2.Model.SendEmailRequest())", "sends the e-mail again", "SendEmail")]
    [InlineData("mail.SendAsync(order)", "sends the e-mail again", "Send")]
    [InlineData("smtp.SendMailAsync(\"from\", \"to\", \"subject\", order.Id)", "sends the e-mail again", "Send")]
    [InlineData("grid.SendEmailAsync(order)", "sends the e-mail again", "Send")]
    [InlineData("redis.StringIncrementAsync(\"orders\")", "counts it again", "INCR")]
    [InlineData("redis.HashIncrementAsync(\"orders\", order.Id)", "counts it again", "INCR")]
    [InlineData("redis.ListLeftPushAsync(\"orders\", order.Id)", "appends it again", "a list push")]
    [InlineData("notes.InsertOneAsync(new Note())", "inserts another document", "InsertOne")]
    [InlineData("System.IO.File.AppendAllTextAsync(\"ledger\", order.Id)", "appends it again", "AppendAllText")]
    [InlineData("http.PostAsync(\"https://payments\", null)", "sends the request again", "an HTTP POST")]
    [InlineData("System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, \"https://payments\", order)", "sends the request again", "an HTTP POST")]
    [InlineData("http.PatchAsync(\"https://payments\", null)", "sends the request again", "an HTTP PATCH")]
    [InlineData("http.SendAsync(new HttpRequestMessage(HttpMethod.Post, \"https://payments\"))", "sends the request again", "an HTTP POST")]
    [InlineData("http.SendAsync(new HttpRequestMessage { Method = HttpMethod.Patch })", "sends the request again", "an HTTP PATCH")]
    [InlineData("Dapper.SqlMapper.ExecuteAsync(db, \"INSERT INTO orders (id) VALUES (@Id)\", order)", "inserts another row", "'INSERT INTO orders'")]
    [InlineData(
        "Dapper.SqlMapper.QuerySingleAsync<int>(db, \"INSERT INTO orders (c) VALUES (@Id) RETURNING id\", order)",
        "inserts another row",
        "'INSERT INTO orders'"
    )]
    [InlineData("Dapper.SqlMapper.ExecuteAsync(db, \"UPDATE stock SET q = q - 1\")", "changes the row again", "'UPDATE stock SET q = q - …'")]
    [InlineData(
        "Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(ef, \"INSERT INTO orders VALUES (1)\")",
        "inserts another row",
        "'INSERT INTO orders'"
    )]
    [InlineData("dynamo.UpdateItemAsync(new UpdateItemRequest { UpdateExpression = \"ADD n :one\" })", "changes 'n' again", "UpdateItem 'ADD n :one'")]
    [InlineData(
        "dynamo.UpdateItemAsync(\"t\", null, new Dictionary<string, AttributeValueUpdate> { [\"n\"] = new AttributeValueUpdate(null, AttributeAction.ADD) })",
        "adds to the item again",
        "UpdateItem with AttributeAction.ADD"
    )]
    [InlineData(
        "dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = new List<TransactWriteItem> { new TransactWriteItem { Update = new Update { UpdateExpression = \"ADD n :one\" } } } })",
        "changes 'n' again",
        "TransactWriteItems 'ADD n :one'"
    )]
    public Task Adds(string call, string again, string what) =>
        EffectTest.VerifyAsync<Rule>(
            EffectTest.Handler("await {|#0:" + call + "|};", EveryClient.Fields),
            AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).WithArguments(again, what, "message", "").IgnoringAdditionalLocations()
        );

    [Theory]
    [InlineData("s3.PutObjectAsync(new Amazon.S3.Model.PutObjectRequest { Key = order.Id })")]
    [InlineData("s3.CopyObjectAsync(new Amazon.S3.Model.CopyObjectRequest { DestinationKey = order.Id })")]
    [InlineData("transfer.UploadAsync(\"file\", \"bucket\", order.Id)")]
    [InlineData("objects.SaveAsync(order)")]
    [InlineData("table.PutItemAsync(new Amazon.DynamoDBv2.DocumentModel.Document { [\"id\"] = order.Id })")]
    [InlineData("steps.StartExecutionAsync(new Amazon.StepFunctions.Model.StartExecutionRequest { Name = order.Id })")]
    [InlineData("media.CreateJobAsync(new Amazon.MediaConvert.Model.CreateJobRequest { ClientRequestToken = message.MessageId })")]
    [InlineData("transcribe.StartTranscriptionJobAsync(new Amazon.TranscribeService.Model.StartTranscriptionJobRequest { TranscriptionJobName = order.Id })")]
    [InlineData("redis.StringSetAsync(\"last\", order.Id)")]
    [InlineData("redis.SetAddAsync(\"known\", order.Id)")]
    [InlineData("notes.InsertOneAsync(new Note { Id = order.Id })")]
    [InlineData("System.IO.File.WriteAllTextAsync(order.Id, order.Id)")]
    [InlineData("http.GetAsync(\"https://payments\")")]
    [InlineData("http.PutAsync(\"https://payments\", null)")]
    [InlineData("http.DeleteAsync(\"https://payments\")")]
    [InlineData("http.PostAsync(\"https://identity/oauth2/token\", null)")]
    [InlineData("http.PostAsync(\"https://shop/graphql\", null)")]
    [InlineData("http.PostAsync(\"https://index/_search\", null)")]
    [InlineData("http.PostAsync(\"https://identity\", new FormUrlEncodedContent(new Dictionary<string, string>()))")]
    [InlineData("http.SendAsync(new HttpRequestMessage(HttpMethod.Get, \"https://payments\"))")]
    [InlineData("Dapper.SqlMapper.ExecuteAsync(db, \"INSERT INTO orders (id) VALUES (@Id) ON CONFLICT DO NOTHING\", order)")]
    [InlineData("Dapper.SqlMapper.ExecuteAsync(db, \"UPDATE stock SET q = @Quantity\", order)")]
    [InlineData("Dapper.SqlMapper.ExecuteAsync(db, order.Id)")]
    [InlineData("dynamo.PutItemAsync(\"t\", new Dictionary<string, AttributeValue> { [\"id\"] = new AttributeValue(order.Id) })")]
    [InlineData("dynamo.UpdateItemAsync(new UpdateItemRequest { UpdateExpression = \"SET q = :q\" })")]
    [InlineData("dynamo.UpdateItemAsync(new UpdateItemRequest { UpdateExpression = order.Id })")]
    [InlineData(
        "dynamo.UpdateItemAsync(\"t\", null, new Dictionary<string, AttributeValueUpdate> { [\"n\"] = new AttributeValueUpdate(null, AttributeAction.PUT) })"
    )]
    [InlineData("dynamo.DeleteItemAsync(new DeleteItemRequest())")]
    [InlineData("dynamo.BatchWriteItemAsync(new BatchWriteItemRequest())")]
    [InlineData("dynamo.TransactWriteItemsAsync(new TransactWriteItemsRequest { ClientRequestToken = message.MessageId })")]
    public Task Writes_the_same_again(string call) => EffectTest.VerifyAsync<Rule>(EffectTest.Handler("await " + call + ";", EveryClient.Fields));
}
