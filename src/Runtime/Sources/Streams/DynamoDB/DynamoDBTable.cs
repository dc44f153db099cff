using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Streams;
using AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

namespace AtLeastOnce.Runtime;

/// <summary>A DynamoDB table with a stream. Records are kept for 24 hours, which cannot be set (B-42).</summary>
/// <remarks>
/// Items are made of objects: text is S, numbers are N, bytes are B; bool, null, dictionaries and objects (M), lists (L) and sets (SS, NS, BS) as one expects.
/// </remarks>
public sealed class DynamoDBTable : StreamSource
{
    private readonly KeySchema schema;
    private readonly ItemStore items;
    private readonly int shardCount;
    private StreamViewType streamViewType;
    private TableStream? stream;

    /// <summary>A table.</summary>
    /// <param name="name">3 to 255 letters, digits, hyphens, underscores and dots.</param>
    /// <param name="partitionKey">The name of the attribute that is the partition key.</param>
    /// <param name="sortKey">The name of the attribute that is the sort key; null for none.</param>
    /// <param name="shardCount">The shards of the stream, 1 to 1,000; items are dealt out to them by their partition key. DynamoDB has one for each partition.</param>
    /// <exception cref="DynamoDBException">DynamoDB refuses the name or the key schema.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of shards is out of range.</exception>
    public DynamoDBTable(string name, string partitionKey = "id", string? sortKey = null, int shardCount = 1)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(shardCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shardCount, 1000);
        if (name.Length is < 3 or > 255 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            throw DynamoDBException.Invalid("TableName must be at least 3 characters long and at most 255 characters long, of a-z, A-Z, 0-9, '_', '-' and '.'");
        }

