using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Tests;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;

namespace AtLeastOnce.Analyzers.Tests.Deployments;

/// <summary>The service that the golden templates of every dialect deploy, as a program.</summary>
public sealed class PulumiGoldenTests
{
    // A program has no parameters with allowed values: what it must be given is not known.
    private const string Allowed = "  MaximumBatchingWindow: 5?Window | 10?Window\n";
    private const string Unknown = "  MaximumBatchingWindow: unknown\n";

    [Fact]
    public void The_program_deploys_what_the_templates_deploy()
    {
        var model = PulumiPrograms.Read(Text("Programs/orders.pulumi.cs"), OutputKind.ConsoleApplication);

        Assert.NotNull(model);
        Assert.Equal((Dialect.Pulumi, true), (model.Dialect, model.IsWrittenInCode));
        var expected = Text("Golden/orders.txt");
        Assert.Contains(Allowed, expected, StringComparison.Ordinal);
        Assert.Equal(expected.Replace(Allowed, Unknown, StringComparison.Ordinal), ModelText.Of(model));
    }

    private static string Text(string name)
    {
        using var stream = typeof(PulumiGoldenTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
