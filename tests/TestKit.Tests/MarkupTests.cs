using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit.Tests;

public sealed class MarkupTests
{
    [Fact]
    public void Nested_and_repeated_marks_give_spans_in_the_unmarked_text()
    {
        var markup = MarkupText.Parse("x", "a [|b {|TK001:c {|#12:d|}|} e|] [||]f");

        Assert.Equal("a b c d e f", markup.Text);
        Assert.Equal(
            [
                new("#12", TextSpan.FromBounds(6, 7)),
                new("TK001", TextSpan.FromBounds(4, 7)),
                new("", TextSpan.FromBounds(2, 9)),
                new("", TextSpan.FromBounds(10, 10)),
            ],
            markup.Spans
        );
        Assert.Equal([12, null, null, null], markup.Spans.Select(span => span.Key));
    }

    [Theory]
    [InlineData("{| x: 1 |}")]
    [InlineData("{||}")]
    [InlineData("{|#x:a|}")]
    [InlineData("a |] b |} c")]
    [InlineData("x | [y] {z}")]
    public void What_names_nothing_is_text(string text)
    {
        var markup = MarkupText.Parse("x", text);

        Assert.Equal(text, markup.Text);
        Assert.Empty(markup.Spans);
    }

    [Theory]
    [InlineData("a [|b", "t.yaml: a mark '[|' is not closed by '|]'.")]
    [InlineData("a {|TK001:b |]", "t.yaml: the mark '{|TK001:' is not closed by '|}'.")]
    public void An_open_mark_fails(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<VerificationException>(() => MarkupText.Parse("/0/t.yaml", text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Verbatim_files_have_no_marks()
    {
        var test = new CSharpAnalyzerTest<FileAnalyzer>
        {
            TestCode = "",
            ExpectedDiagnostics = { AnalyzerVerifier<FileAnalyzer>.Diagnostic().WithSpan("t.yaml", 1, 3, 1, 6) },
        };
        test.TestState.AdditionalFiles.AddVerbatim("t.yaml", "[|bad|]");
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_state_without_markup_has_no_marks()
    {
        var test = new CSharpAnalyzerTest<FileAnalyzer>
        {
            TestCode = "",
            ExpectedDiagnostics = { AnalyzerVerifier<FileAnalyzer>.Diagnostic().WithSpan("t.yaml", 1, 3, 1, 6) },
        };
        test.TestState.MarkupHandling = MarkupMode.None;
        test.TestState.AdditionalFiles.Add("t.yaml", "[|bad|]");
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_numbered_mark_must_be_unique_and_exist()
    {
        var twice = new CSharpAnalyzerTest<NameAnalyzer> { TestCode = "class {|#0:A|} { } class {|#0:B|} { }" };
        Assert.Equal("The mark {|#0:…|} occurs twice.", await Failing.MessageAsync(twice));

        var missing = new CSharpAnalyzerTest<NameAnalyzer>
        {
            TestCode = "class A { }",
            ExpectedDiagnostics = { AnalyzerVerifier<NameAnalyzer>.Diagnostic().WithLocation(3) },
        };
        Assert.Equal("No file holds the mark {|#3:…|} that an expected diagnostic names.", await Failing.MessageAsync(missing));
    }

    [Fact]
    public async Task An_anonymous_mark_needs_one_id()
    {
        var ambiguous = new AnalyzerTest(new NameAnalyzer(), new WorseNameAnalyzer()) { TestCode = "class [|BadX|] { }" };
        Assert.Equal("[|…|] needs analyzers with exactly one id, or a DefaultDiagnosticId; write {|id:…|}.", await Failing.MessageAsync(ambiguous));

        var named = new AnalyzerTest(new NameAnalyzer(), new WorseNameAnalyzer())
        {
            TestCode = "class [|{|TK002:BadWorse|}|] { }",
            DefaultDiagnosticId = "TK001",
        };
        await named.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_file_is_stated_once()
    {
        var test = new CSharpAnalyzerTest<NameAnalyzer> { TestCode = "" };
        test.TestState.AdditionalFiles.Add("Test0.cs", "");
        Assert.Equal("The file Test0.cs is stated twice.", await Failing.MessageAsync(test));
    }
}
