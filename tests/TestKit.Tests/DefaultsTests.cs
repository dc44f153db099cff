namespace AtLeastOnce.TestKit.Tests;

/// <summary>Changes what all tests share, so it runs alone.</summary>
[CollectionDefinition(nameof(DefaultsTests), DisableParallelization = true)]
[Collection(nameof(DefaultsTests))]
public sealed class DefaultsTests : IDisposable
{
    public void Dispose()
    {
        References.Default = References.None;
        AnalyzerTest.DefaultCompanionAnalyzers = static () => [];
        AnalyzerTest.DefaultTestBehaviors = TestBehaviors.None;
    }

    [Fact]
    public async Task A_test_project_sets_the_references_of_all_its_tests()
    {
        References.Default = References.With("AtLeastOnce.TestKit", "Microsoft.CodeAnalysis");
        await AnalyzerVerifier<NameAnalyzer>.VerifyAnalyzerAsync("class GoodX : AtLeastOnce.TestKit.AnalyzerTest { }");
        var without = new CSharpAnalyzerTest<NameAnalyzer>
        {
            TestCode = "class GoodX : {|CS0246:AtLeastOnce|}.TestKit.AnalyzerTest { }",
            ReferenceAssemblies = References.None,
        };
        await without.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_test_project_sets_the_companions_of_all_its_tests()
    {
        AnalyzerTest.DefaultCompanionAnalyzers = static () => [new ThrowingAnalyzer(), new NameAnalyzer()];
        Assert.StartsWith(
            $"AD0001: {typeof(ThrowingAnalyzer).FullName} threw while the input was analysed:",
            await Failing.MessageAsync(() => AnalyzerVerifier<NameAnalyzer>.VerifyAnalyzerAsync("class [|BadX|] { }")),
            StringComparison.Ordinal
        );
        await AnalyzerVerifier<NameAnalyzer>.VerifyAnalyzerAsync("class GoodX { }");
    }

    [Fact]
    public void A_test_project_sets_the_extra_runs_of_all_its_tests()
    {
        Assert.Equal(TestBehaviors.None, new CSharpAnalyzerTest<NameAnalyzer>().TestBehaviors);
        AnalyzerTest.DefaultTestBehaviors = TestBehaviors.BuildAndEditorOnly;
        Assert.Equal(TestBehaviors.BuildAndEditorOnly, new CSharpAnalyzerTest<NameAnalyzer>().TestBehaviors);
    }
}
