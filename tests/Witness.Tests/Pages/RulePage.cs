using AtLeastOnce.Witness.Tests.Examples;

namespace AtLeastOnce.Witness.Tests.Pages;

/// <summary>A rule's page, <c>docs/rules/ALO###.md</c>: its examples are what the witnesses run.</summary>
internal sealed class RulePage
{
    private readonly IReadOnlyList<CodeBlock> blocks;

    private RulePage(string id, string text) => (Id, blocks) = (id, CodeBlock.In(id + ".md", text));

    /// <summary>The rule's id.</summary>
    public string Id { get; }

    /// <summary>The code and the template with the finding.</summary>
    public Example Flawed => Example("Flawed");

    /// <summary>What the compiler says about the flawed example; null if the page does not show it.</summary>
    public string? Finding => Block("Flawed", "text");

    /// <summary>The code and the template without it. What the page does not repeat is as in the flawed example.</summary>
    public Example Fixed
    {
        get
        {
            var changed = (Code: Block("Fixed", "csharp"), Template: Block("Fixed", "yaml"));
            if (changed is (null, null))
                throw new FormatException($"{Id}.md: the section 'Fixed' has no code block.");
            return new("Fixed", changed.Code ?? Flawed.Code, changed.Template ?? Flawed.Template);
        }
    }

    /// <summary>
    /// The headings of further examples, <c>Flawed: a row of EF Core</c> and <c>Fixed: a row of EF Core</c>: other code that the rule finds, and what is right instead.
    /// </summary>
    public IEnumerable<string> FurtherExamples =>
        blocks
            .Select(block => block.Section)
            .Distinct()
            .Where(section => section.StartsWith("Flawed: ", StringComparison.Ordinal) || section.StartsWith("Fixed: ", StringComparison.Ordinal));

    /// <summary>What the fix is applied to: an example of its own where it does not make the fixed code of the flawed one, else the flawed one.</summary>
    public Example BeforeFix => HasSection("Before the fix") ? Example("Before the fix") : Flawed;

    /// <summary>What the fix makes of <see cref="BeforeFix"/>.</summary>
    public Example AfterFix => HasSection("Before the fix") ? Example("After the fix") with { Template = BeforeFix.Template } : Fixed;

    /// <summary>A unit test that fails on the flawed example and passes on the fixed one.</summary>
    public string Test => Block("See it happen", "csharp") ?? throw new FormatException($"{Id}.md: the section 'See it happen' has no code block.");

    /// <summary>What that test says when it fails; null if the page does not show it.</summary>
    public string? Failure => Block("See it happen", "text");

    /// <summary>The template's lines that the page shows for suppressing a finding there; null if it shows none.</summary>
    public string? Suppression => Block("When to suppress, and how", "yaml");

    /// <summary>A further example. Without a template of its own it has that of the flawed one.</summary>
    /// <exception cref="FormatException">The section has no C# block.</exception>
    public Example Further(string heading) =>
        Example(heading) is { Template: null } example ? example with { Template = Block("Flawed", "yaml") } : Example(heading);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "rules");

    /// <summary>The page of a rule.</summary>
    /// <exception cref="FileNotFoundException">The rule has no page.</exception>
    public static RulePage Of(string id) => new(id, File.ReadAllText(Path.Combine(Folder, id + ".md")));

    /// <summary>The ids of the pages that there are.</summary>
    public static IEnumerable<string> Ids() => Directory.EnumerateFiles(Folder, "*.md").Select(Path.GetFileNameWithoutExtension).Order()!;

    private Example Example(string heading) =>
        new(heading, Block(heading, "csharp") ?? throw new FormatException($"{Id}.md: the section '{heading}' has no C# block."), Block(heading, "yaml"));

    private bool HasSection(string heading) => blocks.Any(block => block.Section == heading);

    private string? Block(string heading, string language)
    {
        var found = blocks.Where(block => block.Section == heading && block.Language == language).ToArray();
        return found.Length <= 1
            ? found.FirstOrDefault()?.Text
            : throw new FormatException($"{Id}.md: the section '{heading}' has {found.Length} blocks of {language}.");
    }
}

/// <summary>An example of a page.</summary>
/// <param name="Name">The section it stands in.</param>
/// <param name="Code">The C# file.</param>
/// <param name="Template">The template or the effect file beside it, or null.</param>
internal sealed record Example(string Name, string Code, string? Template)
{
    /// <summary>The name of the file beside the code: a template, or a file of effects.</summary>
    public string FileOfTemplate =>
        Template?.StartsWith("effects:", StringComparison.Ordinal) == true ? ExampleProject.EffectFile : ExampleProject.TemplateFile;
}
