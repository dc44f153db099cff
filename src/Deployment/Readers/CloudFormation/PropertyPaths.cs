using System.Globalization;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Lists the properties that a resource writes.</summary>
internal static class PropertyPaths
{
    // No property of AWS has a longer path; below it, each one would repeat what it stands in.
    private const int MaximumLength = 256;

    /// <summary>Every property by its path; what an intrinsic function takes is no property.</summary>
    public static IReadOnlyDictionary<string, DeclaredProperty> Of(YamlMapping? properties, PlaceMap map)
    {
        var result = new Dictionary<string, DeclaredProperty>(StringComparer.Ordinal);
        if (properties is not null)
            AddMembers(properties, "", map, result);
        return result;
    }

    private static void AddMembers(YamlMapping mapping, string prefix, PlaceMap map, Dictionary<string, DeclaredProperty> result)
    {
        foreach (var entry in mapping.ByName.Values)
            Add(prefix + entry.Key.Value, entry.Key, entry.Value, map, result);
    }

    private static void Add(string path, YamlNode key, YamlNode value, PlaceMap map, Dictionary<string, DeclaredProperty> result)
    {
        result[path] = new(path, map.PlaceOf(key), map.PlaceOf(value));
        if (path.Length > MaximumLength || Intrinsic.Of(value) is not null)
            return;
        if (value is YamlMapping mapping)
            AddMembers(mapping, path + ".", map, result);
        if (value is not YamlSequence sequence)
            return;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            Add(path + "[" + i.ToString(CultureInfo.InvariantCulture) + "]", sequence.Items[i], sequence.Items[i], map, result);
        }
    }
}
