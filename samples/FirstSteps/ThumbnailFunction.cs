using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace FirstSteps;

/// <summary>A first function: it makes a thumbnail of every picture that a message names.</summary>
public sealed class ThumbnailFunction(Action<string> makeThumbnail)
{
    /// <summary>The handler of the template.</summary>
    public SQSBatchResponse Handle(SQSEvent batch, ILambdaContext context)
    {
        var response = new SQSBatchResponse();
        foreach (var message in batch.Records)
        {
            try
            {
                makeThumbnail(message.Body);
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception, "No thumbnail of {Picture}", message.Body);
                response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
            }
        }

        return response;
    }
}
