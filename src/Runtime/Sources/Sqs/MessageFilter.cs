using System.Text;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Runtime.Sources.Sqs;

/// <summary>The filters of a mapping applied to a queue's messages.</summary>
internal sealed class MessageFilter(MessageStore store, FilterCriteria criteria)
{
    /// <summary>Whether the message reaches the function.</summary>
    public bool Passes(SqsMessage message) => criteria.MatchesSqs(Encoding.UTF8.GetString(message.BodyBytes), Fields(message));

    private JsonValue Fields(SqsMessage message) =>
        JsonValue.Object([
            new("messageId", JsonValue.String(message.MessageId)),
            new("eventSource", JsonValue.String("aws:sqs")),
            new("eventSourceARN", JsonValue.String(store.Queue.Arn)),
            new("awsRegion", JsonValue.String(store.Simulation.Options.Region)),
        ]);
}
