using AtLeastOnce.Deployment.Edits;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Tests.Readers.Terraform;

namespace AtLeastOnce.Deployment.Tests.Edits;

public sealed class DeploymentTextTests
{
    private sealed class Writer(params TemplateEdit[] edits) : IDeploymentWriter
    {
        public IReadOnlyList<TemplateEdit> Write(DeploymentChange change) => edits;
    }

    [Fact]
    public void A_file_without_edits_is_read_again_as_it_is()
    {
        (string Path, string Text)[] module =
        [
            ("infra/main.tf", "resource \"aws_sqs_queue\" \"q\" {\n  delay_seconds = 5\n}\n"),
            ("infra/other.tf", "resource \"aws_sqs_queue\" \"other\" {}\n"),
        ];
        var model = Modules.Read(module);
        var files = module.Select(file => new DeploymentFile(file.Path, file.Text)).ToList();
        IReadOnlyList<DeploymentFile>? read = null;
        var five = module[0].Text.IndexOf('5', StringComparison.Ordinal);
        var text = new DeploymentText(
            files,
            model,
            new Writer(new TemplateEdit(five, 1, "6") { Path = "infra/main.tf" }),
            edited =>
            {
                read = edited;
                return Modules.Read([.. edited.Select(file => (file.Path, file.Text))]);
            }
        );

        var edits = text.Change(new(model.Queues[0], []), _ => true);

        Assert.Single(edits);
        Assert.Equal([files[0].Path, files[1].Path], read!.Select(file => file.Path));
        Assert.Equal(module[0].Text.Replace('5', '6'), read![0].Text);
        Assert.Same(module[1].Text, read![1].Text);
    }
}
