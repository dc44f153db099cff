using System.Collections;
using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>
/// The properties that a resource writes, by their paths; what an intrinsic function takes is no property. They are listed when the first is asked for: few
/// resources' are.
/// </summary>
/// <param name="properties">The properties.</param>
/// <param name="map">Their places.</param>
internal sealed class PropertyPaths(YamlMapping properties, PlaceMap map) : IReadOnlyDictionary<string, DeclaredProperty>
{
    // No property of AWS has a longer path; below it, each one would repeat what it stands in.
    private const int MaximumLength = 256;

    private Dictionary<string, DeclaredProperty>? listed;

    /// <inheritdoc/>
    public int Count => Listed.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => Listed.Keys;

    /// <inheritdoc/>
    public IEnumerable<DeclaredProperty> Values => Listed.Values;

    /// <inheritdoc/>
    public DeclaredProperty this[string key] => Listed[key];

    // Two threads that ask at once list the same.
    private Dictionary<string, DeclaredProperty> Listed => listed ??= List();

    /// <summary>The properties of a mapping; none if it is missing.</summary>
    public static IReadOnlyDictionary<string, DeclaredProperty> Of(YamlMapping? properties, PlaceMap map) =>
        properties is null ? ResourceSite.None.Properties : new PropertyPaths(properties, map);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Listed.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out DeclaredProperty value) => Listed.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, DeclaredProperty>> GetEnumerator() => Listed.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, DeclaredProperty> List()
    {
        var result = new Dictionary<string, DeclaredProperty>(StringComparer.Ordinal);
        AddMembers(properties, "", result);
        return result;
    }

    private void AddMembers(YamlMapping mapping, string prefix, Dictionary<string, DeclaredProperty> result)
    {
        foreach (var entry in mapping.Members)
            Add(prefix + entry.Key.Value, entry.Key, entry.Value, result);
    }

    private void Add(string path, YamlNode key, YamlNode value, Dictionary<string, DeclaredProperty> result)
    {
        result[path] = new(path, map.PlaceOf(key), map.PlaceOf(value));
        if (path.Length > MaximumLength || Intrinsic.Of(value) is not null)
            return;
        if (value is YamlMapping mapping)
            AddMembers(mapping, path + ".", result);
        if (value is not YamlSequence sequence)
            return;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            Add(path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]", sequence.Items[i], sequence.Items[i], result);
        }
    }
}
