namespace AtLeastOnce.Runtime;

public sealed partial class LambdaTestHost
{
    /// <summary>Takes a topic, bucket or bus into the host, with the functions, queues and topics that it tells.</summary>
    /// <returns>The host.</returns>
    /// <exception cref="ArgumentException">There is another one of that kind and name.</exception>
    /// <exception cref="InvalidOperationException">It belongs to another host.</exception>
    public LambdaTestHost Add(EventPublisher publisher)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return Change(() => publisher.Join(simulation));
    }

    /// <summary>A topic of the host.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public SnsTopic Topic(string name) => FindPublisher<SnsTopic>("topic", name);

    /// <summary>A bucket of the host.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public S3Bucket Bucket(string name) => FindPublisher<S3Bucket>("bucket", name);

    /// <summary>A bus of the host.</summary>
    /// <param name="name">Its name, or its logical id in the template.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public EventBus Bus(string name) => FindPublisher<EventBus>("bus", name);

    private T FindPublisher<T>(string kind, string name)
        where T : EventPublisher => Find(kind, name, simulation.Publishers.OfType<T>(), publisher => [publisher.LogicalId ?? publisher.Name, publisher.Name]);
}
