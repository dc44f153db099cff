namespace AtLeastOnce.Runtime;

/// <content>Streams.</content>
public sealed partial class LambdaTestHost
{
    /// <summary>A Kinesis stream of the host.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public KinesisStream Stream(string name) => FindSource<KinesisStream>("stream", name);

    /// <summary>A DynamoDB table of the host.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public DynamoDBTable Table(string name) => FindSource<DynamoDBTable>("table", name);
}
