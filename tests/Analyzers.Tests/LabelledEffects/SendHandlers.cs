using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Lambda;
using Amazon.Lambda.Core;
using Amazon.Lambda.Model;
using Amazon.Lambda.SQSEvents;
using Amazon.MediaConvert;
using Amazon.MediaConvert.Model;
using Amazon.SimpleEmail;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using Amazon.SQS.Model;
using AWS.Messaging;
using Confluent.Kafka;
using MassTransit;
using RabbitMQ.Client;

namespace Labelled;

/// <summary>Messages, events, e-mail and jobs.</summary>
public sealed class SendHandlers : Handlers
{
    private readonly IAmazonSimpleNotificationService sns = null!;
    private readonly IAmazonEventBridge bus = null!;
    private readonly IAmazonKinesis kinesis = null!;
    private readonly IAmazonLambda lambda = null!;
    private readonly IAmazonMediaConvert media = null!;
    private readonly IAmazonSimpleEmailService mail = null!;
    private readonly IMessagePublisher publisher = null!;
    private readonly IModel rabbit = null!;
    private readonly IProducer<string, string> kafka = null!;
    private readonly IPublishEndpoint endpoint = null!;

    // expect ALO111
    public async Task Sends(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await events.ShippedAsync(Parse(message.Body));
    }

    // expect ALO111
    public async Task SendsHere(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await sqs.SendMessageAsync("next", message.Body);
    }

    // expect none
    public async Task SendsWithTheMessagesId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var shipped = new Shipment { Id = message.MessageId, OrderId = message.Body };
            await sqs.SendMessageAsync("next", JsonSerializer.Serialize(shipped));
        }
    }

    // expect none
    public async Task SendsToAFifoQueue(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await events.ShippedInOrderAsync(Parse(message.Body));
    }

    // expect none
    public async Task SendsToAFifoQueueByContent(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var request = new SendMessageRequest("next.fifo", message.Body) { MessageGroupId = "all" };
            await sqs.SendMessageAsync(request);
        }
    }

    // expect ALO111
    public async Task SendsABatch(SQSEvent evnt)
    {
        var entries = evnt.Records.Select((message, i) => new SendMessageBatchRequestEntry { Id = i.ToString(), MessageBody = message.Body }).ToList();
        await sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = "next", Entries = entries });
    }

    // expect ALO111
    public async Task Publishes(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await sns.PublishAsync("topic", message.Body);
    }

    // expect ALO111
    public async Task PublishesARequest(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await sns.PublishAsync(new PublishRequest { TopicArn = "topic", Message = $"shipped {message.Body}" });
    }

    // expect ALO102
    public async Task PublishesUnderANewId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await sns.PublishAsync(
                new PublishRequest
                {
                    TopicArn = "topic.fifo",
                    Message = message.Body,
                    MessageGroupId = "all",
                    MessageDeduplicationId = Guid.NewGuid().ToString(),
                }
            );
        }
    }

    // expect ALO111
    public async Task PutsEvents(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await bus.PutEventsAsync(
                new PutEventsRequest
                {
                    Entries = new List<PutEventsRequestEntry>
                    {
                        new PutEventsRequestEntry { DetailType = "shipped", Detail = message.Body },
                    },
                }
            );
        }
    }

    // expect none
    public async Task PutsEventsWithTheMessagesId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var detail = new Shipment { Id = message.MessageId, OrderId = message.Body };
            var entry = new PutEventsRequestEntry { DetailType = "shipped", Detail = JsonSerializer.Serialize(detail) };
            await bus.PutEventsAsync(new PutEventsRequest { Entries = new List<PutEventsRequestEntry> { entry } });
        }
    }

    // expect ALO111
    public async Task PutsARecord(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await kinesis.PutRecordAsync(new PutRecordRequest { PartitionKey = message.MessageId, Data = Encoding.UTF8.GetBytes(message.Body) });
    }

    // expect ALO101
    public async Task Invokes(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await lambda.InvokeAsync(new InvokeRequest { FunctionName = "bill", Payload = message.Body });
    }

    // expect ALO101
    public async Task StartsAJob(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (message.Body.Length > 0)
                await media.CreateJobAsync(new CreateJobRequest { Role = "convert" });
        }
    }

    // expect none
    public async Task StartsAJobWithAToken(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await media.CreateJobAsync(new CreateJobRequest { Role = "convert", ClientRequestToken = message.MessageId });
    }

    // expect ALO102
    public async Task StartsAJobWithANewToken(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await media.CreateJobAsync(new CreateJobRequest { Role = "convert", ClientRequestToken = Guid.NewGuid().ToString() });
    }

    // expect ALO101
    public async Task Mails(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await ReceiptAsync(Parse(message.Body));

        Task ReceiptAsync(Order order) => mail.SendEmailAsync(new Amazon.SimpleEmail.Model.SendEmailRequest { Source = order.CustomerId });
    }

    // expect ALO111
    public async Task PublishesByTheFramework(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await publisher.PublishAsync(new Parcel(message.Body));
    }

    // expect ALO111
    public void PublishesToRabbit(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            rabbit.BasicPublish("orders", "shipped", "", Encoding.UTF8.GetBytes(message.Body));
    }

    // expect ALO111
    public async Task Produces(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await kafka.ProduceAsync("orders", new Message<string, string> { Key = message.Body, Value = message.Body });
    }

    // expect ALO111
    public async Task PublishesByMassTransit(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await endpoint.Publish(new Parcel(message.Body));
    }

    // expect none
    public async Task AsksForAQueue(SQSEvent evnt)
    {
        var url = await sqs.GetQueueUrlAsync("next");
        foreach (var message in evnt.Records)
            await orders.SaveAsync(Parse(message.Body));
        Console.WriteLine(url);
    }

    // expect none
    public async Task SendsToTheErrorQueue(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.SaveAsync(Parse(message.Body));
            }
            catch (JsonException)
            {
                await sqs.SendMessageAsync("errors", message.Body);
            }
        }
    }

    // expect none
    public async Task SendsAfterTheClaim(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await orders.ClaimAsync(message.MessageId);
            await events.ShippedAsync(Parse(message.Body));
        }
    }

    // expect ALO111
    public async Task SendsAndSaves(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await orders.SaveAsync(order);
            await events.ShippedAsync(order);
            context.Logger.LogInformation(Guid.NewGuid().ToString());
        }
    }

    // expect ALO111
    public async Task SendsFromALambda(SQSEvent evnt)
    {
        await Task.WhenAll(evnt.Records.Select(async message => await sqs.SendMessageAsync("next", message.Body)));
    }

    // expect ALO111
    public Task SendsByAMethodGroup(SQSEvent evnt) => Task.WhenAll(evnt.Records.Select(message => message.Body).Select(Parse).Select(events.ShippedAsync));

    public sealed record Parcel(string Text);
}
