using System.Text;
using AtLeastOnce.Runtime.Invocation;

namespace AtLeastOnce.Runtime.Sources.Streams.DynamoDB;

/// <summary>Attributes by name, in the order given: an item, its key, or a value of type M. Two are equal whatever the order.</summary>
internal sealed class AttributeMap(IReadOnlyList<KeyValuePair<string, AttributeValue>> members) : IEquatable<AttributeMap>
{
    public static AttributeMap Empty { get; } = new([]);

    public IReadOnlyList<KeyValuePair<string, AttributeValue>> Members { get; } = members;

    public int Count => Members.Count;

    /// <summary>The size as DynamoDB counts it.</summary>
    public long Size => Members.Sum(member => Encoding.UTF8.GetByteCount(member.Key) + member.Value.Size);

    public AttributeValue? this[string name] => Members.FirstOrDefault(member => member.Key == name).Value;

    /// <summary>The attributes of that name only.</summary>
    public AttributeMap Only(params string[] names) => new([.. names.Select(name => new KeyValuePair<string, AttributeValue>(name, this[name]!))]);

    /// <summary>The attributes with others set and some removed.</summary>
    public AttributeMap With(AttributeMap changes, IReadOnlyCollection<string> removed) =>
        new([
            .. Members
                .Where(member => !removed.Contains(member.Key))
                .Select(member => new KeyValuePair<string, AttributeValue>(member.Key, changes[member.Key] ?? member.Value)),
            .. changes.Members.Where(change => this[change.Key] is null && !removed.Contains(change.Key)),
        ]);

    /// <summary>Writes the attributes as DynamoDB's JSON: <c>{"id":{"S":"a"}}</c>.</summary>
    public void Write(EventBuffer target)
    {
        target.Write("{"u8);
        for (var i = 0; i < Members.Count; i++)
        {
            if (i > 0)
                target.Write(","u8);
            target.WriteString(Members[i].Key);
            target.Write(":"u8);
            Members[i].Value.Write(target);
        }

        target.Write("}"u8);
    }

    /// <summary>The attributes as DynamoDB's JSON.</summary>
    public string ToJson()
    {
        var buffer = new EventBuffer();
        Write(buffer);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    /// <inheritdoc/>
    public bool Equals(AttributeMap? other) =>
        other is not null && Count == other.Count && Members.All(member => other[member.Key] is { } value && value.Equals(member.Value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AttributeMap);

    /// <inheritdoc/>
    public override int GetHashCode() => Count;
}
