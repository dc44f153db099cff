using AtLeastOnce.Deployment.Model;
using FsCheck;
using FsCheck.Fluent;

namespace AtLeastOnce.Deployment.Tests.Readers;

/// <summary>A text that was changed in some places.</summary>
/// <param name="Seed">The text as it was.</param>
/// <param name="Changes">What is taken out and put in.</param>
internal sealed record Mutation(string Seed, (int Position, int Removed, string Inserted)[] Changes)
{
    private static readonly string[] Fragments =
    [
        "!Ref ",
        "!If [",
        "!Sub '${",
        "Fn::If: ",
        "&a ",
        "*a",
        "<<: ",
        "{",
        "}",
        "[",
        "]",
        ": ",
        "- ",
        "? ",
        "|\n",
        ">\n",
        "\n",
        "\r\n",
        "\t",
        "\"",
        "'",
        "#",
        "%",
        "@",
        "`",
        "\0",
        "\uFEFF",
        "\u2028",
        "\uD800",
        "---\n",
        "...\n",
        "!!binary ",
        "!<",
        "Resources:\n",
        "Fn::Transform: x\n",
        "\\u",
        ",",
        "~",
        "AWS::NoValue",
        "${self:",
        "${opt:x, ",
        "${",
        "😀",
    ];

    /// <summary>The text as it became.</summary>
    public string Text => ModelPlaces.Mutate(Seed, Changes);

    /// <summary>Mutations of some texts.</summary>
    public static Arbitrary<Mutation> Of(IReadOnlyList<string> seeds) =>
        (
            from seed in Gen.Elements(seeds.AsEnumerable())
            from changes in Gen.ArrayOf(
                from position in Gen.Choose(0, seed.Length)
                from removed in Gen.Choose(0, 12)
                from inserted in Gen.OneOf(Gen.Elements(Fragments), Gen.Choose(0, 0x2100).Select(code => ((char)code).ToString()))
                select (position, removed, inserted)
            )
            select new Mutation(seed, changes)
        ).ToArbitrary();
}

/// <summary>What holds for the model of any text whatever.</summary>
internal static class Fuzzing
{
    /// <summary>Asserts that nothing went wrong, and that every place lies in the text.</summary>
    public static void Check(DeploymentModel model, string text)
    {
        Assert.True(model.IsTemplate || !model.Resources.Any());
        Assert.DoesNotContain(model.Problems, problem => problem.Text.StartsWith("The template cannot be understood", StringComparison.Ordinal));
        ModelPlaces.Check(model, _ => text);
    }
}
