using Microsoft.CodeAnalysis;

namespace AtLeastOnce.TestKit.Tests;

using static AnalyzerVerifier<NameAnalyzer>;

public sealed class ExpectationTests
{
    private const string Marked = "class {|#0:BadX|} { }";

    [Fact]
    public Task Marked_names_pass() => VerifyAnalyzerAsync("class [|BadX|] { class {|TK001:BadY|} { } }");

    [Fact]
    public async Task A_missing_diagnostic_shows_what_was_expected_and_the_source()
    {
        var message = await Failing.MessageAsync(() => VerifyAnalyzerAsync("class [|GoodX|] { }\nclass [|BadX|] { }\n"));
        Assert.Equal(
            """
            Diagnostics of the input: expected 2, actual 1.

            Expected, but not reported:
                Diagnostic("TK001").WithSpan(1, 7, 1, 12),

            Reported, but not expected:
                (none)

            All that was reported, to paste:
                Diagnostic("TK001").WithSpan(2, 7, 2, 11).WithArguments("BadX"), // 'BadX' is a bad name

            --- Test0.cs
            class GoodX { }
            class {|TK001:BadX|} { }


            """.ReplaceLineEndings("\n"),
            message
        );
    }

    [Fact]
    public async Task An_extra_diagnostic_can_be_pasted()
    {
        var message = await Failing.MessageAsync(() => VerifyAnalyzerAsync("class BadX { }"));
        Assert.Contains(
            "Reported, but not expected:\n    Diagnostic(\"TK001\").WithSpan(1, 7, 1, 11).WithArguments(\"BadX\"), // 'BadX' is a bad name\n",
            message,
            StringComparison.Ordinal
        );
        await VerifyAnalyzerAsync("class BadX { }", Diagnostic("TK001").WithSpan(1, 7, 1, 11).WithArguments("BadX"));
    }

