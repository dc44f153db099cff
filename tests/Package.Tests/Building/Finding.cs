using System.Text.Json;

namespace AtLeastOnce.Package.Tests.Building;

/// <summary>A result in the log of the compiler.</summary>
/// <param name="Place">The name of the file, the line and the column: <c>OrdersFunction.cs(12,41)</c>.</param>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="Id">The id of the rule.</param>
internal sealed record Finding(string Place, string Level, string Id)
{
    /// <summary>Everything that a compiler wrote into its log (SARIF 2.1), ordered by place.</summary>
    public static IReadOnlyList<Finding> ReadAll(string log) =>
        [.. Results(log).Select(Read).OrderBy(finding => finding.Line).ThenBy(finding => finding.Id, StringComparer.Ordinal)];

    /// <summary>The messages of a rule's findings.</summary>
    public static IReadOnlyList<string> MessagesOf(string log, string id) =>
        [.. Results(log).Where(result => Text(result, "ruleId") == id).Select(result => result.GetProperty("message").GetProperty("text").GetString()!)];

    /// <summary>The help link of each rule that found something.</summary>
    public static IReadOnlyDictionary<string, string> HelpLinks(string log)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(log));
        return document
            .RootElement.GetProperty("runs")[0]
            .GetProperty("tool")
            .GetProperty("driver")
            .GetProperty("rules")
            .EnumerateArray()
            .ToDictionary(rule => Text(rule, "id"), rule => Text(rule, "helpUri"));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Place} {Level} {Id}";

    private int Line { get; init; }

    private static IReadOnlyList<JsonElement> Results(string log)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(log));
        return [.. document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().Select(result => result.Clone())];
    }

    private static Finding Read(JsonElement result)
    {
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var region = place.GetProperty("region");
        var file = new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!, UriKind.RelativeOrAbsolute);
        var line = region.GetProperty("startLine").GetInt32();
        return new(
            $"{Path.GetFileName(file.OriginalString)}({line},{region.GetProperty("startColumn").GetInt32()})",
            Text(result, "level"),
            Text(result, "ruleId")
        )
        {
            Line = line,
        };
    }

    private static string Text(JsonElement result, string name) => result.GetProperty(name).GetString()!;
}
