using System.Reflection;
using System.Text.RegularExpressions;
using AtLeastOnce.Docs.Tests.Repository;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.Docs.Tests.Rules;

/// <summary>Fixes lie where their rule lies, fix rules that exist, and name their actions so that "fix all" tells them apart.</summary>
public sealed partial class FixTests
{
    private const BindingFlags Every =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;

    public static TheoryData<string> Names => [.. RuleEntry.AllFixes.Select(fix => fix.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fix_fixes_rules_that_exist_and_lies_where_its_rule_lies(string name)
    {
        var fix = FixNamed(name);
        var ids = RuleEntry.FixedBy(fix);
        Assert.Empty(ids.Except(RuleEntry.All.Select(rule => rule.Id)));
        var rule = RuleEntry.Of(Assert.Single(ids, id => name.StartsWith(id, StringComparison.Ordinal)));
        Assert.Equal($"{rule.Analyzer.Name}Fix", name);
        Assert.Contains($"src/CodeFixes/Rules/{rule.Family}/{name}.cs", RepositoryFiles.All(".cs", "src/CodeFixes"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fix_is_exported_for_csharp_under_its_own_name(string name)
    {
        var export = FixNamed(name).GetCustomAttribute<ExportCodeFixProviderAttribute>();
        Assert.NotNull(export);
        Assert.Equal(name, export.Name);
        Assert.Equal([LanguageNames.CSharp], export.Languages);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_actions_have_keys_that_start_with_the_id(string name)
    {
        var keys = KeysOf(FixNamed(name));
        Assert.NotEmpty(keys);
        Assert.All(
            keys,
            key => Assert.Contains(RuleEntry.FixedBy(FixNamed(name)), id => Key().IsMatch(key) && key.StartsWith(id + ".", StringComparison.Ordinal))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_can_fix_all(string name) => Assert.NotNull(((CodeFixProvider)Activator.CreateInstance(FixNamed(name))!).GetFixAllProvider());

    [Fact]
    public void No_key_is_used_twice()
    {
        var keys = RuleEntry.AllFixes.SelectMany(KeysOf).ToList();
        Assert.Equal(keys.Distinct(), keys);
    }

    private static Type FixNamed(string name) => RuleEntry.AllFixes.Single(fix => fix.Name == name);

    // A key is a constant called …Key, or the property of a base class that joins id and action.
    private static IReadOnlyList<string> KeysOf(Type fix) =>
        [
            .. fix.GetFields(Every)
                .Where(field => field.IsLiteral && field.Name.EndsWith("Key", StringComparison.Ordinal))
                .Select(field => (string)field.GetRawConstantValue()!),
            .. fix.GetProperties(Every)
                .Where(property => property.Name == "EquivalenceKey")
                .Select(property => (string)property.GetValue(Activator.CreateInstance(fix))!),
        ];

    [GeneratedRegex(@"^ALO\d{3}\.[A-Z][A-Za-z]+$")]
    private static partial Regex Key();
}
