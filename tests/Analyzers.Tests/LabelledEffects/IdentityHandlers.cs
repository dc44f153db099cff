using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.DataModel;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS.Model;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;

namespace Labelled;

/// <summary>Where the identity of what is written comes from.</summary>
public sealed class IdentityHandlers : Handlers
{
    private readonly IAmazonS3 s3 = null!;
    private readonly IAmazonStepFunctions steps = null!;
    private readonly IDynamoDBContext context = null!;

    // expect ALO102
    public async Task SavesUnderANewId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await orders.SaveNewAsync(Parse(message.Body));
    }

    // expect none
    public async Task SavesUnderTheOrdersId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await orders.SaveAsync(Parse(message.Body));
    }

    // expect ALO102
    public async Task PutsUnderANewKey(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var id = Guid.NewGuid();
            await dynamo.PutItemAsync("orders", new Dictionary<string, AttributeValue> { ["pk"] = new AttributeValue($"ORDER#{id}") });
        }
    }

    // expect none
    public async Task PutsWithANewAttribute(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await dynamo.PutItemAsync(
                "orders",
                new Dictionary<string, AttributeValue>
                {
                    ["pk"] = new AttributeValue($"ORDER#{message.MessageId}"),
                    ["trace"] = new AttributeValue(Guid.NewGuid().ToString()),
                    ["at"] = new AttributeValue(DateTime.UtcNow.ToString("O")),
                }
            );
        }
    }

    // expect ALO102
    public async Task PutsUnderTheTime(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var item = new Dictionary<string, AttributeValue>
            {
                { "pk", new AttributeValue(Parse(message.Body).CustomerId) },
                { "sk", new AttributeValue(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString()) },
            };
            await dynamo.PutItemAsync(new PutItemRequest("orders", item));
        }
    }

    // expect ALO102
    public async Task StoresUnderANewName(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = "documents",
                    Key = $"incoming/{Guid.NewGuid():N}.json",
                    ContentBody = message.Body,
                }
            );
        }
    }

    // expect none
    public async Task StoresUnderTheMessagesId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = "documents",
                    Key = $"incoming/{message.MessageId}.json",
                    ContentBody = message.Body,
                }
            );
        }
    }

    // expect ALO102
    public async Task StoresUnderTheReceipt(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await s3.PutObjectAsync(new PutObjectRequest { Key = message.ReceiptHandle, ContentBody = message.Body });
    }

    // expect ALO102
    public async Task StoresUnderTheRequest(SQSEvent evnt, ILambdaContext lambda)
    {
        for (var i = 0; i < evnt.Records.Count; i++)
            await s3.PutObjectAsync(new PutObjectRequest { Key = $"{lambda.AwsRequestId}/{i}", ContentBody = evnt.Records[i].Body });
    }

    // expect none
    public async Task LogsTheRequest(SQSEvent evnt, ILambdaContext lambda)
    {
        foreach (var message in evnt.Records)
        {
            lambda.Logger.LogInformation($"{lambda.AwsRequestId} {message.ReceiptHandle}");
            await orders.SaveAsync(Parse(message.Body));
        }
    }

    // expect ALO102
    public async Task StartsUnderANewName(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await steps.StartExecutionAsync(new StartExecutionRequest { Name = Guid.NewGuid().ToString(), Input = message.Body });
    }

    // expect none
    public async Task StartsUnderTheOrdersName(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await steps.StartExecutionAsync(new StartExecutionRequest { Name = "order-" + order.Id, Input = message.Body });
        }
    }

    // expect ALO101
    public async Task StartsWithoutAName(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await StartAsync(message.Body);

        Task StartAsync(string input) => steps.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = "shipping", Input = input });
    }

    // expect ALO102
    public async Task SavesAnObjectWithANewKey(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await s3.PutObjectAsync(new PutObjectRequest { Key = new Shipment { OrderId = message.Body }.Id, ContentBody = message.Body });
    }

    // expect none
    public async Task SavesAnObjectOverItsDefaultKey(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var shipment = new Shipment { Id = message.MessageId, OrderId = message.Body };
            await s3.PutObjectAsync(new PutObjectRequest { Key = shipment.Id, ContentBody = message.Body });
        }
    }

    // expect none
    public async Task SavesARecordOfTheBody(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await context.SaveAsync(JsonSerializer.Deserialize<Order>(message.Body)!);
    }

    // expect ALO102
    public async Task DeduplicatesByANewId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await events.ShippedInOrderAsync(Parse(message.Body), Guid.NewGuid().ToString());
    }

    // expect none
    public async Task DeduplicatesByTheOrder(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await events.ShippedInOrderAsync(Parse(message.Body));
    }

    // expect ALO102
    public async Task ChargesUnderANewKey(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await payments.ChargeAsync(Parse(message.Body), Guid.NewGuid().ToString());
    }

    // expect none
    public async Task ChargesUnderTheMessagesId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await payments.ChargeAsync(Parse(message.Body), message.MessageId);
    }

    // expect none
    public async Task WaitsRandomly(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await Task.Delay(Random.Shared.Next(100));
            await orders.SaveAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task KeepsATemporaryFile(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());
            await File.WriteAllTextAsync(path, message.Body);
            await s3.PutObjectAsync(new PutObjectRequest { Key = message.MessageId, ContentBody = await File.ReadAllTextAsync(path) });
        }
    }

    // expect none
    public async Task OrdersByDate(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var sent = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(message.Attributes["SentTimestamp"]));
            await s3.PutObjectAsync(new PutObjectRequest { Key = $"{sent:yyyy/MM/dd}/{message.MessageId}", ContentBody = message.Body });
        }
    }

    // expect ALO102
    public async Task NamesByTheReceiveCount(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var attempt = message.Attributes["ApproximateReceiveCount"];
            await s3.PutObjectAsync(new PutObjectRequest { Key = $"{message.MessageId}-{attempt}", ContentBody = message.Body });
        }
    }

    // expect none
    public async Task LogsTheReceiveCount(SQSEvent evnt, ILambdaContext lambda)
    {
        foreach (var message in evnt.Records)
        {
            lambda.Logger.LogWarning("attempt " + message.Attributes["ApproximateReceiveCount"]);
            await s3.PutObjectAsync(new PutObjectRequest { Key = message.MessageId, ContentBody = message.Body });
        }
    }

    // expect ALO102
    public async Task NamesByRandomness(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var suffix = NewSuffix();
            await s3.PutObjectAsync(new PutObjectRequest { Key = Parse(message.Body).Id + suffix, ContentBody = message.Body });
        }
    }

    // expect none
    public async Task SendsAClaimCheck(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var correlation = Guid.NewGuid().ToString();
            using var scope = new StringReader(correlation);
            await sqs.SendMessageAsync(
                new SendMessageRequest
                {
                    QueueUrl = "next.fifo",
                    MessageGroupId = "all",
                    MessageDeduplicationId = message.MessageId,
                    MessageBody = JsonSerializer.Serialize(new { correlation, message.Body }),
                }
            );
        }
    }

    private static string NewSuffix() => "-" + Random.Shared.NextInt64().ToString("x");
}
