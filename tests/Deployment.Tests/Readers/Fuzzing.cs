using System.Collections;
using AtLeastOnce.Deployment.Aws.Validation;
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
    public string Text
    {
        get
        {
            var text = Seed;
            foreach (var (position, removed, inserted) in Changes)
            {
                var start = Math.Min(position, text.Length);
                text = text.Remove(start, Math.Min(removed, text.Length - start)).Insert(start, inserted);
            }

            return text;
        }
    }

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
}
