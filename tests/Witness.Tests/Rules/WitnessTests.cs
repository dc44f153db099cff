using System.Reflection;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules;

/// <summary>No rule without a witness: the class <c>Rules.&lt;Family&gt;.&lt;Rule&gt;Witness</c>, with facts of the flawed and of the fixed example.</summary>
public class WitnessTests
{
    /// <summary>The rules, by their full name below <c>Rules</c>.</summary>
    public static TheoryData<string> Rules { get; } = [.. ExampleAnalysis.AllRules.Select(rule => rule.GetType().FullName!["AtLeastOnce.Analyzers.".Length..])];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_rule_is_seen_to_be_right(string rule)
    {
        var name = $"AtLeastOnce.Witness.Tests.{rule}Witness";

        var witness = typeof(WitnessTests).Assembly.GetType(name);

        Assert.True(witness is not null, $"There is no class {name}.");
        var facts = witness.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name).ToArray();
        Assert.Contains(facts, fact => fact.StartsWith("Flawed_", StringComparison.Ordinal));
        Assert.Contains(facts, fact => fact.StartsWith("Fixed_", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_is_one_of_a_rule() =>
        Assert.Equal(
            ExampleAnalysis.AllRules.SelectMany(rule => rule.SupportedDiagnostics).Select(descriptor => descriptor.Id).Distinct().Order(),
            RulePage.Ids()
        );
}
