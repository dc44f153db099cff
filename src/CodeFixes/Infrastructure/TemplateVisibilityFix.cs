using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.CodeFixes.Infrastructure;

/// <summary>Raises a queue's visibility timeout to the value that the finding advises. It is never lowered: of several findings about one queue the greatest value counts.</summary>
public abstract class TemplateVisibilityFix : TemplateCodeFix
{
    private protected TemplateVisibilityFix(string id)
        : base(id, "RaiseVisibilityTimeout") { }

    internal sealed override string FixAllTitle => "Raise the visibility timeouts";

    private protected sealed override string Title(TemplateTarget target) =>
        FormattableString.Invariant($"Raise the visibility timeout of '{target.Queue}' to {target.Value} s in {target.FileName}");

    private protected sealed override IReadOnlyList<TemplateEdit> Edit(DeploymentText text, TemplateTarget target) =>
        target is { Queue: { } id, Value: { } seconds }
        && text.Model.Find(id) is Queue queue
        && queue.VisibilityTimeout.Values.All(value => value.Value < seconds)
            ? TemplateEdits.SetVisibilityTimeout(text, queue, seconds)
            : [];
}
