using AtLeastOnce.TestKit;
using Rule = AtLeastOnce.Analyzers.Rules.Outcome.ALO204FailureSwallowed;

namespace AtLeastOnce.Analyzers.Tests.Facts;

/// <summary>Where calls lead that can mean several methods: to the only one there is.</summary>
public sealed class CallTargetTests
{
    private const string Call = "shipper.ShipAsync(message.Body)";

    private const string Handler = """
        using System.Threading.Tasks;
        using Amazon.Lambda.SQSEvents;

        namespace Shop.Orders
        {
            public class OrdersFunction
            {
                private readonly Contracts.IShipper shipper = null!;

                public async Task HandleAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                        await shipper.ShipAsync(message.Body);
                }
            }
        }

        namespace Shop.Contracts
        {
            public interface IShipper
            {
                Task ShipAsync(string order);
            }
        }
        """;

    private const string Swallows = """
        {
            public Task ShipAsync(string order) => Task.CompletedTask;

            public async Task SendAsync(string order)
            {
                try
                {
                    await Task.Yield();
                    System.IO.File.Delete(order);
                }
                catch (System.Exception)
                {
                }
            }
        }
        """;

    private static readonly string Ships = Swallows
        .Replace("ShipAsync(string order) => Task.CompletedTask;", "WaitAsync() => Task.CompletedTask;")
        .Replace("SendAsync", "ShipAsync");

    [Theory]
    [InlineData("namespace Shop.Contracts { class Truck : IShipper", "}")]
    [InlineData("namespace Shop.Contracts.Trucks { class Truck : IShipper", "}")]
    [InlineData("namespace Elsewhere { using Shop.Contracts; class Truck : IShipper", "}")]
    [InlineData("namespace Elsewhere { class Truck : Shop.Contracts.IShipper", "}")]
    [InlineData("namespace Elsewhere { class Truck : global::Shop.Contracts.IShipper", "}")]
    [InlineData("namespace Elsewhere { using S = Shop.Contracts.IShipper; class Truck : S", "}")]
    [InlineData("namespace Elsewhere { class Fleet<T> { struct Truck : Shop.Contracts.IShipper", "} }")]
    [InlineData("namespace Shop { using Contracts; record Truck(int Id) : IShipper", "}")]
    public Task The_only_implementation_is_followed_wherever_it_is(string before, string after) => VerifyAsync(before + "\n" + Ships + after, isFollowed: true);

    [Fact]
    public Task A_global_using_imports_the_interface() =>
        VerifyAsync("namespace Elsewhere { class Truck : IShipper\n" + Ships + "}", isFollowed: true, "global using Shop.Contracts;");

    [Fact]
    public Task An_interface_of_the_same_name_is_another_one() =>
        VerifyAsync(
            $"namespace Shop.Contracts {{ class Truck : IShipper\n{Ships} }}\n"
                + "namespace Other { interface IShipper { Task ShipAsync(string order); } class Ship : IShipper { public Task ShipAsync(string order) => Task.CompletedTask; } }",
            isFollowed: true
        );

    [Fact]
    public Task Of_two_implementations_none_is_followed() =>
        VerifyAsync(
            $"namespace Shop.Contracts {{ class Truck : IShipper\n{Ships} class Ship : IShipper {{ public Task ShipAsync(string order) => Task.CompletedTask; }} }}",
            isFollowed: false
        );

    [Fact]
    public Task An_implementation_that_a_base_class_inherits_is_followed() =>
        VerifyAsync($"namespace Shop.Contracts {{ abstract class Vehicle : IShipper\n{Ships} class Truck : Vehicle {{ }} }}", isFollowed: true);

    [Fact]
    public Task What_another_method_does_with_failures_does_not_count() =>
        VerifyAsync("namespace Shop.Contracts { class Truck : IShipper\n" + Swallows + "}", isFollowed: false);

    [Fact]
    public Task A_method_of_a_library_that_the_source_overrides_once_may_still_be_its_own() =>
        AnalyzerVerifier<Rule>.VerifyAnalyzerAsync(
            """
            using System;
            using System.IO;
            using System.Threading.Tasks;
            using Amazon.Lambda.SQSEvents;

            public class OrdersFunction
            {
                private readonly TextWriter log = Console.Out;

                public async Task HandleAsync(SQSEvent batch)
                {
                    foreach (var message in batch.Records)
                        await log.WriteLineAsync(message.Body);
                }
            }

            class QuietWriter : StringWriter
            {
                public override async Task WriteLineAsync(string? text)
                {
                    try
                    {
                        await Task.Yield();
                        File.Delete(text!);
                    }
                    catch (Exception)
                    {
                    }
                }
            }
            """
        );

    private static Task VerifyAsync(string types, bool isFollowed, string usings = "")
    {
        var test = new CSharpAnalyzerTest<Rule>();
        test.TestState.Sources.Add(isFollowed ? Handler.Replace(Call, "{|#0:" + Call + "|}", StringComparison.Ordinal) : Handler);
        test.TestState.Sources.Add(("Types.cs", $"{usings}\nusing System.Threading.Tasks;\n{types}"));
        if (isFollowed)
            test.ExpectedDiagnostics.Add(AnalyzerVerifier<Rule>.Diagnostic().WithLocation(0).IgnoringAdditionalLocations());
        return test.RunAsync();
    }
}
