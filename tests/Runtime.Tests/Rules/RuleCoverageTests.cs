using System.Reflection;
using System.Text.RegularExpressions;

namespace AtLeastOnce.Runtime.Tests.Rules;

/// <summary>Every rule about polling, results and queues that AWS documents, or that was observed, has a test that names it.</summary>
public partial class RuleCoverageTests
{
    /// <summary>The rules of sections 2 to 4 of the semantics reference that are marked D or O, in its order.</summary>
    private const string Rules = """
        B-1 B-2 B-3 B-5 B-6 B-7 B-8 B-9 B-10 B-11 B-12 B-13 B-14 B-15 B-16 B-17 B-18 B-19 B-20 B-21 B-22 B-23
        B-30 B-31 B-32 B-33 B-35 B-36 B-37 B-38 B-39 B-40 B-41 B-42 B-43 B-43a B-44
        W-1 W-2 W-3 W-4 W-5 W-6 W-7 W-8 W-9 W-10 W-12
        F-1 F-1a F-1b F-1c F-2 F-3 F-4 F-5 F-6 F-14 F-15 F-16 F-17
        R-1 R-2 R-3 R-4 R-5 R-6 R-7 R-8 R-9 R-10 R-11 R-12 R-13 R-18 R-19 R-20a R-20b R-20c
        R-20 R-21 R-22 R-23 R-24 R-26 R-26a R-27 R-28 R-29 R-29a R-30 R-32 R-33 R-34 R-35 R-36 R-37
        R-40 R-41 R-42 R-43 R-44 R-45 R-46 R-47 R-48 R-49
        S-1 S-2 S-3 S-4 S-5 S-7 S-8 S-9 S-10 S-20 S-21 S-22 S-23 S-24 S-25 S-26 S-27 S-28 S-29 S-30
        S-40 S-41 S-42 S-43 S-44 S-45 S-46 S-47 S-48 S-49 S-50 S-51 S-60 S-61 S-63 S-64 S-65 S-66 S-67
        """;

    /// <summary>The rules that the runtime does not simulate, and why.</summary>
    private static readonly Dictionary<string, string> NotSimulated = new(StringComparer.Ordinal)
    {
        ["B-8"] = "A function has no extensions here.",
        ["B-23"] = "A host is one account and one Region, and Map takes one queue.",
        ["B-39"] = "Records of the Kinesis Producer Library are not taken apart.",
        ["B-41"] = "The throughput of shards is not limited.",
        ["F-5"] = "Kafka is not simulated.",
        ["F-6"] = "Amazon MQ is not simulated.",
        ["R-29a"] = "Each discarded part of a batch is told of on its own.",
        ["S-65"] = "Loops are not stopped; InvocationLimit ends the run.",
    };

    private static string[] All => Rules.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_rule_has_a_test_that_names_it()
    {
        var named = Named().ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], All.Where(rule => !named.Contains(rule) && !NotSimulated.ContainsKey(rule)));
        Assert.Equal([], NotSimulated.Keys.Where(rule => named.Contains(rule) || !All.Contains(rule)));
    }

    [Fact]
    public void The_rules_are_those_of_the_reference()
    {
        Assert.SkipUnless(SharedReference.IsHere, SharedReference.WhyAbsent);

        Assert.Equal(SharedReference.Rows("2", "3", "4").Where(row => row.IsDocumentedOrObserved).Select(row => row.Id), All);
    }

    // By the beginning of the test's name, by the attribute, or as an argument of the theory's data.
    private static IEnumerable<string> Named() =>
        from type in typeof(RuleCoverageTests).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetCustomAttributes<FactAttribute>().Any()
        from id in NameOf(method).Concat(method.GetCustomAttributes<RuleAttribute>().SelectMany(rule => rule.Ids)).Concat(DataOf(method))
        select id;

    private static IEnumerable<string> NameOf(MethodInfo method) =>
        method
            .Name.Split('_')
            .Select(word => Word().Match(word))
            .TakeWhile(match => match.Success)
            .Select(match => $"{match.Groups[1].Value}-{match.Groups[2].Value}");

    private static IEnumerable<string> DataOf(MethodInfo method) =>
        method.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.Data).OfType<string>().Where(text => Id().IsMatch(text));

    [GeneratedRegex("^([A-Z])([0-9]+[a-z]?)$")]
    private static partial Regex Word();

    [GeneratedRegex("^[A-Z]-[0-9]+[a-z]?$")]
    private static partial Regex Id();
}
