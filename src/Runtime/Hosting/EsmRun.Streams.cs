namespace AtLeastOnce.Runtime;

/// <content>Streams.</content>
public sealed partial class EsmRun
{
    /// <summary>A Kinesis stream at the end of the run.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public StreamView Stream(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return (StreamView)views[(Find<KinesisStream>("stream", name), null)];
    }

    /// <summary>The stream of a DynamoDB table at the end of the run.</summary>
    /// <param name="name">The table's name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public StreamView Table(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return (StreamView)views[(Find<DynamoDBTable>("table", name), null)];
    }
}
