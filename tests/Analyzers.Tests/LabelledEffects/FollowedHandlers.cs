using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.DocumentModel;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Amazon.S3;
using Amazon.S3.Model;
using MediatR;

namespace Labelled;

/// <summary>Values and calls on longer ways.</summary>
public sealed class FollowedHandlers : Handlers
{
    private readonly IAmazonS3 s3 = null!;
    private readonly ITable table = null!;
    private readonly IMediator mediator = null!;
    private readonly Worker worker = new CountingWorker();
    private readonly INotifier notifier = null!;

    // expect ALO102
    public async Task APositionalRecord(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await StoreAsync(new Document(Guid.NewGuid().ToString(), message.Body));

        Task StoreAsync(Document document) => s3.PutObjectAsync(new PutObjectRequest { Key = document.Key, ContentBody = document.Body });
    }

    // expect none
    public async Task APositionalRecordOfTheMessage(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var document = new Document(message.MessageId, Guid.NewGuid() + message.Body);
            await s3.PutObjectAsync(new PutObjectRequest { Key = document.Key, ContentBody = document.Body });
        }
    }

    // expect ALO102
    public async Task ARecordWithAnotherKey(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var document = new Document(message.MessageId, message.Body);
            var copy = document with { Key = Guid.NewGuid().ToString() };
            await s3.PutObjectAsync(new PutObjectRequest { Key = copy.Key, ContentBody = copy.Body });
        }
    }

    // expect none
    public async Task ARecordWithAnotherBody(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var document = new Document(message.MessageId, message.Body);
            var copy = document with { Body = document.Body + DateTime.UtcNow };
            await s3.PutObjectAsync(new PutObjectRequest { Key = copy.Key, ContentBody = copy.Body });
        }
    }

    // expect ALO102
    public async Task AConstructorThatMakesIt(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var invoice = new Invoice(message.Body);
            await s3.PutObjectAsync(new PutObjectRequest { Key = "invoices/" + invoice.Number, ContentBody = invoice.Body });
        }
    }

    // expect none
    public async Task TheOtherMemberOfIt(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var invoice = new Invoice(message.Body);
            await s3.PutObjectAsync(new PutObjectRequest { Key = "invoices/" + invoice.Body, ContentBody = invoice.Number });
        }
    }

    // expect ALO102
    public async Task ADeconstruction(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var (key, body) = (Guid.NewGuid().ToString(), message.Body);
            await s3.PutObjectAsync(new PutObjectRequest { Key = key, ContentBody = body });
        }
    }

    // expect none
    public async Task ADeconstructionOfTheMessage(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var (key, trace) = (message.MessageId, Guid.NewGuid().ToString());
            await s3.PutObjectAsync(new PutObjectRequest { Key = key, ContentBody = trace });
        }
    }

    // expect ALO102
    public async Task AForEachOverNewOnes(SQSEvent evnt)
    {
        var documents = evnt.Records.Select(message => new Document(Guid.NewGuid().ToString(), message.Body));
        foreach (var document in documents)
            await s3.PutObjectAsync(new PutObjectRequest { Key = document.Key, ContentBody = document.Body });
    }

    // expect none
    public async Task AForEachOverMessages(SQSEvent evnt)
    {
        var documents = evnt.Records.Select(message => new Document(message.MessageId, message.Body));
        foreach (var document in documents)
            await s3.PutObjectAsync(new PutObjectRequest { Key = document.Key, ContentBody = document.Body });
    }

    // expect none
    public async Task APattern(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (JsonSerializer.Deserialize<Order>(message.Body) is { Id: var id })
                await s3.PutObjectAsync(new PutObjectRequest { Key = id, ContentBody = message.Body });
        }
    }

    // expect none
    public async Task AnAttributeOfTheMessage(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (message.MessageAttributes.TryGetValue("key", out var attribute))
                await s3.PutObjectAsync(new PutObjectRequest { Key = attribute.StringValue, ContentBody = message.Body });
        }
    }

    // expect none
    public async Task ANewIdOnlyWhereNoneIsGiven(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            var correlation = message.MessageAttributes.TryGetValue("correlation", out var given) ? given.StringValue : Guid.NewGuid().ToString();
            context.Logger.LogInformation(correlation);
            await orders.SaveAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task ADocument(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var document = new Amazon.DynamoDBv2.DocumentModel.Document { ["id"] = message.MessageId, ["trace"] = Guid.NewGuid().ToString() };
            await table.PutItemAsync(document);
        }
    }

    // expect ALO102
    public async Task ADocumentUnderANewId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var document = new Amazon.DynamoDBv2.DocumentModel.Document { ["id"] = Guid.NewGuid().ToString(), ["body"] = message.Body };
            await table.PutItemAsync(document);
        }
    }

    // expect ALO101
    public async Task AMediator(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await mediator.Send(new PayOrder(message.Body));
    }

    // expect ALO101
    public Task ATemplateMethod(SQSEvent evnt) => worker.RunAsync(evnt.Records.Select(message => message.Body));

    // expect none
    public async Task OneOfTwoNotifiers(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await notifier.NotifyAsync(message.Body);
    }

    // expect ALO101
    public async Task ALambdaInALocal(SQSEvent evnt)
    {
        Func<string, Task> count = body => stock.CountAsync(body);
        foreach (var message in evnt.Records)
            await count(message.Body);
    }

    // expect ALO101
    public async Task AMethodGroup(SQSEvent evnt) => await Task.WhenAll(evnt.Records.Select(message => message.Body).Select(stock.CountAsync));

    // expect none
    public async Task AMarkInTheRecordsOfTheObject(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await stock.SetAsync(order.Id, order.Quantity);
            await rows.InsertOnceAsync(order);
            await orders.SaveAsync(order);
        }
    }

    // expect ALO109
    public async Task AGuardThatAnswersWhenItFails(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (await IsKnownAsync(message.MessageId))
                continue;
            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect ALO109
    public async Task AClaimAroundWhichNothingIsHeard(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await rows.ClaimAsync(message.MessageId);
                await orders.ClaimAsync(message.MessageId);
            }
            catch (Exception) { }

            await stock.CountAsync(message.Body);
        }
    }

    // expect ALO109
    public async Task AQuestionAroundWhichNothingIsHeard(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            var isKnown = false;
            try
            {
                isKnown = await redis.KeyExistsAsync(message.MessageId);
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception.Message);
            }

            if (!isKnown)
                await rows.InsertAsync(Parse(message.Body));
        }
    }

    // expect ALO109
    public async Task AClaimThatMayFail(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            await RememberAsync(message.MessageId, context.Logger);
            await events.ShippedAsync(Parse(message.Body));
        }
    }

    // expect ALO109
    public async Task AClaimAskedForInATry(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                if (!await rows.ClaimAsync(message.MessageId))
                    continue;
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception.Message);
            }

            await payments.ChargeAsync(Parse(message.Body));
        }
    }

    // expect none
    public async Task AClaimWhoseRejectionOnlyIsCaught(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ClaimAsync(message.MessageId);
                await payments.ChargeAsync(Parse(message.Body));
            }
            catch (Amazon.DynamoDBv2.Model.ConditionalCheckFailedException) { }
        }
    }

    // expect none
    public async Task AMessageThatIsReported(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.SaveAsync(Parse(message.Body));
            }
            catch (Exception exception)
            {
                Console.WriteLine(exception);
                throw new InvalidOperationException(Guid.NewGuid().ToString(), exception);
            }
        }
    }

    private async Task<bool> IsKnownAsync(string id)
    {
        try
        {
            return await orders.ExistsAsync(id);
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task RememberAsync(string id, ILambdaLogger log)
    {
        try
        {
            await orders.ClaimAsync(id);
        }
        catch (Exception exception)
        {
            log.LogWarning(exception.Message);
        }
    }
}
