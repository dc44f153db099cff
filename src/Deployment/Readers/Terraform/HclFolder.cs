using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>The files of a module's folder, read one after another.</summary>
internal sealed class HclFolder
{
    // All files of a folder together; far above any real module.
    private const int MaximumLength = 16 * 1024 * 1024;
    private readonly List<(TerraformText File, int Offset, HclText Hcl)> files = [];
    private readonly List<Problem> problems = [];
    private readonly List<Suppression> suppressions = [];
    private int length;

    /// <summary>The first file, or an empty text.</summary>
    public string Path => files.Count == 0 ? "" : files[0].File.Path;

    /// <summary>The places of all files.</summary>
    public FolderMap Map { get; } = new();

    /// <summary>What cannot be read.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>The comments that silence rules.</summary>
    public IReadOnlyList<Suppression> Suppressions => suppressions;

    /// <summary>Reads a file, if Terraform would.</summary>
    public void Add(TerraformText file, CancellationToken cancellation)
    {
        var kind = KindOf(file.Path);
        if (kind == FileKind.Other)
            return;
        var isTooLong = length + file.Text.Length > MaximumLength;
        var read = isTooLong || file.Text.Length > HclText.MaximumLength ? file with { Text = "" } : file;
        var offset = Map.Add(read);
        length += read.Text.Length;
        if (isTooLong || kind == FileKind.Json)
        {
            problems.Add(
                new(
                    Map.PlaceOf(offset, offset),
                    isTooLong ? "The module is too long and is not read any further." : "Configuration written in JSON is not read."
                )
            );
            return;
        }

        var hcl = HclText.Read(file.Text, cancellation, offset);
        files.Add((read, offset, hcl));
        problems.AddRange(hcl.Faults.Select(fault => new Problem(Map.PlaceOf(fault.Start, fault.End), fault.Text)));
        suppressions.AddRange(HclSuppressions.Read(read.Text, hcl, offset, Map.Last));
    }

    /// <summary>What the files declare: overrides after what they are about, values in the order in which Terraform loads them.</summary>
    public HclDeclarations Declare()
    {
        var declarations = new HclDeclarations();
        foreach (var (_, _, hcl) in files)
            declarations.Add(hcl.Faults);
        foreach (var (_, _, hcl) in OfKind(FileKind.Configuration))
            declarations.Add(hcl.Body);
        foreach (var (_, _, hcl) in OfKind(FileKind.Override))
            declarations.Override(hcl.Body);
        foreach (var (_, _, hcl) in OfKind(FileKind.Values).Concat(OfKind(FileKind.AutomaticValues)))
            declarations.AddGiven(hcl.Body);
        return declarations;
    }

    /// <summary>The text of an expression.</summary>
    public string SourceOf(HclExpression expression)
    {
        var (file, offset, _) = files.Last(file => file.Offset <= expression.Start);
        return file.Text.Substring(expression.Start - offset, expression.End - expression.Start);
    }

    private IEnumerable<(TerraformText File, int Offset, HclText Hcl)> OfKind(FileKind kind) => files.Where(file => KindOf(file.File.Path) == kind);

    private static FileKind KindOf(string path)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        return name is "override.tf" || EndsWith("_override.tf") ? FileKind.Override
            : EndsWith(".tf") ? FileKind.Configuration
            : name == "terraform.tfvars" ? FileKind.Values
            : EndsWith(".auto.tfvars") ? FileKind.AutomaticValues
            : EndsWith(".tf.json") || name == "terraform.tfvars.json" || EndsWith(".auto.tfvars.json") ? FileKind.Json
            : FileKind.Other;

        bool EndsWith(string end) => name.EndsWith(end, StringComparison.Ordinal);
    }

    private enum FileKind
    {
        Configuration,
        Override,
        Values,
        AutomaticValues,
        Json,
        Other,
    }
}
