using AtLeastOnce.Deployment.Model;
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

    private static readonly string[] Seeds =
    [
        Templates.Orders,
        Templates.Orders.Replace("\n", "\r\n", StringComparison.Ordinal),
        """{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"VisibilityTimeout":{"Fn::If":["C",1,{"Ref":"P"}]}}}},"Conditions":{"C":{"Fn::Equals":[{"Ref":"P"},"1"]}}}""",
    ];

    private static readonly Arbitrary<(string Seed, (int Position, int Removed, string Inserted)[] Changes)> Mutations = (
        from seed in Gen.Elements(Seeds)
        from changes in Gen.ArrayOf(
            from position in Gen.Choose(0, 2000)
            from removed in Gen.Choose(0, 12)
            from inserted in Gen.OneOf(Gen.Elements(Fragments), Gen.Choose(0, 0x2100).Select(code => ((char)code).ToString()))
            select (position, removed, inserted)
        )
        select (seed, changes)
    ).ToArbitrary();

    private static void CheckPlaces(string text)
    {
        var model = Templates.Read(text);
        Assert.True(model.IsTemplate || model.Functions.Count + model.Queues.Count + model.Mappings.Count == 0);
        foreach (var place in Places(model).Where(place => !place.IsNone))
        {
            Assert.InRange(place.Start, 0, text.Length);
            Assert.InRange(place.End, place.Start, text.Length);
            Assert.InRange(place.EndLine, place.StartLine, text.Length);
        }
    }

    private static IEnumerable<Place> Places(DeploymentModel model) =>
        [
            .. model.Problems.Select(problem => problem.Place),
            .. model.Suppressions.Select(suppression => suppression.AppliesTo),
            .. model.Queues.SelectMany(queue =>
                new[] { queue.Whole, queue.Declaration, queue.PropertiesPlace, queue.VisibilityTimeout.Place, queue.RedrivePolicy.Place }
            ),
            .. model.Functions.SelectMany(function => new[] { function.Whole, function.Timeout.Place, function.Handler.Place }),
            .. model.Mappings.SelectMany(mapping => new[] { mapping.Whole, mapping.BatchSize.Place, mapping.Source.Place, mapping.Filters.Place }),
            .. model
                .Functions.Concat<Resource>(model.Queues)
                .Concat(model.Mappings)
                .SelectMany(resource => resource.Properties.Values)
                .SelectMany(property => new[] { property.Key, property.Value }),
        ];

    [Fact]
    public void Mutated_templates_are_read() =>
        Prop.ForAll(Mutations, mutation => CheckPlaces(Mutate(mutation.Seed, mutation.Changes)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(600).WithReplay(20_260_701, 31));

    [Fact]
    public void Every_beginning_of_a_template_is_read()
    {
        foreach (var seed in Seeds)
        {
            for (var length = 0; length <= seed.Length; length++)
                CheckPlaces(seed[..length]);
        }
    }

    [Fact]
    public void Any_text_is_read() =>
        Prop.ForAll<string>(text => CheckPlaces(text ?? "")).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_260_702, 31));

    private static string Mutate(string text, IEnumerable<(int Position, int Removed, string Inserted)> changes)
    {
        foreach (var (position, removed, inserted) in changes)
        {
            var start = Math.Min(position, text.Length);
            text = text.Remove(start, Math.Min(removed, text.Length - start)).Insert(start, inserted);
        }

        return text;
    }
}
