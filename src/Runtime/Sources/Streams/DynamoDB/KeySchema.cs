namespace AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

/// <summary>The key of a table's items.</summary>
internal sealed class KeySchema
{
    private readonly Dictionary<string, AttributeType> types = [];

    public KeySchema(string partitionKey, string? sortKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(partitionKey);
        if (sortKey is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(sortKey);
        if (partitionKey == sortKey)
            throw DynamoDBException.Invalid("Both the Hash Key and the Range Key element in the KeySchema have the same name");
        (PartitionKey, SortKey) = (partitionKey, sortKey);
        Names = sortKey is null ? [partitionKey] : [partitionKey, sortKey];
    }

    public string PartitionKey { get; }

    public string? SortKey { get; }

    public string[] Names { get; }

    /// <summary>The key of an item.</summary>
    /// <exception cref="DynamoDBException">The item has none, or it cannot be one.</exception>
    public AttributeMap KeyOf(AttributeMap item)
    {
        foreach (var name in Names)
            Check(name, item[name] ?? throw DynamoDBException.Invalid($"One or more parameter values were invalid: Missing the key {name} in the item"));
        return item.Only(Names);
    }

    /// <summary>A key as a test gives it.</summary>
    /// <exception cref="DynamoDBException">It is no key of the table.</exception>
    public AttributeMap ReadKey(object key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var value = AttributeReader.Read(key, 0);
        var map = value.Type == AttributeType.M ? value.Map : new([new(PartitionKey, value)]);
        if (map.Count != Names.Length || !Array.TrueForAll(Names, name => map[name] is not null))
            throw DynamoDBException.Invalid("The provided key element does not match the schema");
        return KeyOf(map);
    }

    // The type of a key is that of the first item.
    private void Check(string name, AttributeValue value)
    {
        if (value.Type is not (AttributeType.S or AttributeType.N or AttributeType.B))
            throw Mismatch("S, N or B");
        if (value.Text.Length == 0)
        {
            throw DynamoDBException.Invalid(
                $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: {name}"
            );
        }

        if (types.TryAdd(name, value.Type) || types[name] == value.Type)
            return;
        throw Mismatch($"{types[name]}");

        DynamoDBException Mismatch(string expected) =>
            DynamoDBException.Invalid($"One or more parameter values were invalid: Type mismatch for key {name} expected: {expected} actual: {value.Type}");
    }
}
