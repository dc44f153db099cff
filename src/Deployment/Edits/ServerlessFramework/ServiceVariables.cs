using AtLeastOnce.Deployment.Readers.ServerlessFramework.Variables;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits.ServerlessFramework;

/// <summary>Changes values that come from another place of the service by a variable: there, as long as nothing else uses that place.</summary>
/// <param name="root">The service.</param>
/// <param name="editor">Its editor.</param>
internal sealed class ServiceVariables(YamlMapping root, YamlEditor editor)
{
    private const string SelfType = "self";
    private const string Self = VariableText.Open + SelfType + ":";

    /// <summary>Whether what is written at a path is a variable, and so must not be replaced itself.</summary>
    /// <param name="owner">The entry whose value is the mapping to begin at.</param>
    /// <param name="path">The names.</param>
    /// <param name="value">The value to set.</param>
    /// <param name="edit">The change of the place that the variable stands for; null where it cannot be made.</param>
    public bool SetSource(YamlEntry owner, IReadOnlyList<string> path, EditValue value, out TemplateEdit? edit)
    {
        edit = null;
        if (At(owner.Value, path) is not YamlScalar { Tag: null, Value: var written } || !written.Contains(VariableText.Open))
            return false;
        if (
            value is EditScalar scalar
            && NameIn(written) is { } name
            && IsUsedOnce(name)
            && At(root, name.Split('.')) is YamlScalar source
            && !IsVariable(source)
        )
            edit = editor.ReplaceScalar(source, scalar.Written);
        return true;
    }

    private static bool IsVariable(YamlScalar scalar) => scalar.Value.Contains(VariableText.Open);

    private static YamlNode? At(YamlNode from, IEnumerable<string> path) =>
        path.Aggregate(
            (YamlNode?)from,
            (node, name) => node is YamlMapping { IsAlias: false } mapping ? mapping.Entries.FirstOrDefault(entry => entry.Key.Value == name)?.Value : null
        );

    // ${self:custom.visibility}, without a fallback.
    private static string? NameIn(string written) =>
        written.StartsWith(Self, StringComparison.Ordinal)
        && written.EndsWith("}", StringComparison.Ordinal)
        && written.Substring(Self.Length, written.Length - Self.Length - 1) is { Length: > 0 } name
        && name.All(character => char.IsLetterOrDigit(character) || character is '.' or '_' or '-')
            ? name
            : null;

    // Also what takes a mapping around the place uses it, and what takes a place whose name a variable completes.
    private bool IsUsedOnce(string name) =>
        TextsIn(root)
            .SelectMany(text => SourcesIn(VariableText.Parse(text)))
            .Count(source => source is { Type: SelfType, Address: var address } && MayTake(address, name)) == 1;

    private static bool MayTake(IReadOnlyList<VariablePart> address, string name)
    {
        var written = (address.Count == 0 ? "" : address[0].Literal).Trim();
        return written.Length == 0
            || (
                address.Count == 1
                    ? written == name || name.StartsWith(written + ".", StringComparison.Ordinal)
                    : name.StartsWith(written, StringComparison.Ordinal)
            );
    }

    // Fallbacks, and variables in addresses and parameters, too.
    private static IEnumerable<VariableSource> SourcesIn(IReadOnlyList<VariablePart> parts) =>
        parts
            .SelectMany(part => part.Sources ?? [])
            .SelectMany(source => (IEnumerable<VariableSource>)[source, .. SourcesIn([.. source.Parameters ?? [], .. source.Address])]);

    // What an alias repeats is used as often.
    private static IEnumerable<string> TextsIn(YamlNode node) =>
        node switch
        {
            YamlScalar { Value: var value } => value.Contains(VariableText.Open) ? [value] : [],
            YamlMapping { Entries: var entries } => entries.SelectMany(entry => TextsIn(entry.Key).Concat(TextsIn(entry.Value))),
            YamlSequence { Items: var items } => items.SelectMany(TextsIn),
            _ => [],
        };
}
