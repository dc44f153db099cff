using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Microsoft.Extensions.Logging;
using static Amazon.Lambda.SQSEvents.SQSBatchResponse;

namespace Labelled;

/// <summary>Clauses that do not throw and are right.</summary>
public sealed class HarmlessCatches : Function
{
    private readonly IMetrics metrics = null!;

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> ParksPoison(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(Parse(record.Body));
            }
            catch (JsonException e)
            {
                // Cannot get better by trying again.
                await errors.ParkAsync(record, e);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(record));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> DropsADuplicate(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (ConditionalCheckFailedException)
            {
                logger.LogInformation("{Id} was handled before", record.MessageId);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(record));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> DeletesWhatIsGone(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (HttpRequestException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                logger.LogInformation("already gone");
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(record));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> ParksInTheCatchAll(SQSEvent evnt)
    {
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception e)
            {
                logger.LogError(e, "to the error queue");
                await errors.ParkAsync(record, e);
            }
        }

        return new SQSBatchResponse();
    }

    // expect none
    public async Task<SQSBatchResponse> MetricsMayFail(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            try
            {
                metrics.Count("orders");
            }
            catch (Exception e)
            {
                logger.LogWarning("no metrics: {Why}", e.Message);
            }

            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception)
            {
                failures.Add(Failed(record));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    public async Task<SQSBatchResponse> TriesAgainAtOnce(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            var attempts = 0;
            while (true)
            {
                try
                {
                    await orders.ProcessAsync(record.Body);
                    break;
                }
                catch (Exception e)
                {
                    logger.LogWarning("attempt {Attempt}: {Why}", attempts, e.Message);
                    if (++attempts == 3)
                    {
                        failures.Add(Failed(record));
                        break;
                    }
                }
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect ALO203
    // deployed standard reports
    public async Task<SQSBatchResponse> StoresAndThrowsAfterFinally(SQSEvent evnt)
    {
        Exception? fatal = null;
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (Exception e)
            {
                fatal = e;
                break;
            }
        }

        await orders.ProcessAsync("closed");
        if (fatal is not null)
            throw new InvalidOperationException("The batch has to come again", fatal);
        return new SQSBatchResponse();
    }

    // expect none
    public void OnlyLogs(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var record in evnt.Records)
            context.Logger.LogInformation($"{record.MessageId}: {record.Body}");
    }

    // expect none
    public async Task<SQSBatchResponse> GoesOnAfterTheCatch(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            Order? known = null;
            try
            {
                known = await orders.FindAsync(record.MessageId);
            }
            catch (Exception e)
            {
                logger.LogWarning("cache is down: {Why}", e.Message);
            }

            try
            {
                await orders.ProcessAsync(known ?? Parse(record.Body));
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(record));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> CountsAndReports(SQSEvent evnt, ILambdaContext context)
    {
        var (ok, failed) = (0, new List<BatchItemFailure>());
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
                ok++;
            }
            catch (Exception e)
            {
                context.Logger.LogError($"{record.MessageId}: {e.Message}");
                failed.Add(Failed(record));
            }
            finally
            {
                metrics.Count("handled");
            }
        }

        context.Logger.LogInformation($"{ok} ok, {failed.Count} failed");
        return new SQSBatchResponse { BatchItemFailures = failed };
    }

    // expect none
    public async Task<SQSBatchResponse> DropsUnreadable(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            Order order;
            try
            {
                order = Parse(record.Body);
            }
            catch (Exception e)
            {
                // An order that cannot be read is dropped on purpose: no retry makes it readable.
                logger.LogError(e, "dropped {Id}", record.MessageId);
                continue;
            }

            try
            {
                await orders.ProcessAsync(order);
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(record));
            }
        }

        return new SQSBatchResponse(failures);
    }

    // expect none
    // deployed standard reports
    public async Task<SQSBatchResponse> RethrowsWhatIsFatal(SQSEvent evnt)
    {
        var failures = new List<BatchItemFailure>();
        foreach (var record in evnt.Records)
        {
            try
            {
                await orders.ProcessAsync(record.Body);
            }
            catch (UnauthorizedAccessException)
            {
                throw;
            }
            catch (Exception e)
            {
                logger.LogError(e, "failed");
                failures.Add(Failed(record));
            }
        }

        return new SQSBatchResponse(failures);
    }
}
