using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AtLeastOnce.TestKit.Tests;

public sealed class ConfigurationTests
{
    private static Task PassAsync(AnalyzerTest test) => test.RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_global_configuration_gives_build_properties()
    {
        var expected = AnalyzerVerifier<PropertyAnalyzer>.Diagnostic().WithLocation(0);
        await PassAsync(
            new CSharpAnalyzerTest<PropertyAnalyzer> { TestCode = "class {|#0:BadX|} { }", ExpectedDiagnostics = { expected.WithArguments("unset") } }
        );
        await PassAsync(
            new CSharpAnalyzerTest<PropertyAnalyzer>
            {
                TestCode = "class {|#0:BadX|} { }",
                TestState = { AnalyzerConfigFiles = { AnalyzerConfig.Global().Property("Mode", "Strict") } },
                ExpectedDiagnostics = { expected.WithArguments("Strict") },
            }
        );
    }

    [Fact]
    public async Task A_global_configuration_gives_metadata_of_each_additional_file() =>
        await PassAsync(
            new CSharpAnalyzerTest<MetadataAnalyzer>
            {
                TestCode = "",
                TestState =
                {
                    AdditionalFiles = { ("a.yaml", "{|#0:bad|}"), ("dir/b.yaml", "{|#1:bad|}"), ("c.yaml", "{|#2:bad|}") },
                    AnalyzerConfigFiles =
                    {
                        AnalyzerConfig.Global().Property("Mode", "Strict").Metadata("a.yaml", "Kind", "sam").Metadata("dir/b.yaml", "Kind", "cdk"),
                    },
                },
                ExpectedDiagnostics =
                {
                    AnalyzerVerifier<MetadataAnalyzer>.Diagnostic().WithLocation(0).WithArguments("sam"),
                    AnalyzerVerifier<MetadataAnalyzer>.Diagnostic().WithLocation(1).WithArguments("cdk"),
                    AnalyzerVerifier<MetadataAnalyzer>.Diagnostic().WithLocation(2).WithArguments("unset"),
                },
            }
        );

    [Fact]
    public async Task An_editor_configuration_sets_severities()
    {
        var test = new CSharpAnalyzerTest<NameAnalyzer>
        {
            TestCode = "class {|#0:BadX|} { }",
            TestState = { AnalyzerConfigFiles = { AnalyzerConfig.Editor().Severity("TK001", ReportDiagnostic.Error) } },
        };
        Assert.Contains(
            "Diagnostic(\"TK001\").WithSeverity(DiagnosticSeverity.Error).WithSpan(1, 7, 1, 11)",
            await Failing.MessageAsync(test),
            StringComparison.Ordinal
        );

        test.ExpectedDiagnostics.Add(new DiagnosticResult("TK001", DiagnosticSeverity.Error).WithLocation(0));
        await PassAsync(test);
        await PassAsync(
            new CSharpAnalyzerTest<NameAnalyzer>
            {
                TestCode = "class BadX { }",
                TestState = { AnalyzerConfigFiles = { AnalyzerConfig.Editor().Severity("TK001", ReportDiagnostic.Suppress) } },
            }
        );
    }

    [Fact]
    public async Task A_global_configuration_sets_severities_in_templates() =>
        await PassAsync(
            new CSharpAnalyzerTest<FileAnalyzer>
            {
                TestCode = "",
                TestState =
                {
                    AdditionalFiles = { ("a.yaml", "{|#0:bad|}") },
                    AnalyzerConfigFiles = { AnalyzerConfig.Global().Severity("TK101", ReportDiagnostic.Error) },
                },
                ExpectedDiagnostics = { new DiagnosticResult("TK101", DiagnosticSeverity.Error).WithLocation(0) },
            }
        );

    [Fact]
    public async Task A_rule_that_is_off_by_default_is_on_unless_disabled()
    {
        await AnalyzerVerifier<OptInAnalyzer>.VerifyAnalyzerAsync("class [|BadX|] { }");
        await PassAsync(new CSharpAnalyzerTest<OptInAnalyzer> { TestCode = "class BadX { }", DisabledDiagnostics = { "TK003" } });
        await PassAsync(
            new CSharpAnalyzerTest<OptInAnalyzer>
            {
                TestCode = "class BadX { }",
                TestState = { AnalyzerConfigFiles = { AnalyzerConfig.Global().Severity("TK003", ReportDiagnostic.Suppress) } },
            }
        );
    }

