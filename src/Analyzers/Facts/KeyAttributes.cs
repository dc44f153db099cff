using AtLeastOnce.Analyzers.Facts.Values;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Which attributes of an item that is written out are its key: its table is not known, so names and conditions tell.</summary>
internal static class KeyAttributes
{
    private static readonly string[] Names = ["pk", "sk", "partitionkey", "hashkey", "rangekey", "sortkey"];

    // These may also name something that the item holds, the second rather than the first.
    private const string Id = "id";
    private const string Key = "key";

    /// <summary>
    /// The key's attributes: those that have a key's name. Where none has for certain, an <c>id</c>, without one a <c>key</c>, or what the condition asks for may be it; of several the one is taken that is the
    /// record's.
    /// </summary>
    /// <param name="entries">The item's attributes.</param>
    /// <param name="tested">The attributes that a condition asks for.</param>
    /// <param name="values">Tells where values come from.</param>
    public static IReadOnlyList<(string Key, Located Value)> Among(
        IReadOnlyCollection<(string Key, Located Value)> entries,
        IReadOnlyCollection<string> tested,
        EffectValues values
    )
    {
        var named = entries.Where(entry => IsOneOf(Names, entry.Key)).ToList();
        if (named.Count > 0)
            return named;
        var loose = entries.Any(entry => IsOneOf([Id], entry.Key)) ? Id : Key;
        var possible = entries.Where(entry => IsOneOf([loose], entry.Key) || tested.Contains(entry.Key)).ToList();
        var ofRecord = possible.FindAll(entry => values.OriginOf(entry.Value) is { IsOfRecord: true, IsVolatile: false });
        return ofRecord.Count > 0 ? ofRecord : possible;
    }

    private static bool IsOneOf(string[] names, string name) => Array.Exists(names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
}
