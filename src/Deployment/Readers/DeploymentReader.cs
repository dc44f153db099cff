using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.LambdaTools;
using AtLeastOnce.Deployment.Readers.ServerlessFramework;
using AtLeastOnce.Deployment.Readers.Terraform;

namespace AtLeastOnce.Deployment.Readers;

/// <summary>Reads a file of any dialect. The name tells the dialect; where it does not, the content does.</summary>
internal static class DeploymentReader
{
    private static readonly string[] Services = ["serverless.yml", "serverless.yaml", "serverless.json"];
    private static readonly string[] Templates = ["template.yaml", "template.yml", "template.json", "serverless.template"];
    private static readonly string[] TemplateEndings = [".template", ".template.json", ".template.yaml", ".template.yml"];
    private const string ToolsDefaults = "aws-lambda-tools-defaults.json";
    private const string PlannedValues = "\"planned_values\"";

    /// <summary>Whether a file of that name says what is deployed, as a rule.</summary>
    public static bool IsName(string path)
    {
        var name = NameOf(path);
        return Is(name, Templates)
            || Is(name, Services)
            || Is(name, ToolsDefaults)
            || TemplateEndings.Any(ending => EndsWith(name, ending))
            || IsOfTerraform(path);
    }

    /// <summary>Whether the file is a part of a Terraform module: all files of its folder are read as one.</summary>
    public static bool IsOfTerraform(string path)
    {
        var name = NameOf(path);
        return EndsWith(name, ".tf") || EndsWith(name, ".auto.tfvars") || Is(name, "terraform.tfvars");
    }

    /// <summary>The folder of a file, without a separator at its end.</summary>
    public static string FolderOf(string path) => path.Substring(0, Math.Max(0, path.LastIndexOfAny(['/', '\\'])));

    /// <summary>Reads one file. A file of a Terraform module is read as if it were all of it: see <see cref="ReadModule"/>.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel Read(string path, string text, CancellationToken cancellation)
    {
        var name = NameOf(path);
        if (IsOfTerraform(path))
            return ReadModule([(path, text)], cancellation);
        if (Is(name, Services))
            return ServerlessFrameworkReader.Read(path, text, cancellation);
        if (Is(name, ToolsDefaults))
            return LambdaToolsDefaultsReader.Read(path, text, cancellation);
        var isPlan = EndsWith(name, ".json") && text.Contains(PlannedValues);
        return isPlan ? TerraformPlanReader.Read(path, text, cancellation) : TemplateReader.Read(path, text, cancellation);
    }

    /// <summary>Reads the files of a Terraform module, which is a folder.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel ReadModule(IEnumerable<(string Path, string Text)> files, CancellationToken cancellation) =>
        TerraformReader.Read([.. files.Select(file => new TerraformText(file.Path, file.Text))], cancellation);

    private static string NameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    private static bool Is(string name, params string[] names) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool EndsWith(string name, string ending) => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
