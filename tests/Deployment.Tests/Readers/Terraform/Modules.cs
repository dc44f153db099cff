using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform;

namespace AtLeastOnce.Deployment.Tests.Readers.Terraform;

/// <summary>Reading Terraform modules.</summary>
internal static class Modules
{
    public const string Path = "infra/main.tf";
    public const string PlanPath = "infra/plan.json";

    /// <summary>A module of one file.</summary>
    public static DeploymentModel Read(string text, string path = Path) => Read((path, text));

    /// <summary>A module of several files.</summary>
    public static DeploymentModel Read(params (string Path, string Text)[] files) =>
        TerraformReader.Read([.. files.Select(file => new TerraformText(file.Path, file.Text))], TestContext.Current.CancellationToken);

    /// <summary>A plan.</summary>
    public static DeploymentModel ReadPlan(string text) => TerraformPlanReader.Read(PlanPath, text, TestContext.Current.CancellationToken);

    /// <summary>The visibility timeout of a module's only queue, whose expression is given.</summary>
    public static Setting<int> ReadVisibility(string expression, string before = "") =>
        Assert.Single(Read($"{before}\nresource \"aws_sqs_queue\" \"q\" {{\n  visibility_timeout_seconds = {expression}\n}}\n").Queues).VisibilityTimeout;
}
