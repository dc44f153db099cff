using System.Diagnostics;
using System.Globalization;
using AtLeastOnce.Deployment.Model;
using FsCheck;
using FsCheck.Fluent;

namespace AtLeastOnce.Deployment.Tests.Readers;

/// <summary>A text that was changed in some places.</summary>
/// <param name="Seed">The text as it was.</param>
/// <param name="Changes">What is taken out and put in.</param>
internal sealed record Mutation(string Seed, (int Position, int Removed, string Inserted)[] Changes)
{
    private static readonly string[] Yaml =
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
    /// <param name="seeds">The texts.</param>
    /// <param name="fragments">What is put in beside single characters: what means something in such a text; of YAML and JSON if null.</param>
    public static Arbitrary<Mutation> Of(IReadOnlyList<string> seeds, IReadOnlyList<string>? fragments = null) =>
        (
            from seed in Gen.Elements(seeds.AsEnumerable())
            from changes in Gen.ArrayOf(
                from position in Gen.Choose(0, seed.Length)
                from removed in Gen.Choose(0, 12)
                from inserted in Gen.OneOf(Gen.Elements((fragments ?? Yaml).AsEnumerable()), Gen.Choose(0, 0x2100).Select(code => ((char)code).ToString()))
                select (position, removed, inserted)
            )
            select new Mutation(seed, changes)
        ).ToArbitrary();
}

/// <summary>What holds for the model of any text whatever.</summary>
internal static class Fuzzing
{
    /// <summary>The variable that makes the runs so many times as large, with other texts each time: for a long run, such as one of a night.</summary>
    private const string Variable = "ALO_FUZZ";

    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(5);
    private static readonly int? Factor = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var factor)
        ? factor
        : null;

    /// <summary>Checks that many texts, the same ones in each run of the tests.</summary>
    public static void Run<T>(Arbitrary<T> texts, int count, ulong seed, Action<T> check)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count * (Factor ?? 1));
        if (Factor is null)
            Prop.ForAll(texts, check).Check(config.WithReplay(seed, 31));
        else
            Prop.ForAll(texts, text => Timed(() => check(text))).Check(config);
    }

    /// <summary>Asserts that nothing went wrong, and that every place lies in the text.</summary>
    public static void Check(DeploymentModel model, string text)
    {
        Assert.True(model.IsTemplate || !model.Resources.Any());
        Assert.DoesNotContain(model.Problems, problem => problem.Text.StartsWith("The template cannot be understood", StringComparison.Ordinal));
        ModelPlaces.Check(model, _ => text);
    }

    // Only a long run looks at the clock, and twice more before it blames the text: the machine may be busy.
    private static void Timed(Action check)
    {
        var shortest = TimeSpan.MaxValue;
        for (var read = 0; read < 3 && shortest > LongestRead; read++)
        {
            var clock = Stopwatch.StartNew();
            check();
            shortest = clock.Elapsed < shortest ? clock.Elapsed : shortest;
        }

        Assert.True(shortest <= LongestRead, FormattableString.Invariant($"One text took {shortest} at best."));
    }
}
