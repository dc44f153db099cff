using AtLeastOnce.Docs.Tests.Rules;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Docs.Tests.Generated;

/// <summary>The global configurations of the package, one for each value of <c>AtLeastOnceMode</c>. Their level lets every configuration of the user win.</summary>
internal static class Presets
{
    /// <summary>The modes and what each does to a rule; null leaves the rule as it is.</summary>
    public static IReadOnlyDictionary<string, (string Says, Func<RuleEntry, string?> SeverityOf)> Modes { get; } =
        new Dictionary<string, (string, Func<RuleEntry, string?>)>
        {
            ["Recommended"] = ("Every rule with its own severity, and silence of those that are off by default.", _ => null),
            ["All"] = (
                "Every rule with its own severity, those that are off by default included.",
                rule => rule.Descriptor.IsEnabledByDefault ? null : Name(rule.Descriptor.DefaultSeverity)
            ),
            ["Strict"] = ("Warnings are errors. A graded rule is not named: it raises its own findings by one degree.", Strict),
            ["None"] = ("No rule.", _ => "none"),
        };

    /// <summary>The path of a mode's file.</summary>
    public static string PathOf(string mode) => $"src/Package/configuration/AtLeastOnce.{mode}.globalconfig";

    /// <summary>The file of a mode.</summary>
    public static string TextOf(string mode)
    {
        var (says, severityOf) = Modes[mode];
        var lines =
            from rule in RuleEntry.All
            let severity = severityOf(rule)
            where severity is not null
            select $"\n# {rule.Title}\ndotnet_diagnostic.{rule.Id}.severity = {severity}\n";
        return $"# {says}\n# Made from the rules by a test of the repository.\nis_global = true\nglobal_level = -100\n" + string.Concat(lines);
    }

    private static string? Strict(RuleEntry rule) =>
        rule.IsGraded
            ? null
            : rule.Descriptor.DefaultSeverity switch
            {
                DiagnosticSeverity.Warning => "error",
                var severity when !rule.Descriptor.IsEnabledByDefault => Name(severity),
                _ => null,
            };

    private static string Name(DiagnosticSeverity severity) =>
        severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            DiagnosticSeverity.Info => "suggestion",
            _ => "silent",
        };
}
