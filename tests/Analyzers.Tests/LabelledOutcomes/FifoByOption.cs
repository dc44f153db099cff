using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

/// <summary>Queues of which <c>alo.queues_are_fifo</c> says that they are FIFO queues.</summary>
public sealed class FifoByOption : Function
{
    // expect ALO401
    public async Task<SQSBatchResponse> PaymentsGoOn(SQSEvent sqsEvent, ILambdaContext context)
    {
        List<BatchItemFailure> fails = new();
        for (int n = 0; n < sqsEvent.Records.Count; n++)
        {
            SQSEvent.SQSMessage payment = sqsEvent.Records[n];
            try
            {
                await orders.ProcessAsync(payment.Body);
                context.Logger.LogInformation($"{payment.MessageId} booked");
            }
            catch (Exception x)
            {
                context.Logger.LogError($"{payment.MessageId} not booked: {x}");
                fails.Add(new() { ItemIdentifier = payment.MessageId });
            }
        }

        return new(fails);
    }

    // expect none
    public async Task<SQSBatchResponse> PaymentsStop(SQSEvent sqsEvent)
    {
        var remaining = new LinkedList<SQSEvent.SQSMessage>(sqsEvent.Records);
        try
        {
            while (remaining.First is { } next)
            {
                await orders.ProcessAsync(next.Value.Body);
                remaining.RemoveFirst();
            }
        }
        catch (Exception x)
        {
            logger.LogError(x, "{Count} payments are given back", remaining.Count);
        }

        return new SQSBatchResponse(remaining.Select(Failed).ToList());
    }

    // expect ALO402
    public async Task<SQSBatchResponse> PaymentsAtOnce(SQSEvent sqsEvent)
    {
        var done = await Task.WhenAll(sqsEvent.Records.Select(p => orders.TryProcessAsync(p.Body)));
        return new SQSBatchResponse(sqsEvent.Records.Where((_, i) => !done[i]).Select(Failed).ToList());
    }

    // expect ALO212
    public async Task<SQSBatchResponse> PaymentsReportOne(SQSEvent sqsEvent)
    {
        var fails = new List<BatchItemFailure>();
        foreach (var payment in sqsEvent.Records)
        {
            if (!await orders.TryProcessAsync(payment.Body))
            {
                fails.Add(Failed(payment));
                break;
            }
        }

        return new SQSBatchResponse(fails);
    }

    // expect none
    public async Task<SQSBatchResponse> PaymentsPriced(SQSEvent sqsEvent)
    {
        var known = await Task.WhenAll(sqsEvent.Records.Select(p => LookUpAsync(p)));
        for (var i = 0; i < known.Length; i++)
        {
            try
            {
                await orders.ProcessAsync(known[i] ?? throw new InvalidOperationException("unknown order"));
            }
            catch (Exception x)
            {
                logger.LogError(x, "stopped");
                return new SQSBatchResponse(sqsEvent.Records.Skip(i).Select(Failed).ToList());
            }
        }

        return new SQSBatchResponse();
    }

    private async Task<Order?> LookUpAsync(SQSEvent.SQSMessage payment)
    {
        try
        {
            return await orders.FindAsync(payment.Body);
        }
        catch (Exception x)
        {
            logger.LogError(x, "not found");
            return null;
        }
    }
}
