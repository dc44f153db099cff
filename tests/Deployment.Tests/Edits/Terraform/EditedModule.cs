using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Tests.Readers.Terraform;

namespace AtLeastOnce.Deployment.Tests.Edits.Terraform;

/// <summary>Edits of Terraform modules, for tests.</summary>
internal static class EditedModule
{
    /// <summary>The text of a module of one file after an edit that must be offered.</summary>
    public static string Of(string text, Func<DeploymentText, IReadOnlyList<TemplateEdit>> edit) => Assert.Single(Of([(Modules.Path, text)], edit)).Text;

    /// <summary>The texts of a module's files after an edit that must be offered.</summary>
    public static IReadOnlyList<(string Path, string Text)> Of((string Path, string Text)[] files, Func<DeploymentText, IReadOnlyList<TemplateEdit>> edit)
    {
        var edits = edit(TextOf(files));
        Assert.NotEmpty(edits);
        Assert.All(edits, one => Assert.Contains(files, file => file.Path == one.Path));
        return [.. files.Select(file => (file.Path, TemplateEdit.Apply(file.Text, [.. edits.Where(one => one.Path == file.Path)])))];
    }

    /// <summary>That no edit is offered.</summary>
    public static void None(string text, Func<DeploymentText, IReadOnlyList<TemplateEdit>> edit) => Assert.Empty(edit(TextOf((Modules.Path, text))));

    /// <summary>The module as an edit sees it.</summary>
    public static DeploymentText TextOf(params (string Path, string Text)[] files) =>
        new([.. files.Select(file => new DeploymentFile(file.Path, file.Text))], Modules.Read(files));

    /// <summary>Sets the visibility timeout of the queue <c>aws_sqs_queue.q</c>.</summary>
    public static IReadOnlyList<TemplateEdit> Visibility(DeploymentText text) => TemplateEdits.SetVisibilityTimeout(text, Queue(text), 185);

    /// <summary>Gives the queue <c>aws_sqs_queue.q</c> a dead-letter queue.</summary>
    public static IReadOnlyList<TemplateEdit> DeadLetter(DeploymentText text) => TemplateEdits.AddDeadLetterQueue(text, Queue(text));

    /// <summary>Makes the first mapping listen to reported failures.</summary>
    public static IReadOnlyList<TemplateEdit> Report(DeploymentText text) => TemplateEdits.AddReportBatchItemFailures(text, text.Model.Mappings[0]);

    /// <summary>Limits the retries of the first mapping.</summary>
    public static IReadOnlyList<TemplateEdit> Limit(DeploymentText text) => StreamFailureEdits.LimitRetries(text, text.Model.Mappings[0]);

    private static Queue Queue(DeploymentText text) =>
        Assert.Single(text.Model.Queues, queue => queue.LogicalId.StartsWith("aws_sqs_queue.q", StringComparison.Ordinal));
}
