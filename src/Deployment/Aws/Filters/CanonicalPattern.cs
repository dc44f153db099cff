using System.Text;
using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>Filter patterns in a form of which the order of members and of alternatives, and white space, are no part.</summary>
internal static class CanonicalPattern
{
    /// <summary>The form of a pattern, or null if it is no JSON. Patterns of one form match the same records; such that match the same may still have two forms.</summary>
    public static string? Of(string pattern) => JsonReader.ReadOrNull(pattern) is { } json ? Write(json) : null;

    private static string Write(JsonValue value) =>
        value.Kind switch
        {
            JsonKind.Object => Joined('{', value.Members.Select(member => Quoted(member.Name) + ":" + Write(member.Value)), '}'),
            JsonKind.Array => Joined('[', value.Items.Select(Write), ']'),
            JsonKind.String => Quoted(value.Text),
            _ => value.Text,
        };

    private static string Joined(char open, IEnumerable<string> parts, char close) =>
        open + string.Join(",", parts.Distinct(StringComparer.Ordinal).OrderBy(part => part, StringComparer.Ordinal)) + close;

    private static string Quoted(string text) => new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Insert(0, '"').Append('"').ToString();
}
