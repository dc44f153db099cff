using System.Globalization;
using System.Text;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

/// <summary>An S3 bucket without versions. Its notifications tell of objects that are put and deleted (N-5).</summary>
/// <param name="name">Its name.</param>
public sealed class S3Bucket(string name) : EventPublisher(name)
{
    private const string CreatedByPut = "ObjectCreated:Put";
    private const string RemovedByDelete = "ObjectRemoved:Delete";

    private readonly List<S3Object> objects = [];
    private readonly List<S3Notification> notifications = [];
    private int records;
    private long requests;

    /// <summary>The objects in it, by the time they were put.</summary>
    public IReadOnlyList<S3Object> Objects => objects;

    /// <inheritdoc/>
    internal override string Kind => "Bucket";

    /// <summary>Invokes a function asynchronously for each object that is put or deleted, with an event of one record (N-5).</summary>
    /// <param name="function">The function.</param>
    /// <param name="events">The event types: <c>s3:ObjectCreated:*</c>, <c>s3:ObjectRemoved:Delete</c>…; null (the default) for all that are created.</param>
    /// <param name="prefix">What the key must begin with.</param>
    /// <param name="suffix">What the key must end with.</param>
    /// <returns>The bucket.</returns>
    /// <exception cref="AwsErrorException">S3 does not know an event type, or two notifications overlap (N-6).</exception>
    public S3Bucket Notify(LambdaFunction function, IEnumerable<string>? events = null, string prefix = "", string suffix = "") =>
        Notify((IDestination)function, events, prefix, suffix);

    /// <summary>Sends a message to a standard queue for each object that is put or deleted; its body is the event (N-5).</summary>
    /// <inheritdoc cref="Notify(LambdaFunction, IEnumerable{string}, string, string)"/>
    public S3Bucket Notify(SqsQueue queue, IEnumerable<string>? events = null, string prefix = "", string suffix = "")
    {
        StandardOnly.Check(queue, nameof(queue));
        return Notify((IDestination)queue, events, prefix, suffix);
    }

    /// <summary>Publishes a message to a topic for each object that is put or deleted; its text is the event (N-5).</summary>
    /// <inheritdoc cref="Notify(LambdaFunction, IEnumerable{string}, string, string)"/>
    public S3Bucket Notify(SnsTopic topic, IEnumerable<string>? events = null, string prefix = "", string suffix = "") =>
        Notify((IDestination)topic, events, prefix, suffix);

    /// <summary>Puts an object, in place of one of the same key.</summary>
    /// <param name="key">Its key, 1 to 1,024 bytes.</param>
    /// <param name="content">Its text.</param>
    /// <returns>The object.</returns>
    /// <exception cref="AwsErrorException">S3 refuses the key.</exception>
    /// <exception cref="InvalidOperationException">The bucket belongs to no host yet.</exception>
    public S3Object Put(string key, string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Put(key, Encoding.UTF8.GetBytes(content));
    }

    /// <summary>Puts an object, in place of one of the same key.</summary>
    /// <param name="key">Its key, 1 to 1,024 bytes.</param>
    /// <param name="content">Its bytes.</param>
    /// <returns>The object.</returns>
    /// <exception cref="AwsErrorException">S3 refuses the key.</exception>
    /// <exception cref="InvalidOperationException">The bucket belongs to no host yet.</exception>
    public S3Object Put(string key, ReadOnlyMemory<byte> content)
    {
        Check(key);
        return Guarded(at => Put(at, new S3Object(key, content.ToArray())));
    }

    /// <summary>Deletes an object.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether there was one; if not, nobody is told (N-7).</returns>
    /// <exception cref="AwsErrorException">S3 refuses the key.</exception>
    /// <exception cref="InvalidOperationException">The bucket belongs to no host yet.</exception>
    public bool Delete(string key)
    {
        Check(key);
        return Guarded(at =>
        {
            if (objects.Find(candidate => candidate.Key == key) is not { } existing)
                return false;
            objects.Remove(existing);
            Tell(at, RemovedByDelete, existing);
            return true;
        });
    }

    /// <inheritdoc/>
    private protected override string ArnIn(LambdaTestHostOptions options) => $"arn:aws:s3:::{Name}";

    /// <inheritdoc/>
    private protected override void Accept(DestinationRecord record)
    {
        var at = Simulation.TimeAt(record.At);
        var id = Simulation.Choices.GuidText(IdKind.DestinationObject, records++);
        var key = string.Create(CultureInfo.InvariantCulture, $"{record.ObjectKeyPrefix}{at:yyyy/MM/dd}/{at:yyyy-MM-dd'T'HH.mm.ss}-{id}");
        Put(record.At, new S3Object(key, Encoding.UTF8.GetBytes(record.JsonWithPayload)));
    }

    private S3Bucket Notify(IDestination target, IEnumerable<string>? events, string prefix, string suffix)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(suffix);
        var added = new S3Notification(target, [.. events ?? ["s3:ObjectCreated:*"]], prefix, suffix);
        added.Check();
        if (notifications.Exists(added.Overlaps))
        {
            throw new AwsErrorException(
                "InvalidArgument",
                "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.",
                "N-6"
            );
        }

        AddTarget(target);
        notifications.Add(added);
        return this;
    }

    private S3Object Put(long at, S3Object added)
    {
        objects.RemoveAll(existing => existing.Key == added.Key);
        objects.Add(added);
        Tell(at, CreatedByPut, added);
        return added;
    }

    private void Tell(long at, string eventName, S3Object about)
    {
        var number = requests++;
        var host = Simulation;
        host.History.Add(new ObjectChanged(TimeSpan.FromTicks(at), Name, eventName, about.Key));
        foreach (var notification in notifications.Where(candidate => candidate.Wants(eventName, about.Key)))
        {
            var request = host.Choices.Id(IdKind.BucketRequest, ((long)host.Publishers.IndexOf(this) << 32) + number);
            var json = S3NotificationEvent.Write(
                new(host.TimeAt(at), host.Options.Region, eventName, Name, Arn, request.High, number),
                notification.Id,
                about,
                isRemoved: eventName == RemovedByDelete
            );
            Deliver(notification.Target, new(at, json) { From = Label, Subject = "Amazon S3 Notification" });
        }
    }

    private static void Check(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length == 0)
            throw new AwsErrorException("InvalidArgument", "The object key is empty.", "N-5");
        if (Encoding.UTF8.GetByteCount(key) > 1024)
            throw new AwsErrorException("KeyTooLongError", "Your key is too long", "N-5");
    }
}