        schema = new(partitionKey, sortKey);
        items = new(schema);
        this.shardCount = shardCount;
    }

    /// <summary>What the stream's records show. Default: the item before and after. A change holds for records to come.</summary>
    public StreamViewType StreamViewType
    {
        get => streamViewType;
        set
        {
            streamViewType = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such view type.");
            Open.Close(nameof(StreamViewType));
        }
    }

    /// <summary>The name of the attribute that is the partition key.</summary>
    public string PartitionKey => schema.PartitionKey;

    /// <summary>The name of the attribute that is the sort key; null if there is none.</summary>
    public string? SortKey => schema.SortKey;

    /// <summary>The items, by when they were inserted.</summary>
    public IReadOnlyList<DynamoDBItem> Items => Guarded(_ => items.All.Select(item => new DynamoDBItem(item)).ToArray());

    /// <summary>The records that the stream still has, in the order of arrival.</summary>
    public IReadOnlyList<DynamoDBRecord> Records => Guarded(log => log.All.Where(record => !log.IsPast(record)).Cast<DynamoDBRecord>().ToArray());

    /// <inheritdoc/>
    internal override string Kind => "Table";

    /// <inheritdoc/>
    internal override string Service => "DynamoDB";

    /// <inheritdoc/>
    internal override TimeSpan Retention => TimeSpan.FromHours(24);

    /// <inheritdoc/>
    internal override EventSourceKind ModelKind => EventSourceKind.DynamoDb;

    /// <summary>The item of a key; null if there is none.</summary>
    /// <param name="key">The key's attributes in an object or a dictionary; of a table without sort key also the value itself.</param>
    /// <exception cref="DynamoDBException">DynamoDB refuses the key.</exception>
    public DynamoDBItem? Get(object key)
    {
        var read = schema.ReadKey(key);
        return Guarded(_ => items.Find(read) is { } item ? new DynamoDBItem(item) : null);
    }

    /// <summary>Puts an item, in place of the one with the same key if there is one.</summary>
    /// <param name="item">Its attributes: an object, a dictionary, or JSON.</param>
    /// <returns>The stream's record; null if the item was there just so: then there is none (B-44).</returns>
    /// <exception cref="DynamoDBException">DynamoDB refuses the item.</exception>
    /// <exception cref="InvalidOperationException">The table belongs to no host yet.</exception>
    public DynamoDBRecord? Put(object item)
    {
        var read = AttributeReader.ReadItem(item);
        return Write(schema.KeyOf(read), _ => read);
    }

    /// <summary>Puts items.</summary>
    /// <param name="items">The attributes of each.</param>
    /// <returns>The stream's records.</returns>
    public IReadOnlyList<DynamoDBRecord> PutMany(params object[] items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return [.. items.Select(Put).OfType<DynamoDBRecord>()];
    }

    /// <summary>Sets and removes attributes of an item, which is inserted if there is none.</summary>
    /// <param name="key">The key's attributes in an object or a dictionary; of a table without sort key also the value itself.</param>
    /// <param name="changes">The attributes to set.</param>
    /// <param name="remove">The names of attributes to remove.</param>
    /// <returns>The stream's record; null if nothing changed (B-44).</returns>
    /// <exception cref="DynamoDBException">DynamoDB refuses the change.</exception>
    public DynamoDBRecord? Update(object key, object changes, params string[] remove)
    {
        ArgumentNullException.ThrowIfNull(remove);
        var (keys, read) = (schema.ReadKey(key), AttributeReader.ReadItem(changes));
        if (Array.Find(schema.Names, name => read[name] is not null || remove.Contains(name)) is { } part)
        {
            throw DynamoDBException.Invalid($"One or more parameter values were invalid: Cannot update attribute {part}. This attribute is part of the key");
        }

        return Write(keys, old => (old ?? keys).With(read, remove));
    }

    /// <summary>Deletes an item.</summary>
    /// <param name="key">The key's attributes in an object or a dictionary; of a table without sort key also the value itself.</param>
    /// <returns>The stream's record; null if there was no such item (B-44).</returns>
    /// <exception cref="DynamoDBException">DynamoDB refuses the key.</exception>
    public DynamoDBRecord? Delete(object key) => Write(schema.ReadKey(key), _ => null);

    /// <summary>Removes an item as DynamoDB's time to live does (E-22).</summary>
    /// <param name="key">The key's attributes in an object or a dictionary; of a table without sort key also the value itself.</param>
    /// <returns>The stream's record; null if there was no such item.</returns>
    /// <exception cref="DynamoDBException">DynamoDB refuses the key.</exception>
    public DynamoDBRecord? Expire(object key) => Write(schema.ReadKey(key), _ => null, isExpiry: true);

    /// <summary>
    /// Closes the stream's shards and lets a child follow each, as DynamoDB does every few hours (B-40). Mappings read a child when they are done with its parent.
    /// </summary>
    public void RollShards() =>
        Guarded(_ =>
        {
            stream!.Roll();
            return true;
        });

    /// <inheritdoc/>
    internal override void Begin(Simulation simulation, int ordinal)
    {
        var created = simulation.Options.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture);
        Arn = $"arn:aws:dynamodb:{simulation.Options.Region}:{simulation.Options.AccountId}:table/{Name}/stream/{created}";
        stream = new(Log, ordinal, shardCount);
    }

    /// <inheritdoc/>
    internal override StreamReads ReadsOf(LambdaTestHostOptions options) =>
        new(options.TablePollInterval, options.StreamReadLatency, IsPushed: false, MostRecords: 1000, MostBytes: 1024 * 1024);

    /// <inheritdoc/>
    internal override StreamEventWriter WriterFor(EventSourceMappingOptions mapping) => new DynamoDBEventWriter(Log.Simulation, Arn, stream!.Ordinal);

    /// <inheritdoc/>
    internal override bool Passes(FilterCriteria criteria, StreamRecord record, StreamEventWriter writer) =>
        ((DynamoDBEventWriter)writer).Passes(criteria, record);

    private DynamoDBRecord? Write(AttributeMap keys, Func<AttributeMap?, AttributeMap?> change, bool isExpiry = false) =>
        Guarded(_ =>
        {
            var old = items.Find(keys);
            var item = change(old);
            if (Equals(old, item))
                return null;
            items.Replace(keys, item);
            return stream!.Append(new(keys, old, item, StreamViewType, isExpiry));
        });
}
