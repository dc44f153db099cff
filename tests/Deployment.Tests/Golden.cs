namespace AtLeastOnce.Deployment.Tests;

/// <summary>One service as it is written in each dialect.</summary>
internal static class Golden
{
    /// <summary>The same service as a Terraform module.</summary>
    public const string Terraform = "orders.tf";

    /// <summary>The same service as a plan of that module, as <c>terraform show -json</c> writes it.</summary>
    public const string TerraformPlan = "orders.plan.json";

    /// <summary>The files.</summary>
    public static IReadOnlyList<string> Files { get; } = ["orders.sam.yaml", "orders.sam.json", "orders.cloudformation.yaml", "orders.cloudformation.json"];

    /// <summary>The text that <see cref="ModelText"/> gives for each of them.</summary>
    public const string Expected = "orders.txt";

    /// <summary>A file's text, with line feeds.</summary>
    public static string Read(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)).Replace("\r\n", "\n", StringComparison.Ordinal);
}