    [Fact]
    public async Task References_are_the_framework_and_named_assemblies()
    {
        const string source = "class GoodX : AtLeastOnce.TestKit.AnalyzerTest { }";
        await PassAsync(
            new CSharpAnalyzerTest<NameAnalyzer>
            {
                TestCode = source,
                ReferenceAssemblies = References.With("AtLeastOnce.TestKit").And("Microsoft.CodeAnalysis"),
            }
        );
        Assert.Contains(
            "CompilerError(\"CS0246\")",
            await Failing.MessageAsync(new CSharpAnalyzerTest<NameAnalyzer> { TestCode = source, ReferenceAssemblies = References.None }),
            StringComparison.Ordinal
        );

        var missing = new CSharpAnalyzerTest<NameAnalyzer> { TestCode = "", ReferenceAssemblies = References.With("No.Such.Assembly") };
        Assert.Equal(
            $"The assembly No.Such.Assembly is not in the output folder of the test ({AppContext.BaseDirectory}): reference its project.",
            await Failing.MessageAsync(missing)
        );
        Assert.Equal(["B"], References.With("A", "B").Without("A").Assemblies);
        Assert.Same(References.With("AtLeastOnce.TestKit").Resolve()[^1], References.With("AtLeastOnce.TestKit").Resolve()[^1]);
    }

    [Fact]
    public async Task Output_kind_language_version_and_nullable_context_reach_the_compiler()
    {
        await PassAsync(new CSharpAnalyzerTest<NameAnalyzer> { TestCode = "System.Console.WriteLine();", OutputKind = OutputKind.ConsoleApplication });
        Assert.Contains(
            "CompilerError(\"CS8805\")",
            await Failing.MessageAsync(new CSharpAnalyzerTest<NameAnalyzer> { TestCode = "System.Console.WriteLine();" }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "CompilerError(\"CS8370\")",
            await Failing.MessageAsync(new CSharpAnalyzerTest<NameAnalyzer> { TestCode = "record GoodX;", LanguageVersion = LanguageVersion.CSharp7_3 }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Diagnostic(\"CS8632\")",
            await Failing.MessageAsync(
                new CSharpAnalyzerTest<NameAnalyzer>
                {
                    TestCode = "class GoodX { string? s = null; }",
                    NullableContextOptions = NullableContextOptions.Disable,
                    CompilerDiagnostics = CompilerDiagnostics.Warnings,
                    DisabledDiagnostics = { "CS0414" },
                }
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_assembly_has_the_stated_name()
    {
        const string source = "class GoodX { AtLeastOnce.TestKit.TestPaths? paths; }";
        var test = new CSharpAnalyzerTest<NameAnalyzer> { TestCode = source, ReferenceAssemblies = References.With("AtLeastOnce.TestKit") };
        Assert.Contains("CompilerError(\"CS0122\")", await Failing.MessageAsync(test), StringComparison.Ordinal);

        // The kit opens its internals to its own tests; an unsigned assembly of that name is refused for another reason.
        test.AssemblyName = "AtLeastOnce.TestKit.Tests";
        Assert.Contains("CompilerError(\"CS0281\")", await Failing.MessageAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_solution_can_be_transformed() =>
        await PassAsync(
            new CSharpAnalyzerTest<NameAnalyzer>
            {
                TestCode = "class GoodX : Added { }",
                SolutionTransforms =
                {
                    (solution, id) => solution.AddDocument(DocumentId.CreateNewId(id), "Added.cs", "class Added { }", filePath: "/0/Added.cs"),
                },
            }
        );

    [Fact]
    public async Task A_culture_holds_during_the_whole_verification()
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        static Task Verify() =>
            AnalyzerVerifier<CultureAnalyzer>.VerifyAnalyzerAsync(
                "class {|#0:BadX|} { }",
                AnalyzerVerifier<CultureAnalyzer>.Diagnostic().WithLocation(0).WithArguments("1.5")
            );

        await Cultures.RunAsync("", Verify);
        Assert.StartsWith(
            "Under fr-FR: Diagnostics of the input: expected 1, actual 1.",
            await Failing.MessageAsync(() => Cultures.RunAsync("fr-FR", Verify)),
            StringComparison.Ordinal
        );
        Assert.StartsWith("Under fr-FR: ", await Failing.MessageAsync(() => Cultures.RunInEachAsync(Verify)), StringComparison.Ordinal);
        await Cultures.RunInEachAsync(() => CodeFixVerifier<NameAnalyzer, NameFix>.VerifyCodeFixAsync("class [|BadI|] { }", "class GoodI { }"));

        Assert.Equal((culture, uiCulture), (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture));
        await Assert.ThrowsAsync<CultureNotFoundException>(() => Cultures.RunAsync("xx-NOPE", Verify));
    }
}
