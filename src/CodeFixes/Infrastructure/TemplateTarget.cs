using System.Globalization;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>What a finding says about the place to edit: a template and the logical ids of what it declares. Offsets are not kept; the text may have changed since.</summary>
/// <param name="Template">The template's path.</param>
/// <param name="Mapping">The logical id of the mapping, if the finding is about one.</param>
/// <param name="Queue">The logical id of the queue, if the finding is about one.</param>
/// <param name="Value">The value to set, if there is one.</param>
internal sealed record TemplateTarget(string Template, string? Mapping, string? Queue, int? Value)
{
    /// <summary>The template's name, for titles.</summary>
    public string FileName => Template.Substring(Template.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>The target of a finding; null when nothing in a template is to be edited for it.</summary>
    public static TemplateTarget? Of(Diagnostic diagnostic)
    {
        if (Property(FindingProperties.Template) is not { } template)
            return null;
        var value = int.TryParse(Property(FindingProperties.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        return new(template, Property(FindingProperties.Mapping), Property(FindingProperties.Queue), value);

        string? Property(string key) => diagnostic.Properties.TryGetValue(key, out var text) ? text : null;
    }
}
