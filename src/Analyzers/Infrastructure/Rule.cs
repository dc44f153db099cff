using System.Reflection;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Makes the descriptors of the rules, so that ids, families and help links follow one pattern.</summary>
internal static class Rule
{
    /// <summary>The custom tag of rules whose findings differ in severity. A preset leaves them to the rule: a configured severity would make all findings alike.</summary>
    public const string Graded = nameof(Graded);

    private static readonly string HelpLinkBase =
        typeof(Rule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "RuleHelpLinkBase").Value ?? "";

    /// <summary>Makes the descriptor of a rule.</summary>
    /// <param name="id"><c>ALO###</c>; its first digit names the family.</param>
    /// <param name="severity">Error: AWS refuses it or it can never be what was meant. Warning: loss, duplicates, blockage or disorder that will happen. Info: advice.</param>
    /// <param name="title">What is wrong, as a short sentence for lists.</param>
    /// <param name="message">What will happen to which records in production, and what to do.</param>
    /// <param name="description">The AWS behaviour behind the rule.</param>
    /// <param name="isGraded">Whether findings differ in severity.</param>
    public static DiagnosticDescriptor Create(
        string id,
        DiagnosticSeverity severity,
        string title,
        string message,
        string description,
        bool isGraded = false
    ) =>
#pragma warning disable RS2000 // Release tracking reads the calls of this method through the constants of the rules; a test compares descriptors and release files.
        new(id, title, message, CategoryOf(id), severity, isEnabledByDefault: true, description, HelpLinkBase + id + ".md", isGraded ? [Graded] : []);
#pragma warning restore RS2000

    /// <summary>The same rule in the words of another source.</summary>
    public static DiagnosticDescriptor Reworded(DiagnosticDescriptor rule, string message) =>
#pragma warning disable RS2000 // As above.
        new(
            rule.Id,
            rule.Title,
            message,
            rule.Category,
            rule.DefaultSeverity,
            rule.IsEnabledByDefault,
            rule.Description,
            rule.HelpLinkUri,
            [.. rule.CustomTags]
        );
#pragma warning restore RS2000

    private static string CategoryOf(string id) =>
        id[3] switch
        {
            '0' => "Configuration",
            '1' => "Idempotency",
            '2' => "Outcome",
            '3' => "Time",
            '4' => "Order",
            '5' => "Delivery",
            _ => throw new ArgumentException($"'{id}' belongs to no family of rules.", nameof(id)),
        };
}