    [Fact]
    public async Task The_same_diagnostic_twice_is_expected_twice()
    {
        var message = await Failing.MessageAsync(() => VerifyAnalyzerAsync("class [|[|BadX|]|] { }"));
        Assert.StartsWith("Diagnostics of the input: expected 2, actual 1.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class [|BadX |]{ }")]
    [InlineData("class B[|adX|] { }")]
    [InlineData("class{|TK001: BadX|} { }")]
    public async Task A_span_is_exact(string source) =>
        Assert.StartsWith(
            "Diagnostics of the input: expected 1, actual 1.",
            await Failing.MessageAsync(() => VerifyAnalyzerAsync(source)),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_location_states_the_beginning_alone()
    {
        await VerifyAnalyzerAsync("class BadX { }", Diagnostic().WithLocation(1, 7));
        Assert.Contains(
            "Diagnostic(\"TK001\").WithSeverity(DiagnosticSeverity.Warning).WithLocation(1, 8),",
            await Failing.MessageAsync(() => VerifyAnalyzerAsync("class BadX { }", Diagnostic().WithLocation(1, 8))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_id_is_exact() =>
        Assert.Contains(
            "Diagnostic(\"TK999\").WithSpan(1, 7, 1, 11),",
            await Failing.MessageAsync(() => VerifyAnalyzerAsync("class {|TK999:BadX|} { }")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Arguments_are_exact()
    {
        await VerifyAnalyzerAsync(Marked, Diagnostic().WithLocation(0).WithArguments("BadX"));
        var message = await Failing.MessageAsync(() => VerifyAnalyzerAsync(Marked, Diagnostic().WithLocation(0).WithArguments("BadY")));
        Assert.Contains(".WithSpan(1, 7, 1, 11).WithArguments(\"BadY\"),\n", message, StringComparison.Ordinal);
        await Failing.MessageAsync(() => VerifyAnalyzerAsync(Marked, Diagnostic().WithLocation(0).WithArguments("BadX", "BadX")));
    }

    [Fact]
    public async Task A_message_is_exact()
    {
        await VerifyAnalyzerAsync(Marked, Diagnostic().WithLocation(0).WithMessage("'BadX' is a bad name"));
        Assert.Contains(
            ".WithMessage(\"'BadX' is a bad name.\"),",
            await Failing.MessageAsync(() => VerifyAnalyzerAsync(Marked, Diagnostic().WithLocation(0).WithMessage("'BadX' is a bad name."))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_severity_is_exact_and_by_default_that_of_the_descriptor()
    {
        var graded = await Failing.MessageAsync(() => AnalyzerVerifier<GradedAnalyzer>.VerifyAnalyzerAsync("class [|BadX|] { }"));
        Assert.Contains("Diagnostic(\"TK001\").WithSeverity(DiagnosticSeverity.Info).WithSpan(1, 7, 1, 11)", graded, StringComparison.Ordinal);
        await AnalyzerVerifier<GradedAnalyzer>.VerifyAnalyzerAsync(Marked, Diagnostic().WithSeverity(DiagnosticSeverity.Info).WithLocation(0));
    }

    [Fact]
    public async Task Additional_locations_are_exact_unless_only_marked()
    {
        const string source = "class {|#1:Base|} { } class {|#0:BadX|} : Base { } class {|#2:Other|} { }";
        var expected = AnalyzerVerifier<BaseTypeAnalyzer>.Diagnostic().WithLocation(0);

        await AnalyzerVerifier<BaseTypeAnalyzer>.VerifyAnalyzerAsync(source, expected.WithLocation(1));
        await AnalyzerVerifier<BaseTypeAnalyzer>.VerifyAnalyzerAsync(source, expected.IgnoringAdditionalLocations());
        await AnalyzerVerifier<BaseTypeAnalyzer>.VerifyAnalyzerAsync("class Base { } class [|BadX|] : Base { }");
        Assert.Contains(
            ".WithSpan(1, 22, 1, 26).WithSpan(1, 7, 1, 11).WithArguments(\"BadX\")",
            await Failing.MessageAsync(() => AnalyzerVerifier<BaseTypeAnalyzer>.VerifyAnalyzerAsync(source, expected)),
            StringComparison.Ordinal
        );
        await Failing.MessageAsync(() => AnalyzerVerifier<BaseTypeAnalyzer>.VerifyAnalyzerAsync(source, expected.WithLocation(2)));
        await Failing.MessageAsync(() => AnalyzerVerifier<BaseTypeAnalyzer>.VerifyAnalyzerAsync(source, expected.WithLocation(1).WithLocation(2)));
    }

    [Fact]
    public async Task Diagnostics_in_additional_files_are_marked_there()
    {
        var test = new CSharpAnalyzerTest<FileAnalyzer>
        {
            TestCode = "",
            TestState = { AdditionalFiles = { ("a.yaml", "x: [|bad|]\n"), ("b.json", "{ \"x\": \"{|#0:bad|}\" }") } },
        };
        test.ExpectedDiagnostics.Add(AnalyzerVerifier<FileAnalyzer>.Diagnostic().WithLocation(0).WithArguments("bad"));
        await test.RunAsync(TestContext.Current.CancellationToken);

        var failing = new CSharpAnalyzerTest<FileAnalyzer> { TestCode = "", TestState = { AdditionalFiles = { ("a.yaml", "x: bad\n") } } };
        var message = await Failing.MessageAsync(failing);
        Assert.Contains("Diagnostic(\"TK101\").WithSpan(\"a.yaml\", 1, 4, 1, 7).WithArguments(\"bad\"),", message, StringComparison.Ordinal);
        Assert.Contains("--- a.yaml\nx: {|TK101:bad|}\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compiler_errors_must_be_declared()
    {
        await VerifyAnalyzerAsync("class GoodX : {|CS0246:Missing|} { }");
        await VerifyAnalyzerAsync("class GoodX : Missing { }", DiagnosticResult.CompilerError("CS0246").WithSpan(1, 15, 1, 22).WithArguments("Missing"));
        Assert.Contains(
            "DiagnosticResult.CompilerError(\"CS0246\").WithSpan(1, 15, 1, 22).WithArguments(\"Missing\"), // The type or namespace name 'Missing'",
            await Failing.MessageAsync(() => VerifyAnalyzerAsync("class GoodX : Missing { }")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Diagnostic(\"CS0246\").WithSpan(1, 15, 1, 21),",
            await Failing.MessageAsync(() => VerifyAnalyzerAsync("class GoodX : {|CS0246:object|} { }")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Compiler_warnings_are_compared_on_demand()
    {
        const string source = "class GoodX { void M() { int x; } }";
        await VerifyAnalyzerAsync(source);
        await new CSharpAnalyzerTest<NameAnalyzer> { TestCode = "class GoodX : Missing { }", CompilerDiagnostics = CompilerDiagnostics.None }.RunAsync(
            TestContext.Current.CancellationToken
        );
        Assert.Contains(
            "Diagnostic(\"CS0168\")",
            await Failing.MessageAsync(new CSharpAnalyzerTest<NameAnalyzer> { TestCode = source, CompilerDiagnostics = CompilerDiagnostics.Warnings }),
            StringComparison.Ordinal
        );
    }
}
