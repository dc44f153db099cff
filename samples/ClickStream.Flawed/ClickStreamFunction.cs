using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace ClickStream.Flawed;

/// <summary>A click as the site sends it; its partition key is the visitor.</summary>
public sealed record Click(string Visitor, string Page, string? Advertisement = null);

/// <summary>Where clicks of one kind are kept.</summary>
public interface IClickTable
{
    /// <summary>Puts a click.</summary>
    /// <param name="id">What tells it from all others.</param>
    /// <param name="click">The click.</param>
    Task PutAsync(string id, Click click);
}

/// <summary>Splits a click stream in two. One bad record must not block the shard: so every failure is caught, and the clicks of a short outage are gone.</summary>
public sealed class ClickStreamFunction(IClickTable advertisements, IClickTable pages)
{
    /// <summary>Lambda makes the function with this one.</summary>
    public ClickStreamFunction()
        : this(
            new DynamoClickTable(new AmazonDynamoDBClient(), Environment.GetEnvironmentVariable("ADVERTISEMENTS_TABLE")!),
            new DynamoClickTable(new AmazonDynamoDBClient(), Environment.GetEnvironmentVariable("PAGES_TABLE")!)
        ) { }

    /// <summary>The handler of the template.</summary>
    public async Task HandleAsync(KinesisEvent batch, ILambdaContext context)
    {
        foreach (var record in batch.Records)
        {
            try
            {
                var click = JsonSerializer.Deserialize<Click>(record.Kinesis.Data) ?? throw new JsonException("The record holds no click.");
                await (click.Advertisement is null ? pages : advertisements).PutAsync(Guid.NewGuid().ToString(), click);
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception, "Record {SequenceNumber} failed", record.Kinesis.SequenceNumber);
            }
        }
    }
}
