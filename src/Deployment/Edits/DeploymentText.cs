using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Edits.ServerlessFramework;
using AtLeastOnce.Deployment.Edits.Terraform;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.ServerlessFramework;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>A file that a deployment is written in.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct DeploymentFile(string Path, string Text);

/// <summary>
/// The files that a model was read from, to be edited: asks the writer of their dialect for each change, and proves it by reading its result. A dialect that is read
/// elsewhere, such as C# code, brings a writer and a reader of its own.
/// </summary>
/// <param name="files">The files that <paramref name="model"/> was read from.</param>
/// <param name="model">The model.</param>
/// <param name="writer">The writer of the dialect; null for one in which nothing can be changed.</param>
/// <param name="read">Reads the files when they are edited; the text of one that is not is the same object.</param>
internal sealed class DeploymentText(
    IReadOnlyList<DeploymentFile> files,
    DeploymentModel model,
    IDeploymentWriter? writer,
    Func<IReadOnlyList<DeploymentFile>, DeploymentModel> read
)
{
    /// <summary>A model of one file.</summary>
    /// <param name="text">The text that <paramref name="model"/> was read from.</param>
    /// <param name="model">The model.</param>
    public DeploymentText(string text, DeploymentModel model)
        : this([new(model.Path, text)], model) { }

    /// <summary>A model of several files.</summary>
    /// <param name="files">The files that <paramref name="model"/> was read from.</param>
    /// <param name="model">The model.</param>
    public DeploymentText(IReadOnlyList<DeploymentFile> files, DeploymentModel model)
        : this(files, model, WriterOf(files, model), edited => Read(edited, model.Dialect)) { }

    /// <summary>The model.</summary>
    public DeploymentModel Model => model;

    /// <summary>The edits that bring a change about, in the order of each file, if the reader then sees what the change is meant to do; else none.</summary>
    /// <param name="change">The change.</param>
    /// <param name="isDone">Whether the edited deployment says what it is meant to.</param>
    public IReadOnlyList<TemplateEdit> Change(DeploymentChange change, Func<DeploymentModel, bool> isDone)
    {
        if (writer?.Write(change) is not { Count: > 0 } edits)
            return [];
        List<TemplateEdit> ordered = [.. edits.GroupBy(edit => edit.Path, StringComparer.Ordinal).SelectMany(TemplateEdit.Ordered)];
        var edited = read([.. files.Select(file => Edited(file, [.. ordered.Where(edit => edit.Path == file.Path)]))]);
        var isSound =
            edited.IsTemplate
            && edited.Problems.Count <= model.Problems.Count
            && edited.Functions.Count == model.Functions.Count
            && edited.Mappings.Count == model.Mappings.Count
            && edited.Queues.Count == model.Queues.Count + (change.Queue is null ? 0 : InstancesOf(change.Resource))
            && isDone(edited);
        return isSound ? ordered : [];
    }

    private static DeploymentFile Edited(DeploymentFile file, IReadOnlyList<TemplateEdit> edits) =>
        edits.Count == 0 ? file : file with { Text = TemplateEdit.Apply(file.Text, edits) };

    // Code that runs several times makes its resources as often.
    private int InstancesOf(Resource resource) => model.Resources.Count(other => other.Declaration == resource.Declaration);

    // A plan is output, and aws-lambda-tools-defaults.json says nothing of queues and mappings.
    private static IDeploymentWriter? WriterOf(IReadOnlyList<DeploymentFile> files, DeploymentModel model) =>
        model.Dialect switch
        {
            Dialect.CloudFormation => new TemplateWriter(files[0].Text, model),
            Dialect.ServerlessFramework => new ServiceWriter(files[0].Text, model),
            Dialect.Terraform => new ModuleWriter(files, model),
            _ => null,
        };

    private static DeploymentModel Read(IReadOnlyList<DeploymentFile> edited, Dialect dialect) =>
        dialect switch
        {
            Dialect.Terraform => DeploymentReader.ReadModule(edited.Select(file => (file.Path, file.Text)), CancellationToken.None),
            Dialect.ServerlessFramework => ServerlessFrameworkReader.Read(edited[0].Path, edited[0].Text, CancellationToken.None),
            _ => TemplateReader.Read(edited[0].Path, edited[0].Text, CancellationToken.None),
        };
}
