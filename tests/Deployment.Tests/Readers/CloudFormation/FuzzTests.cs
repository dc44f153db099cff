using System.Collections;
using AtLeastOnce.Deployment.Aws.Validation;
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
            .. model.Suppressions.SelectMany(suppression => new[] { suppression.Place, suppression.AppliesTo }),
            .. model.Resources.SelectMany(resource => resource.Properties.Values).SelectMany(property => new[] { property.Key, property.Value }),
            .. model.Resources.SelectMany(PlacesOf),
            .. model.Roles.SelectMany(role => role.Statements).Select(statement => statement.Place),
            .. model.Mappings.SelectMany(mapping => EventSourceMappingValidation.ValidateIn(model, mapping)).Select(refusal => refusal.Place),
            .. model.Queues.SelectMany(queue => QueueValidation.Validate(queue, model.DeadLetterQueueOf(queue))).Select(refusal => refusal.Place),
        ];

    // Every place that a resource, one of its links or one of its settings has.
    private static IEnumerable<Place> PlacesOf(object owner)
    {
        foreach (var property in owner.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            var value = property.GetValue(owner);
            if (value is Place place)
                yield return place;
            else if (value is ResourceLink link)
                yield return link.Place;
            else if (value is not null && value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Setting<>))
            {
                foreach (var inner in PlacesOf(value).Concat(((IEnumerable)type.GetProperty("Values")!.GetValue(value)!).Cast<object>().SelectMany(PlacesOf)))
                    yield return inner;
            }
        }
    }

    [Fact]
    public void Mutated_templates_are_read() =>
        Prop.ForAll(Mutations, mutation => CheckPlaces(Mutate(mutation.Seed, mutation.Changes)))
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
