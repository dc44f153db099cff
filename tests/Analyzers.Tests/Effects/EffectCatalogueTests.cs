using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.Analyzers.Tests.Effects;

public sealed class EffectCatalogueTests
{
    private const string Types = """
        namespace Shop
        {
            public interface IPayments { void Charge(); }
            public interface IRefunds<T> { void Refund(T order); }
            public class Payments : IPayments { public void Charge() { } public void ChargeAsync() { } public void Async() { } public void PayLater() { } public void Pay() { } public void Repay() { } }
            public class Special : Payments { public void ChargeTwice() { } }
            public class Refunds : IRefunds<string> { public void Refund(string order) { } }
            public static class Extensions { public static void Charge(this string order) { } }
            public class Other { public void Charge() { } public void Call() => "".Charge(); }
        }
        namespace Other.Shop { public interface IPayments { void Charge(); } }
        namespace Amazon.SQS { public interface IAmazonSQS { void SendMessageAsync(); } }
        """;

    private static readonly CSharpCompilation Compilation = CSharpCompilation.Create(
        "Types",
        [CSharpSyntaxTree.ParseText(Types)],
        References.None.Resolve(),
        new(OutputKind.DynamicallyLinkedLibrary)
    );

    [Theory]
    [InlineData("Shop.IPayments", "Charge", true)]
    [InlineData("Shop.Payments", "Charge", true)]
    [InlineData("Shop.Payments", "ChargeAsync", true)]
    [InlineData("Shop.Special", "ChargeTwice", false)]
    [InlineData("Shop.Other", "Charge", false)]
    [InlineData("Other.Shop.IPayments", "Charge", false)]
    [InlineData("Shop.Payments", "Async", false)]
    public void Methods_of_a_type_and_of_what_implements_it(string type, string method, bool isKnown) =>
        Assert.Equal(isKnown ? "mine" : null, Find(Mine("Shop.IPayments", "Charge"), type, method)?.Name);

    [Fact]
    public void A_generic_interface_is_named_without_its_arguments() =>
        Assert.Equal("mine", Find(Mine("Shop.IRefunds", "Refund"), "Shop.Refunds", "Refund")?.Name);

    [Fact]
    public void An_extension_method_is_one_of_its_class() => Assert.Equal("mine", Find(Mine("Shop.Extensions", "Charge"), "Shop.Extensions", "Charge")?.Name);

    [Theory]
    [InlineData("Pay*", "PayLater", true)]
    [InlineData("Pay*", "Pay", true)]
    [InlineData("Pay*", "Repay", false)]
    [InlineData("*pay", "Repay", true)]
    [InlineData("*Later", "PayLater", true)]
    [InlineData("P*L*r", "PayLater", true)]
    [InlineData("P*L*x", "PayLater", false)]
    [InlineData("*", "Repay", true)]
    public void A_star_stands_for_any_letters(string pattern, string method, bool matches) =>
        Assert.Equal(matches, Find(Mine("Shop.Payments", pattern), "Shop.Payments", method) is not null);

    [Fact]
    public void The_users_effects_come_before_the_products()
    {
        Assert.Equal("SendMessage", Find([], "Amazon.SQS.IAmazonSQS", "SendMessageAsync")?.Name);
        Assert.Equal("mine", Find(Mine("Amazon.SQS.IAmazonSQS", "SendMessage"), "Amazon.SQS.IAmazonSQS", "SendMessageAsync")?.Name);
    }

    [Fact]
    public void An_exact_name_comes_before_a_pattern()
    {
        var effects = Mine("Shop.Payments", "Pay*").Add(new("exact", EffectKind.Adds, ["Shop.Payments"], ["PayLater"]));

        Assert.Equal("exact", Find(effects, "Shop.Payments", "PayLater")?.Name);
    }

    private static ImmutableArray<Effect> Mine(string type, string method) => [new("mine", EffectKind.Adds, [type], [method])];

    private static Effect? Find(ImmutableArray<Effect> added, string type, string method) =>
        new EffectCatalogue(added).Find(Compilation.GetTypeByMetadataName(type)!.GetMembers(method).OfType<IMethodSymbol>().Single());
}
