using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>
/// A whole number that users may set for a rule: in <c>.editorconfig</c> or a global configuration under <see cref="Key"/>, or for the whole project by the MSBuild
/// property <see cref="Property"/>. A value that is no number or out of range leaves the default in force.
/// </summary>
/// <param name="Key">The key in a configuration file: <c>alo302.visibility_factor</c>.</param>
/// <param name="Property">The MSBuild property, which the package makes visible to the compiler. The configuration file wins.</param>
/// <param name="Default">What holds when nothing is set.</param>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
internal sealed record DeploymentRuleOption(string Key, string Property, int Default, int Least, int Most)
{
    /// <summary>The number that a text means, or null.</summary>
    public int? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && Least <= value && value <= Most ? value : null;
}

/// <summary>What users set for the file that a finding sits in.</summary>
internal sealed class DeploymentRuleOptions
{
    private const string Mode = "AtLeastOnceMode";
    private readonly AnalyzerConfigOptions file;
    private readonly AnalyzerConfigOptions project;

    /// <summary>The settings of a C# file.</summary>
    public DeploymentRuleOptions(AnalyzerConfigOptionsProvider provider, SyntaxTree tree)
        : this(provider.GetOptions(tree), provider.GlobalOptions) { }

    /// <summary>The settings of a template.</summary>
    public DeploymentRuleOptions(AnalyzerConfigOptionsProvider provider, AdditionalText template)
        : this(provider.GetOptions(template), provider.GlobalOptions) { }

    /// <summary>The settings of the project, for what is in no file of it.</summary>
    public DeploymentRuleOptions(AnalyzerConfigOptionsProvider provider)
        : this(provider.GlobalOptions, provider.GlobalOptions) { }

    private DeploymentRuleOptions(AnalyzerConfigOptions file, AnalyzerConfigOptions project) => (this.file, this.project) = (file, project);

    /// <summary>Whether graded findings count one degree more: advice is a warning, a warning an error.</summary>
    public bool IsStrict => project.TryGetValue("build_property." + Mode, out var mode) && string.Equals(mode, "Strict", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of an option.</summary>
    public int this[DeploymentRuleOption option] =>
        Read(file, option.Key, option) ?? Read(project, option.Key, option) ?? Read(project, "build_property." + option.Property, option) ?? option.Default;

    /// <summary>What is set for an option and cannot be read, and the key or MSBuild property it is set by; each text once.</summary>
    public IEnumerable<(string Key, string Text)> Unread(DeploymentRuleOption option)
    {
        var found = new HashSet<(string, string)>();
        foreach (
            var (options, key, name) in new[]
            {
                (file, option.Key, option.Key),
                (project, option.Key, option.Key),
                (project, "build_property." + option.Property, option.Property),
            }
        )
        {
            if (options.TryGetValue(key, out var text) && text.Length > 0 && option.Parse(text) is null && found.Add((name, text)))
                yield return (name, text);
        }
    }

    private static int? Read(AnalyzerConfigOptions options, string key, DeploymentRuleOption option) =>
        options.TryGetValue(key, out var text) ? option.Parse(text) : null;
}
