using System.Text.RegularExpressions;
using AtLeastOnce.Analyzers.Infrastructure;

namespace AtLeastOnce.Analyzers.Facts.Suppressions;

/// <summary>Tells reasons from what stands in their place: nothing, what an editor puts there, the ids again.</summary>
internal static class SuppressionReasons
{
    private static readonly Regex Ids = new(@"\bALO\d{3}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly char[] Around = [' ', '\t', '\r', '\n', '/', '*', ':', ',', ';', '.', '-', '–', '<', '>'];

    // What Visual Studio writes for a justification that somebody has yet to give.
    private const string Pending = "Pending";

    /// <summary>Whether the text says why something is suppressed.</summary>
    /// <param name="text">A comment with its marks, a justification, or what stands behind the ids of a template's comment.</param>
    /// <param name="ids">What is suppressed; the title of one of them, which editors put behind a pragma, says what and not why.</param>
    public static bool IsReason(string text, IEnumerable<string> ids)
    {
        var said = Ids.Replace(text, "").Trim(Around);
        return said.Any(char.IsLetter) && !IsSame(said, Pending) && !ids.Select(RuleTitles.Of).Any(title => IsSame(said, title));
    }

    private static bool IsSame(string said, string? text) => string.Equals(said, text?.Trim(Around), StringComparison.OrdinalIgnoreCase);
}
