using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

/// <summary>FIFO queues, as the template says.</summary>
public sealed class Fifo : Function
{
    // expect ALO401
    // deployed fifo reports
    public async Task<SQSBatchResponse> GoesOn(SQSEvent evnt, ILambdaContext context)
    {
        var batchItemFailures = new List<BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                context.Logger.LogError(e.Message);
                batchItemFailures.Add(new BatchItemFailure { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(batchItemFailures);
    }

    // expect ALO401
    // deployed fifo reports
    // told in Fifo.HandleAsync
    public async Task<SQSBatchResponse> GoesOnByAHelper(SQSEvent evnt)
    {
        var response = new SQSBatchResponse { BatchItemFailures = new List<BatchItemFailure>() };
        foreach (var message in evnt.Records)
            await HandleAsync(message, response.BatchItemFailures);
        return response;
    }

    private async Task HandleAsync(SQSEvent.SQSMessage message, ICollection<BatchItemFailure> failures)
    {
        try
        {
            await orders.ProcessAsync(Parse(message.Body));
        }
        catch (Exception ex)
        {
            logger.LogError(ex, "failed");
            failures.Add(Failed(message));
        }
    }

    // expect ALO401
    // deployed fifo reports
    public async Task<SQSBatchResponse> GoesOnByAValue(SQSEvent evnt)
    {
        var failed = new List<string>();
        foreach (var message in evnt.Records)
        {
            if (!await orders.TryProcessAsync(message.Body))
            {
                logger.LogWarning("{Id} failed", message.MessageId);
                failed.Add(message.MessageId);
            }
        }

        return new SQSBatchResponse(failed.ConvertAll(id => new BatchItemFailure { ItemIdentifier = id }));
    }

    // expect ALO401
    // deployed fifo reports
    public async Task<SQSBatchResponse> GoesOnForEveryCustomer(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var group in evnt.Records.GroupBy(m => m.Attributes["MessageGroupId"]))
        {
            foreach (var message in group)
            {
                try
                {
                    await orders.ProcessAsync(message.Body);
                }
                catch (Exception)
                {
                    failures.Add(Failed(message));
                }
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed fifo reports
    public async Task<SQSBatchResponse> StopsAndReportsTheRest(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        var stopped = false;
        foreach (var message in evnt.Records)
        {
            if (stopped)
            {
                failures.Add(Failed(message));
                continue;
            }

            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "stopping");
                failures.Add(Failed(message));
                stopped = true;
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed fifo reports
    public async Task<SQSBatchResponse> StopsWhereTheListHasOne(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            if (failures.Any() || !await orders.TryProcessAsync(message.Body))
                failures.Add(Failed(message));
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed fifo reports
    public async Task<SQSBatchResponse> StopsTheGroup(SQSEvent evnt)
    {
        var failedGroups = new HashSet<string>();
        var failures = new List<BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            var group = message.Attributes["MessageGroupId"];
            if (failedGroups.Contains(group))
            {
                failures.Add(Failed(message));
                continue;
            }

            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "group {Group} stops", group);
                failedGroups.Add(group);
                failures.Add(Failed(message));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed fifo reports
    public async Task<SQSBatchResponse> ReturnsTheRest(SQSEvent evnt)
    {
        foreach (var (message, index) in evnt.Records.Select((m, i) => (m, i)))
        {
            try
            {
                await orders.ProcessAsync(message.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "stopping");
                return new SQSBatchResponse(evnt.Records.Skip(index).Select(m => new BatchItemFailure { ItemIdentifier = m.MessageId }).ToList());
            }
        }

        return new SQSBatchResponse();
    }

    // expect none
    // deployed fifo reports batch=1
    public async Task<SQSBatchResponse> GoesOnWithOne(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var message in evnt.Records)
        {
            if (!await orders.TryProcessAsync(message.Body))
                failures.Add(Failed(message));
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO402
    // deployed fifo reports
    public async Task<SQSBatchResponse> AllAtOnce(SQSEvent evnt)
    {
        var results = await Task.WhenAll(
            evnt.Records.Select(async m =>
            {
                try
                {
                    await orders.ProcessAsync(m.Body);
                    return null;
                }
                catch (Exception e)
                {
                    logger.LogError(e, "failed");
                    return Failed(m);
                }
            })
        );
        return new SQSBatchResponse(results.OfType<BatchItemFailure>().ToList());
    }

    // expect ALO402
    // deployed fifo reports
    public async Task<SQSBatchResponse> InParallel(SQSEvent evnt)
    {
        var failures = new System.Collections.Concurrent.ConcurrentBag<BatchItemFailure>();
        await Parallel.ForEachAsync(
            evnt.Records,
            async (m, token) =>
            {
                try
                {
                    await orders.ProcessAsync(Parse(m.Body), token);
                }
                catch (Exception e)
                {
                    logger.LogError(e, "failed");
                    failures.Add(Failed(m));
                }
            }
        );
        return new SQSBatchResponse(failures.ToList());
    }

    // expect none
    // deployed fifo reports
    public async Task<SQSBatchResponse> GroupsInParallel(SQSEvent evnt)
    {
        var perGroup = await Task.WhenAll(evnt.Records.GroupBy(m => m.Attributes["MessageGroupId"]).Select(GroupAsync));
        return new SQSBatchResponse(perGroup.SelectMany(f => f).ToList());
    }

    private async Task<List<BatchItemFailure>> GroupAsync(IEnumerable<SQSEvent.SQSMessage> group)
    {
        var rest = group.ToList();
        while (rest.Count > 0)
        {
            try
            {
                await orders.ProcessAsync(rest[0].Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "group stops");
                break;
            }

            rest.RemoveAt(0);
        }

        return rest.Select(Failed).ToList();
    }

    // expect ALO404
    // deployed fifo reports
    public async Task<SQSBatchResponse> OneCustomerForAll(SQSEvent evnt)
    {
        var customer = evnt.Records[0].Attributes["MessageGroupId"];
        for (var i = 0; i < evnt.Records.Count; i++)
        {
            if (!await orders.TryProcessAsync($"{customer}|{evnt.Records[i].Body}"))
                return new SQSBatchResponse(evnt.Records.Skip(i).Select(Failed).ToList());
        }

        return new SQSBatchResponse();
    }

    // expect ALO201
    // deployed fifo
    public async Task Throws(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await orders.ProcessAsync(message.Body);
    }
}
