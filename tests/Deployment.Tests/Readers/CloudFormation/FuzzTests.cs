using FsCheck;
using FsCheck.Fluent;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

/// <summary>Whatever is done to a text, reading it gives a model whose places lie in the text.</summary>
public sealed class FuzzTests
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
        "😀",
    ];

    private static readonly string[] SmallSeeds =
    [
        Templates.Orders,
        Templates.Orders.Replace("\n", "\r\n", StringComparison.Ordinal),
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"VisibilityTimeout":{"Fn::If":["C",1,{"Ref":"P"}]}}}},"Conditions":{"C":{"Fn::Equals":[{"Ref":"P"},"1"]}}}""",
    ];

    // Every resource type and every setting that is read.
    private static readonly string[] WholeSeeds =
    [
        .. Golden.Files.Select(Golden.Read),
        Golden.Read("orders.sam.yaml").Replace("\n", "\r\n", StringComparison.Ordinal),
    ];

    private static readonly Arbitrary<(string Seed, (int Position, int Removed, string Inserted)[] Changes)> Mutations = (
        from seed in Gen.Elements(SmallSeeds.Concat(WholeSeeds))
        from changes in Gen.ArrayOf(
            from position in Gen.Choose(0, seed.Length)
            from removed in Gen.Choose(0, 12)
            from inserted in Gen.OneOf(Gen.Elements(Fragments), Gen.Choose(0, 0x2100).Select(code => ((char)code).ToString()))
            select (position, removed, inserted)
        )
        select (seed, changes)
    ).ToArbitrary();

    private static void CheckPlaces(string text)
    {
        var model = Templates.Read(text);
        Assert.True(model.IsTemplate || !model.Resources.Any());
        Assert.DoesNotContain(model.Problems, problem => problem.Text.StartsWith("The template cannot be understood", StringComparison.Ordinal));
        ModelPlaces.Check(model, _ => text);
    }

    [Fact]
    public void Mutated_templates_are_read() =>
        Prop.ForAll(Mutations, mutation => CheckPlaces(ModelPlaces.Mutate(mutation.Seed, mutation.Changes)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(600).WithReplay(20_260_701, 31));

    [Fact]
    public void Every_beginning_of_a_template_is_read()
    {
        foreach (var seed in SmallSeeds)
        {
            for (var length = 0; length <= seed.Length; length++)
                CheckPlaces(seed[..length]);
        }

        foreach (var seed in WholeSeeds)
        {
            for (var length = 0; length <= seed.Length; length += 97)
                CheckPlaces(seed[..length]);
        }
    }

    [Fact]
    public void Any_text_is_read() =>
        Prop.ForAll<string>(text => CheckPlaces(text ?? "")).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_260_702, 31));
}
