using System.Text;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit.Tests;

public sealed class AdditionalFileFixTests
{
    private static CodeFixTest InFile<TFix>(string fixedText = "a: good # ü\nb: good\n")
        where TFix : CodeFixProvider, new() =>
        new CSharpCodeFixTest<FileAnalyzer, TFix>
        {
            TestCode = "",
            TestState = { AdditionalFiles = { ("t.yaml", SourceText.From("a: [|bad|] # ü\nb: [|bad|]\n", Encoding.Unicode)) } },
            FixedState = { AdditionalFiles = { ("t.yaml", fixedText) } },
        };

    private static CodeFixTest InCode<TFix>()
        where TFix : CodeFixProvider, new() =>
        new CSharpCodeFixTest<DeployedClassAnalyzer, TFix>
        {
            TestState =
            {
                Sources = { "class [|BadX|] { }\nclass [|BadY|] { }\n", "class [|BadZ|] { }" },
                AdditionalFiles = { ("x.yaml", "BadX: bad\n"), ("y.yaml", "BadY: bad\n"), ("z.yaml", "BadZ: bad\n") },
            },
            FixedState = { AdditionalFiles = { ("x.yaml", "BadX: good\n"), ("y.yaml", "BadY: good\n"), ("z.yaml", "BadZ: good\n") } },
        };

    [Fact]
    public Task A_diagnostic_in_a_template_is_fixed_there() => InFile<FileFix>().RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task The_text_of_the_template_is_compared() =>
        Assert.StartsWith(
            "After 2 single fixes the state is not the fixed state.\n"
                + "--- t.yaml (expected)\n+++ t.yaml (actual)\n@@ -1,2 +1,2 @@\n a: good # ü\n-b: fine\n+b: good\n",
            await Failing.MessageAsync(InFile<FileFix>("a: good # ü\nb: fine\n")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task The_encoding_of_the_template_survives() =>
        Assert.StartsWith(
            "After 1 single fixes the state is not the fixed state.\n"
                + "t.yaml: the encoding is utf-8 with a byte order mark, expected is utf-16 with a byte order mark.\n",
            await Failing.MessageAsync(InFile<RebuildingFileFix>()),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Configuration_files_are_compared()
    {
        var test = InFile<FileFix>();
        test.TestState.AnalyzerConfigFiles.Add(AnalyzerConfig.Global().Property("Mode", "All"));
        await test.RunAsync(TestContext.Current.CancellationToken);

        test.FixedState.AnalyzerConfigFiles.Add(AnalyzerConfig.Global().Property("Mode", "None"));
        Assert.Contains(
            " is_global = true\n-build_property.Mode = None\n+build_property.Mode = All\n",
            await Failing.MessageAsync(test),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_fix_in_templates_is_exported_for_them()
    {
        Assert.Equal(
            $"{typeof(KindlessFileFix).FullName} fixes diagnostics in t.yaml, but its DocumentKinds do not list AdditionalDocument.",
            await Failing.MessageAsync(InFile<KindlessFileFix>())
        );
        Assert.Equal(
            $"{typeof(OtherExtensionFileFix).FullName} fixes diagnostics in t.yaml, but its DocumentExtensions do not list .yaml.",
            await Failing.MessageAsync(InFile<OtherExtensionFileFix>())
        );
    }

    [Fact]
    public Task A_diagnostic_in_code_is_fixed_in_the_template() => InCode<TemplateFix>().RunAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task The_stock_fix_all_loses_edits_of_templates() =>
        Assert.StartsWith("Fix all in Document", await Failing.MessageAsync(InCode<BatchedTemplateFix>()), StringComparison.Ordinal);

    [Fact]
    public async Task Marks_of_inherited_files_remain_for_what_no_fix_claims()
    {
        var test = new CodeFixTest([new NameAnalyzer(), new FileAnalyzer()], [new NameFix()])
        {
            TestState = { Sources = { "class {|TK001:BadX|} { }" }, AdditionalFiles = { ("t.yaml", "{|TK101:bad|}") } },
            FixedState = { Sources = { "class GoodX { }" } },
        };
        await test.RunAsync(TestContext.Current.CancellationToken);

        test.FixedState.AdditionalFiles.Add("t.yaml", "bad");
        Assert.StartsWith("Diagnostics of the fixed state: expected 0, actual 1.", await Failing.MessageAsync(test), StringComparison.Ordinal);
    }
}
