using AtLeastOnce.Docs.Tests.Rules;

namespace AtLeastOnce.Docs.Tests.Generated;

/// <summary>The tables of rules in the documents.</summary>
internal static class RuleTables
{
    /// <summary>One table of all rules.</summary>
    /// <param name="pages">The path of the rules' pages from the document.</param>
    public static string Overview(string pages) =>
        Table(
            "| Rule | Finds | Family | Severity | Fix |\n|---|---|---|---|---|\n",
            RuleEntry.All.Select(rule => $"| [{rule.Id}]({pages}{rule.Id}.md) | {Cell(rule.Title)} | {rule.Family} | {rule.Severity} | {Yes(rule)} |\n")
        );

    /// <summary>A table for each family, which also says why a rule has no fix.</summary>
    /// <param name="pages">The path of the rules' pages from the document.</param>
    public static string ByFamily(string pages) =>
        string.Concat(
            RuleEntry
                .All.GroupBy(rule => rule.Family)
                .Select(family =>
                    Table(
                        $"\n### {family.Key}\n\n| Rule | Finds | Severity | Fix |\n|---|---|---|---|\n",
                        family.Select(rule =>
                            $"| [{rule.Id}]({pages}{rule.Id}.md) | {Cell(rule.Title)} | {rule.Severity} | {Cell(rule.NoFixBecause ?? Yes(rule))} |\n"
                        )
                    )
                )
        ) + "\n";

    private static string Table(string head, IEnumerable<string> rows) => head + string.Concat(rows);

    private static string Yes(RuleEntry rule) => rule.Fixes.Count > 0 ? "yes" : "";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
