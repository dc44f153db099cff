using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AtLeastOnce.Analyzers.Tests.Infrastructure;

/// <summary>Walks over operations: their order, and that no depth of a text is too much for them.</summary>
public sealed class OperationPathsTests
{
    [Fact]
    public void What_goes_into_a_call_runs_before_it() =>
        Assert.Equal(["a", "b", "G(b)", "F(a, G(b))"], Bind("F(a, G(b))").InOrderOfEvaluation().Where(IsNamedOrCalled).Select(part => part.Syntax.ToString()));

    [Fact]
    public void What_is_not_entered_is_still_told_of() =>
        Assert.Equal(
            ["a", "G(b)", "F(a, G(b))"],
            Bind("F(a, G(b))").InOrderOfEvaluation(part => part is not IInvocationOperation).Where(IsNamedOrCalled).Select(part => part.Syntax.ToString())
        );

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(2_000)]
    public void A_part_is_found_however_deep_it_lies(int terms)
    {
        var sum = Bind("a" + string.Concat(Enumerable.Repeat(" + b", terms)));

        Assert.True(sum.HasPart(part => part is IParameterReferenceOperation { Parameter.Name: "a" }));
        Assert.False(sum.HasPart(part => part is IParameterReferenceOperation { Parameter.Name: "c" }));
        Assert.Equal(terms + 1, sum.InOrderOfEvaluation().Count(part => part is IParameterReferenceOperation));
    }

    private static bool IsNamedOrCalled(IOperation operation) => operation is IParameterReferenceOperation or IInvocationOperation;

    private static IOperation Bind(string expression)
    {
        var tree = CSharpSyntaxTree.ParseText(
            $$"""
            static class Shop
            {
                static int F(int a, int b) => 0;
                static int G(int b) => 0;
                static int Of(int a, int b) => {{expression}};
            }
            """,
            cancellationToken: TestContext.Current.CancellationToken
        );
        var model = CSharpCompilation.Create("Shop", [tree], References.Default.Resolve()).GetSemanticModel(tree);
        var body = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ArrowExpressionClauseSyntax>().Last();
        return model.GetOperation(body.Expression, TestContext.Current.CancellationToken)!;
    }
}
