using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Effects;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.Analyzers.Tests.Effects;

/// <summary>Every type of the product's catalogue against one of the same name in another namespace, method by method.</summary>
public sealed class EffectLookAlikeTests
{
    private static readonly ImmutableArray<Effect> BuiltIn = EffectFile.ReadBuiltIn();
    private static readonly EffectCatalogue Catalogue = new([]);

    /// <summary>The types of the catalogue.</summary>
    public static TheoryData<string> Types { get; } = [.. BuiltIn.SelectMany(effect => effect.Types).Distinct()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_of_the_same_name_in_another_namespace_has_no_effect(string type) =>
        Assert.All(MethodsOf(type, "Mine." + type), found => Assert.Null(found.Effect));

    [Theory]
    [MemberData(nameof(Types))]
    public void The_type_itself_has(string type) => Assert.All(MethodsOf(type, type), found => Assert.Contains(type, found.Effect!.Types));

    [Fact]
    public void Every_kind_of_effect_has_an_entry() => Assert.Equal(Enum.GetValues<EffectKind>(), BuiltIn.Select(effect => effect.Kind).Distinct().Order());

    private static IReadOnlyList<(string Name, Effect? Effect)> MethodsOf(string type, string declared)
    {
        var methods = BuiltIn
            .Where(effect => effect.Types.Contains(type))
            .SelectMany(effect => effect.Methods)
            .Distinct()
            .Select(name => name.Replace("*", "Thing"));
        var at = declared.LastIndexOf('.');
        var code =
            $"namespace {declared[..at]} {{ public class {declared[(at + 1)..]} {{ {string.Concat(methods.Select(name => $"public void {name}Async() {{ }} "))}}} }}";
        var compilation = CSharpCompilation.Create("Types", [CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken)]);
        var found = compilation
            .GetTypeByMetadataName(declared)!
            .GetMembers()
            .OfType<IMethodSymbol>()
            .Where(method => method.MethodKind == MethodKind.Ordinary)
            .Select(method => (method.Name, Catalogue.Find(method)))
            .ToList();
        Assert.NotEmpty(found);
        return found;
    }
}
