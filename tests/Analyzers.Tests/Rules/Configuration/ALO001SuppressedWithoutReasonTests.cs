using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Rule = AtLeastOnce.Analyzers.Rules.Configuration.ALO001SuppressedWithoutReason;

namespace AtLeastOnce.Analyzers.Tests.Rules.Configuration;

public sealed class ALO001SuppressedWithoutReasonTests
{
    private const string Effects = "what the rules say about repeated effects";

    private static DiagnosticResult Finding(string written, string silenced, string reasonBelongs, int mark = 0) =>
        AnalyzerVerifier<Rule>
            .Diagnostic()
            .WithSeverity(DiagnosticSeverity.Info)
            .WithLocation(mark)
            .WithArguments(written, silenced, reasonBelongs)
            .WithMessage(
                $"{written} silences {silenced} and does not say why: nobody can tell whether it is harmless here or was never looked at, and what is silenced goes on happening in production. Say why {reasonBelongs}."
            );

    private static DiagnosticResult Pragma(string ids, int mark = 0) =>
        Finding("'#pragma warning disable'", ids, "in a comment behind it or on the line above", mark);

    private static CSharpAnalyzerTest<Rule> Test(string code, params DiagnosticResult[] expected)
    {
        var test = new CSharpAnalyzerTest<Rule> { TestCode = code };
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    private static Task VerifyAsync(string code, params DiagnosticResult[] expected) => Test(code, expected).RunAsync(TestContext.Current.CancellationToken);

    // A method with these lines above it, in a project without any handler.
    private static string Above(string lines) =>
        $$"""
            using System.Diagnostics.CodeAnalysis;

            class Own
            {
                int before;

                {{lines.ReplaceLineEndings("\n    ")}}
                void Ship() { before++; }
            }
            """;

    [Theory]
    [InlineData("{|#0:#pragma warning disable ALO101|}", "ALO101")]
    [InlineData("{|#0:#pragma warning disable ALO101, ALO111|}", "ALO101, ALO111")]
    [InlineData("{|#0:#pragma warning disable CS0168, ALO202|}", "ALO202")]
    [InlineData("{|#0:#pragma warning disable alo101|}", "alo101")]
    [InlineData("{|#0:#pragma warning disable ALO101|} //", "ALO101")]
    [InlineData("{|#0:#pragma warning disable ALO101|} // ALO101.", "ALO101")]
    [InlineData("{|#0:#pragma warning disable ALO101|} // <Pending>", "ALO101")]
    [InlineData("{|#0:#pragma warning disable ALO101|} // Every redelivery does it again", "ALO101")]
    [InlineData("// The dashboard may be off by a few.\n\n{|#0:#pragma warning disable ALO101|}", "ALO101")]
    [InlineData("/// <summary>Ships.</summary>\n{|#0:#pragma warning disable ALO101|}", "ALO101")]
    [InlineData("int other; // The dashboard may be off by a few.\n{|#0:#pragma warning disable ALO101|}", "ALO101")]
    [InlineData("// The dashboard may be off by a few.\nint other;\n{|#0:#pragma warning disable ALO101|}", "ALO101")]
    [InlineData("#pragma warning restore ALO101 // The dashboard ends here.\n{|#0:#pragma warning disable ALO101|}", "ALO101")]
    public Task A_pragma_that_does_not_say_why(string lines, string ids) => VerifyAsync(Above(lines), Pragma(ids));

    [Theory]
    [InlineData("#pragma warning disable ALO101 // The dashboard may be off by a few.")]
    [InlineData("#pragma warning disable ALO101, ALO111 // see docs/dashboard.md")]
    [InlineData("#pragma warning disable ALO101 // Every redelivery does it again, and nobody counts.")]
    [InlineData("// The dashboard may be off by a few.\n#pragma warning disable ALO101")]
    [InlineData("/* The dashboard may be\n   off by a few. */\n#pragma warning disable ALO101")]
    [InlineData("// The dashboard may be off by a few, whatever\n// ALO101\n#pragma warning disable ALO101")]
    [InlineData("// The dashboard may be off by a few.\n#pragma warning disable ALO101\n#pragma warning disable ALO111")]
    public Task A_pragma_that_says_why_is_silent(string lines) => VerifyAsync(Above(lines));

    [Theory]
    [InlineData("#pragma warning disable CS0168")]
    [InlineData("#pragma warning disable CA1031, S1234")]
    [InlineData("#pragma warning disable 168")]
    [InlineData("#pragma warning disable ALO999")]
    [InlineData("#pragma warning disable XALO101")]
    [InlineData("#pragma warning disable")]
    [InlineData("#pragma warning restore ALO101")]
    [InlineData("#pragma warning enable ALO101")]
    [InlineData("#if NEVER\n#pragma warning disable ALO101\n#endif")]
    [InlineData("// #pragma warning disable ALO101")]
    public Task What_silences_no_rule_of_ours_is_silent(string lines) => VerifyAsync(Above(lines));

    [Fact]
    public Task Each_pragma_is_told() =>
        VerifyAsync(
            Above(
                "{|#0:#pragma warning disable ALO101|}\n{|#1:#pragma warning disable ALO111|}\n#pragma warning restore ALO101\n#pragma warning disable ALO204 // A hint."
            ),
            Pragma("ALO101"),
            Pragma("ALO111", 1)
        );

    [Theory]
    [InlineData("SuppressMessage(\"Idempotency\", \"ALO101\")", "[SuppressMessage]", "ALO101")]
    [InlineData("SuppressMessage(\"Idempotency\", \"ALO101:Every redelivery does it again\")", "[SuppressMessage]", "ALO101")]
    [InlineData("SuppressMessage(\"Idempotency\", \"ALO101\", Justification = \"\")", "[SuppressMessage]", "ALO101")]
    [InlineData("SuppressMessage(\"Idempotency\", \"ALO101\", Justification = null)", "[SuppressMessage]", "ALO101")]
    [InlineData("SuppressMessage(\"Idempotency\", \"ALO101\", Justification = \" <Pending> \")", "[SuppressMessage]", "ALO101")]
    [InlineData("SuppressMessage(\"Idempotency\", \"ALO101\", Scope = \"member\")", "[SuppressMessage]", "ALO101")]
    [InlineData("SuppressMessage(checkId: \"ALO202\", category: \"Outcome\")", "[SuppressMessage]", "ALO202")]
    [InlineData("SuppressMessageAttribute(\"Outcome\", \"ALO202\")", "[SuppressMessage]", "ALO202")]
    [InlineData("System.Diagnostics.CodeAnalysis.SuppressMessage(\"Outcome\", \"ALO202\")", "[SuppressMessage]", "ALO202")]
    [InlineData("UnconditionalSuppressMessage(\"Outcome\", \"ALO202\")", "[UnconditionalSuppressMessage]", "ALO202")]
    public Task An_attribute_that_does_not_say_why(string attribute, string written, string id) =>
        VerifyAsync(Above($"[{{|#0:{attribute}|}}]"), Finding(written, id, "in its Justification"));

    [Fact]
    public Task A_file_of_suppressions_that_do_not_say_why() =>
        VerifyAsync(
            """
            using System.Diagnostics.CodeAnalysis;

            [assembly: {|#0:SuppressMessage("Outcome", "ALO202:Reported failures are ignored by the mapping", Scope = "member", Target = "~M:Shop.OrdersFunction.HandleAsync", Justification = "<Pending>")|}]
            [assembly: SuppressMessage("Outcome", "ALO204", Justification = "Hints may get lost.", Scope = "namespaceanddescendants", Target = "~N:Shop.Hints")]
            """,
            Finding("[SuppressMessage]", "ALO202", "in its Justification")
        );

    [Theory]
    [InlineData("SuppressMessage(\"Idempotency\", \"ALO101\", Justification = \"The dashboard may be off by a few.\")")]
    [InlineData("SuppressMessage(\"Idempotency\", \"ALO101\", Justification = Reasons.Dashboard)")]
    [InlineData("SuppressMessage(\"Usage\", \"CA1801\")")]
    [InlineData("SuppressMessage(\"Usage\", \"ALO\")")]
    [InlineData("Mine.SuppressMessage(\"Idempotency\", \"ALO101\")")]
    [InlineData("System.Obsolete(\"ALO101\")")]
    public Task An_attribute_with_a_reason_or_of_another_tool_is_silent(string attribute) =>
        VerifyAsync(
            Above($"[{attribute}]")
                + """

                static class Reasons { public const string Dashboard = "The dashboard " + "may be off by a few."; }

                namespace Mine
                {
                    class SuppressMessageAttribute : System.Attribute { public SuppressMessageAttribute(string category, string checkId) { } }
                }
                """
        );

    private const string Declared = """

        class IdempotentOperationAttribute : System.Attribute
        {
            public IdempotentOperationAttribute(string because = null) { }

            public string Ticket { get; set; }

            public int Since { get; set; }
        }

        class IdempotentAttribute : System.Attribute { }
        """;

    [Theory]
    [InlineData("IdempotentOperation")]
    [InlineData("IdempotentOperation()")]
    [InlineData("IdempotentOperation(\"\")")]
    [InlineData("IdempotentOperation(\" - \")")]
    [InlineData("IdempotentOperation(null)")]
    [InlineData("IdempotentOperation(Since = 2024)")]
    [InlineData("IdempotentOperationAttribute(because: \"ALO101\")")]
    public Task A_declaration_that_does_not_say_why(string attribute) =>
        VerifyAsync(Above($"[{{|#0:{attribute}|}}]") + Declared, Finding("[IdempotentOperation]", Effects, "in its argument"));

    [Theory]
    [InlineData("IdempotentOperation(\"the provider knows the number\")")]
    [InlineData("IdempotentOperation(Ticket = \"SHOP-12\")")]
    [InlineData("Idempotent")]
    public Task A_declaration_that_says_why_or_another_attribute_is_silent(string attribute) => VerifyAsync(Above($"[{attribute}]") + Declared);

    [Fact]
    public Task A_reason_that_is_not_known_yet_is_silent()
    {
        var test = Test(Above("[SuppressMessage(\"Idempotency\", \"ALO101\", Justification = Missing.Text)]\n[IdempotentOperation(Missing.Text)]") + Declared);
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("[SuppressMessage(\"Idempotency\", ")]
    [InlineData("[SuppressMessage]")]
    [InlineData("[IdempotentOperation(")]
    [InlineData("#pragma warning disable ,")]
    public Task Incomplete_code_is_silent(string lines)
    {
        var test = Test(Above(lines));
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task Without_a_package_of_ours_nothing_is_said()
    {
        var test = Test(Above("#pragma warning disable ALO101\n[SuppressMessage(\"Idempotency\", \"ALO101\")]"));
        test.ReferenceAssemblies = References.None;
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_reason_of_its_own_silences_the_rule() =>
        VerifyAsync(Above("#pragma warning disable ALO001 // The reasons are in docs/suppressions.md.\n#pragma warning disable ALO101\n"));
}
