namespace AtLeastOnce.Deployment.Readers.Yaml;

/// <summary>A node of a YAML or JSON text with its exact span, a tag included.</summary>
internal abstract class YamlNode(int start, int end, string? tag)
{
    /// <summary>Offset of the first character.</summary>
    public int Start { get; } = start;

    /// <summary>Offset after the last character; blank ends are not part of a node.</summary>
    public int End { get; } = end;

    /// <summary>A local tag (<c>!Ref</c>); null for none and for YAML's own ones.</summary>
    public string? Tag { get; } = tag;

    /// <summary>Whether the node is an alias (<c>*name</c>) of another one: its span is the alias, its content the other's.</summary>
    public bool IsAlias { get; private set; }

    /// <summary>Nodes in it, itself and the content of aliases included.</summary>
    public abstract long Size { get; }

    /// <summary>The nesting below it.</summary>
    public abstract int Depth { get; }

    /// <summary>The same content at an alias.</summary>
    public YamlNode AliasAt(int start, int end)
    {
        var copy = CopyAt(start, end);
        copy.IsAlias = true;
        return copy;
    }

    /// <summary>The same content with another span.</summary>
    protected abstract YamlNode CopyAt(int start, int end);
}

/// <summary>A scalar.</summary>
internal sealed class YamlScalar(int start, int end, string? tag, string value, bool isPlain) : YamlNode(start, end, tag)
{
    /// <summary>The content.</summary>
    public string Value { get; } = value;

    /// <summary>Whether it is written without quotes and in no block, so that <c>yes</c> or <c>~</c> are no texts.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <summary>Whether it is nothing, or written as null.</summary>
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    /// <inheritdoc/>
    public override long Size => 1;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <inheritdoc/>
    protected override YamlNode CopyAt(int start, int end) => new YamlScalar(start, end, Tag, Value, IsPlain);
}

/// <summary>A key with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>A mapping.</summary>
internal sealed class YamlMapping(int start, int end, string? tag, IReadOnlyList<YamlEntry> entries, bool isFlow) : YamlNode(start, end, tag)
{
    /// <summary>The key that brings in the entries of other mappings.</summary>
    public const string MergeKey = "<<";

    private readonly Dictionary<string, YamlEntry> byName = Index(entries);

    /// <summary>The entries as written.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    /// <summary>Whether it is written in braces.</summary>
    public bool IsFlow { get; } = isFlow;

    /// <summary>The entries that count, by name: merge keys followed, of equal keys the last.</summary>
    public IReadOnlyDictionary<string, YamlEntry> ByName => byName;

    /// <inheritdoc/>
    public override long Size { get; } = 1 + entries.Sum(entry => entry.Value.Size + 1);

    /// <inheritdoc/>
    public override int Depth { get; } = entries.Count == 0 ? 0 : 1 + entries.Max(entry => entry.Value.Depth);

    /// <summary>Whether an intrinsic function stands among the entries, which may bring others.</summary>
    public bool HasFunctions { get; } = entries.Any(entry => entry.Key.Value.StartsWith("Fn::", StringComparison.Ordinal) || entry.Key.Value == MergeKey);

    /// <summary>The entry of that name, or null.</summary>
    public YamlEntry? this[string name] => byName.TryGetValue(name, out var entry) ? entry : null;

    /// <inheritdoc/>
    protected override YamlNode CopyAt(int start, int end) => new YamlMapping(start, end, Tag, Entries, IsFlow);

    private static Dictionary<string, YamlEntry> Index(IReadOnlyList<YamlEntry> entries)
    {
        var result = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Key.Value != MergeKey)
                result[entry.Key.Value] = entry;
        }

        // What a mapping says itself goes before what it merges, and an earlier merged mapping before a later one.
        var sources = entries.Where(entry => entry.Key.Value == MergeKey).SelectMany(entry => Merged(entry.Value));
        foreach (var merged in sources.SelectMany(source => source.ByName.Values))
        {
            if (!result.ContainsKey(merged.Key.Value))
                result.Add(merged.Key.Value, merged);
        }

        return result;
    }

    private static IEnumerable<YamlMapping> Merged(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => [mapping],
            YamlSequence sequence => sequence.Items.OfType<YamlMapping>(),
            _ => [],
        };
}

/// <summary>A sequence.</summary>
internal sealed class YamlSequence(int start, int end, string? tag, IReadOnlyList<YamlNode> items, bool isFlow) : YamlNode(start, end, tag)
{
    /// <summary>The items.</summary>
    public IReadOnlyList<YamlNode> Items { get; } = items;

    /// <summary>Whether it is written in brackets.</summary>
    public bool IsFlow { get; } = isFlow;

    /// <inheritdoc/>
    public override long Size { get; } = 1 + items.Sum(item => item.Size);

    /// <inheritdoc/>
    public override int Depth { get; } = items.Count == 0 ? 0 : 1 + items.Max(item => item.Depth);

    /// <inheritdoc/>
    protected override YamlNode CopyAt(int start, int end) => new YamlSequence(start, end, Tag, Items, IsFlow);
}
