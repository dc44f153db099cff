using System.Text.Json;

namespace AtLeastOnce.Runtime.Invocation;

/// <summary>Finds the failures that a response means to report where Lambda does not read it: other casing, bare ids, or the setting is off.</summary>
internal static class IgnoredReports
{
    /// <summary>The positions of the reported records, ascending.</summary>
    public static IReadOnlyList<int> Find(ReadOnlySpan<byte> payload, IBatchIdentifiers batch)
    {
        // Nothing is reported without an identifier, and most responses are short: look for the list first.
        var reader = new Utf8JsonReader(payload);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out var document))
                return [];
            using (document)
            {
                var list = List(document.RootElement);
                if (list is null || list.Value.GetArrayLength() == 0)
                    return [];
                SortedSet<int> found = [];
                foreach (var entry in list.Value.EnumerateArray())
                {
                    if (Identifier(entry) is { } id && batch.IndexOf(id) is var index and >= 0)
                        found.Add(index);
                }

                return [.. found];
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static JsonElement? List(JsonElement root) =>
        root.ValueKind switch
        {
            JsonValueKind.Array => root,
            JsonValueKind.Object when Named(root, BatchResponse.Failures) is { ValueKind: JsonValueKind.Array } list => list,
            _ => null,
        };

    private static string? Identifier(JsonElement entry) =>
        entry.ValueKind switch
        {
            JsonValueKind.String => entry.GetString(),
            JsonValueKind.Object when Named(entry, BatchResponse.Identifier) is { ValueKind: JsonValueKind.String } id => id.GetString(),
            _ => null,
        };

    private static JsonElement? Named(JsonElement element, string name)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }
}
