using AtLeastOnce.Deployment.Edits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.CodeFixes.Deployments;

/// <summary>The documents that a deployment is written in, as they become while fixes are made one after the other.</summary>
internal abstract class DeploymentDocuments
{
    private readonly Dictionary<string, SourceText> texts;
    private readonly List<string> changed = [];

    /// <summary>Begins with the texts of the solution.</summary>
    /// <param name="texts">The texts by their paths.</param>
    private protected DeploymentDocuments(Dictionary<string, SourceText> texts) => this.texts = texts;

    /// <summary>The paths of the files that have changed, in the order of their first changes.</summary>
    public IReadOnlyList<string> Changed => changed;

    /// <summary>The texts by their paths.</summary>
    protected IReadOnlyDictionary<string, SourceText> Texts => texts;

    /// <summary>The documents that are read as one with a file; null where the solution has none.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="path">A template, or a C# file that deploys by the CDK.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<DeploymentDocuments?> OfAsync(Solution solution, string path, CancellationToken cancellationToken) =>
        path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)
            ? await StackDocuments.OfAsync(solution, path, cancellationToken).ConfigureAwait(false)
            : await TemplateDocuments.OfAsync(solution, path, cancellationToken).ConfigureAwait(false);

    /// <summary>What the texts deploy as they are now, to be edited; null where they deploy nothing.</summary>
    public abstract DeploymentText? Read(CancellationToken cancellationToken);

    /// <summary>Makes a change.</summary>
    public void Change(IReadOnlyList<TemplateEdit> edits)
    {
        foreach (var file in edits.GroupBy(edit => edit.Path, StringComparer.Ordinal))
        {
            texts[file.Key] = texts[file.Key].WithChanges(file.Select(edit => new TextChange(new TextSpan(edit.Start, edit.Length), edit.NewText)));
            if (!changed.Contains(file.Key))
                changed.Add(file.Key);
        }
    }

    /// <summary>The solution with the changes; every document of it that is the same file gets the same text.</summary>
    public Solution In(Solution solution) => Changed.Aggregate(solution, (current, path) => With(current, path, texts[path]));

    private protected abstract Solution With(Solution solution, string path, SourceText text);
}
