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
internal sealed class YamlMapping : YamlNode
{
    /// <summary>The key that brings in the entries of other mappings.</summary>
    public const string MergeKey = "<<";

    /// <summary>The most entries that are looked through one by one; a table of so few costs more than it saves.</summary>
    public const int Few = 8;

    private readonly bool merges;
    private Dictionary<string, YamlEntry>? byName;

    /// <summary>Makes a mapping of entries.</summary>
    public YamlMapping(int start, int end, string? tag, IReadOnlyList<YamlEntry> entries, bool isFlow)
        : base(start, end, tag)
    {
        (Entries, IsFlow) = (entries, isFlow);
        Size = 1;
        for (var i = 0; i < entries.Count; i++)
        {
            var (key, value) = (entries[i].Key.Value, entries[i].Value);
            Size += 1 + value.Size;
            Depth = Math.Max(Depth, 1 + value.Depth);
            merges |= key == MergeKey;
            HasFunctions |= merges || IsFunction(key);
        }
    }

    /// <summary>The entries as written.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>Whether it is written in braces.</summary>
    public bool IsFlow { get; }

    /// <summary>The entries that count, by name: merge keys followed, of equal keys the last.</summary>
    public IReadOnlyDictionary<string, YamlEntry> ByName => Index;

    /// <summary>The entries that count: merge keys followed, of equal keys the last.</summary>
    public IReadOnlyCollection<YamlEntry> Members => IsSearched && !HasDoubles() ? Entries : Index.Values;

    /// <inheritdoc/>
    public override long Size { get; }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <summary>Whether an intrinsic function stands among the entries, which may bring others.</summary>
    public bool HasFunctions { get; }

    /// <summary>Whether an intrinsic function stands among the entries that count, merged ones included, which may bring others.</summary>
    public bool MayHaveOthers => HasFunctions && Members.Any(entry => IsFunction(entry.Key.Value));

    /// <summary>The entry of that name, or null.</summary>
    public YamlEntry? this[string name]
    {
        get
        {
            if (!IsSearched)
                return Index.TryGetValue(name, out var found) ? found : null;
            for (var i = Entries.Count - 1; i >= 0; i--)
            {
                if (Entries[i].Key.Value == name)
                    return Entries[i];
            }

            return null;
        }
    }

    // The merge key itself is no name.
    private bool IsSearched => Entries.Count <= Few && !merges;

    private Dictionary<string, YamlEntry> Index => byName ??= IndexOf(Entries);

    /// <inheritdoc/>
    protected override YamlNode CopyAt(int start, int end) => new YamlMapping(start, end, Tag, Entries, IsFlow);

    private static bool IsFunction(string key) => key.StartsWith("Fn::", StringComparison.Ordinal);

    private bool HasDoubles()
    {
        for (var i = 1; i < Entries.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Entries[i].Key.Value == Entries[j].Key.Value)
                    return true;
            }
        }

        return false;
    }

    private static Dictionary<string, YamlEntry> IndexOf(IReadOnlyList<YamlEntry> entries)
    {
        var result = new Dictionary<string, YamlEntry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Key.Value != MergeKey)
                result[entry.Key.Value] = entry;
        }

        // What a mapping says itself goes before what it merges, and an earlier merged mapping before a later one.
        var sources = entries.Where(entry => entry.Key.Value == MergeKey).SelectMany(entry => Merged(entry.Value));
        foreach (var merged in sources.SelectMany(source => source.Members))
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
internal sealed class YamlSequence : YamlNode
{
    /// <summary>Makes a sequence of items.</summary>
    public YamlSequence(int start, int end, string? tag, IReadOnlyList<YamlNode> items, bool isFlow)
        : base(start, end, tag)
    {
        (Items, IsFlow) = (items, isFlow);
        Size = 1;
        for (var i = 0; i < items.Count; i++)
        {
            Size += items[i].Size;
            Depth = Math.Max(Depth, 1 + items[i].Depth);
        }
    }

    /// <summary>The items.</summary>
    public IReadOnlyList<YamlNode> Items { get; }

    /// <summary>Whether it is written in brackets.</summary>
    public bool IsFlow { get; }

    /// <inheritdoc/>
    public override long Size { get; }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    protected override YamlNode CopyAt(int start, int end) => new YamlSequence(start, end, Tag, Items, IsFlow);
}
