using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>
/// Finds what silences rules in <c>Metadata</c>, where a template in JSON has no comments: <c>"Metadata": { "alo:disable": "ALO302 drained by hand" }</c>,
/// or a list of such texts. In a resource it is about the resource; in the template about all of it.
/// </summary>
internal static class MetadataSuppressions
{
    /// <summary>The suppressions of a template.</summary>
    public static IReadOnlyList<Suppression> Read(YamlNode? root, TemplateSections sections, TextMap map)
    {
        var result = new List<Suppression>();
        if (root is YamlMapping template)
            Add(template, map.PlaceOf(0, int.MaxValue));
        foreach (var resource in sections.Resources.Values)
            Add(resource.Body, map.PlaceOf(resource.Entry.Key.Start, resource.Entry.Value.End));
        return result;

        void Add(YamlMapping owner, Place target)
        {
            if ((owner["Metadata"]?.Value as YamlMapping)?[SuppressionReader.Marker]?.Value is not { } written)
                return;
            var texts = written is YamlSequence list ? list.Items : [written];
            result.AddRange(texts.OfType<YamlScalar>().SelectMany(text => SuppressionReader.Parse(text.Value, map.PlaceOf(text), target)));
        }
    }
}
