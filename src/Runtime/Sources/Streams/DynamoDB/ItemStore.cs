namespace AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

/// <summary>The items of a table.</summary>
internal sealed class ItemStore(KeySchema schema)
{
    private const int MaximumBytes = 400 * 1024;

    private readonly Dictionary<string, (long Order, AttributeMap Item)> items = [];
    private long inserted;

    /// <summary>The items, by when they were inserted.</summary>
    public IEnumerable<AttributeMap> All => items.Values.OrderBy(entry => entry.Order).Select(entry => entry.Item);

    public AttributeMap? Find(AttributeMap key) => items.TryGetValue(TextOf(key), out var entry) ? entry.Item : null;

    /// <summary>Sets the item of a key; null removes it.</summary>
    /// <exception cref="DynamoDBException">The item is too large.</exception>
    public void Replace(AttributeMap key, AttributeMap? item)
    {
        var text = TextOf(key);
        if (item is null)
        {
            items.Remove(text);
            return;
        }

        if (item.Size > MaximumBytes)
            throw DynamoDBException.Invalid("Item size has exceeded the maximum allowed size");
        items[text] = (items.TryGetValue(text, out var old) ? old.Order : ++inserted, item);
    }

    private string TextOf(AttributeMap key) => key.Only(schema.Names).ToJson();
}
