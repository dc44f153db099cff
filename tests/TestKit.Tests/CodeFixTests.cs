using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.TestKit.Tests;

public sealed class CodeFixTests
{
    private const string Source = "class [|BadX|] { }\nclass [|BadY|] { }\n";
    private const string Fixed = "class GoodX { }\nclass GoodY { }\n";

    private static CSharpCodeFixTest<NameAnalyzer, TFix> Test<TFix>(string source = Source, string fixedSource = Fixed)
        where TFix : CodeFixProvider, new() => new() { TestCode = source, FixedCode = fixedSource };

    private static Task PassAsync(AnalyzerTest test) => test.RunAsync(TestContext.Current.CancellationToken);

    private static async Task FailAsync(AnalyzerTest test, string beginning) =>
        Assert.StartsWith(beginning, await Failing.MessageAsync(test), StringComparison.Ordinal);

    [Fact]
    public Task Single_fixes_and_fix_all_lead_to_the_fixed_code() => CodeFixVerifier<NameAnalyzer, NameFix>.VerifyCodeFixAsync(Source, Fixed);

    [Fact]
    public Task Expected_diagnostics_may_be_stated() =>
        CodeFixVerifier<NameAnalyzer, NameFix>.VerifyCodeFixAsync(
            "class {|#0:BadX|} { }",
            CodeFixVerifier<NameAnalyzer, NameFix>.Diagnostic().WithLocation(0).WithArguments("BadX"),
            "class GoodX { }"
        );

    [Fact]
    public async Task The_input_is_analysed_as_without_a_fix() =>
        await FailAsync(Test<NameFix>(source: "class BadX { }"), "Diagnostics of the input: expected 0, actual 1.");

    [Fact]
    public async Task Another_text_shows_a_unified_diff()
    {
        var message = await Failing.MessageAsync(Test<NameFix>(fixedSource: "class GoodX { }\nclass GoodZ { }\n"));
        Assert.Equal(
            """
            After 2 single fixes the state is not the fixed state.
            --- Test0.cs (expected)
            +++ Test0.cs (actual)
            @@ -1,2 +1,2 @@
             class GoodX { }
            -class GoodZ { }
            +class GoodY { }

            Offered for the input:
                Diagnostic("TK001").WithSpan(1, 7, 1, 11).WithArguments("BadX"), // 'BadX' is a bad name
                    [0] "Rename" (TK001.Rename)
                Diagnostic("TK001").WithSpan(2, 7, 2, 11).WithArguments("BadY"), // 'BadY' is a bad name
                    [0] "Rename" (TK001.Rename)
            """.ReplaceLineEndings("\n"),
            message
        );
    }

    [Fact]
    public async Task Line_ends_are_text() =>
        Assert.Contains(
            "-class GoodX { }␍\n+class GoodX { }\n",
            await Failing.MessageAsync(Test<NameFix>(fixedSource: "class GoodX { }\r\nclass GoodY { }\n")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Fixed_code_compiles()
    {
        await FailAsync(Test<UncompilableFix>("class [|BadX|] { }", "class int { }"), "Diagnostics of the fixed state: expected 0, actual ");
        await PassAsync(Test<NameFix>("class [|BadX|] { }", "class GoodX { }"));
    }

    [Fact]
    public async Task What_is_not_fixed_must_be_stated()
    {
        var remaining = new CodeFixTest([new NameAnalyzer(), new WorseNameAnalyzer()], [new NameFix()])
        {
            TestCode = "class [|BadX|] { } class {|TK001:{|TK002:BadWorse|}|} { }",
            FixedCode = "class GoodX { } class {|TK002:GoodWorse|} { }",
        };
        await FailAsync(remaining, "Diagnostics of the fixed state: expected 1, actual 0.");
        await PassAsync(
            new CodeFixTest([new NameAnalyzer(), new WorseNameAnalyzer()], [new NameFix()])
            {
                TestCode = "class [|BadX|] { } class {|TK001:{|TK002:BadWorse|}|} { }",
                FixedCode = "class GoodX { } class GoodWorse { }",
            }
        );
    }

    [Fact]
    public async Task No_fixed_state_says_that_no_fix_is_offered()
    {
        await FailAsync(new CSharpCodeFixTest<NameAnalyzer, NameFix> { TestCode = Source }, "After 2 single fixes the state is not the fixed state.");
        await PassAsync(
            new CSharpCodeFixTest<NameAnalyzer, NameFix>
            {
                TestCode = Source,
                FixedCode = Source,
                CodeActionEquivalenceKey = "TK001.Never",
            }
        );
        await PassAsync(new CSharpCodeFixTest<NameAnalyzer, NameFix> { TestCode = Source, CodeActionEquivalenceKey = "TK001.Never" });
    }

    [Fact]
    public async Task The_number_of_single_fixes_is_compared()
    {
        static CodeFixTest Times(int times)
        {
            var test = Test<NameFix>();
            test.NumberOfIncrementalIterations = times;
            return test;
        }

        await PassAsync(Times(2));
        await PassAsync(Times(-5));
        await FailAsync(Times(3), "2 single fixes were applied; stated are exactly 3.");
        await FailAsync(Times(1), "A fix is still offered after 1 applications; stated are exactly 1:\n    Diagnostic(\"TK001\").WithSpan(2, 7, 2, 11)");
        await FailAsync(Times(-1), "A fix is still offered after 1 applications; stated are at most 1:");
    }

    [Fact]
    public async Task The_number_of_applications_of_fix_all_is_compared()
    {
        static CodeFixTest Times<TFix>(int times)
            where TFix : CodeFixProvider, new()
        {
            var test = Test<TFix>();
            test.NumberOfFixAllIterations = times;
            return test;
        }

        await PassAsync(Times<NameFix>(1));
        await FailAsync(Times<NameFix>(2), "Fix all in Document was applied 1 times; stated are exactly 2.");
        await FailAsync(Test<OneOfAllFix>(), "Fix all in Document: a fix is still offered after 1 applications; stated are at most 1.");
        await PassAsync(Times<OneOfAllFix>(2));
    }

    [Fact]
    public async Task A_fix_that_never_ends_fails() =>
        await FailAsync(Test<EndlessFix>("class [|BadX|] { }", "class [|BadXX|] { }"), "A fix is still offered after 1 applications; stated are at most 1:");

    [Fact]
    public async Task One_fix_can_be_verified_alone()
    {
        var test = Test<EndlessFix>("class [|BadX|] { }", "class [|BadXX|] { }");
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne;
        await PassAsync(test);
        await FailAsync(
            new CSharpCodeFixTest<NameAnalyzer, NameFix>
            {
                TestCode = Source,
                FixedCode = Fixed,
                CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne,
            },
            "After 1 single fixes the state is not the fixed state."
        );
    }

    [Fact]
    public async Task A_fix_changes_something() =>
        await FailAsync(Test<IdleFix>(), "The action \"Rename\" changes nothing for Diagnostic(\"TK001\").WithSpan(1, 7, 1, 11)");

    [Fact]
    public async Task A_fix_applies_changes() =>
        await FailAsync(Test<InoperativeFix>(), "The action \"Nothing\" must have exactly one operation that applies changes.");

    [Fact]
    public async Task A_throwing_fix_fails_with_its_stack() =>
        await FailAsync(
            Test<ThrowingFix>(),
            $"{typeof(ThrowingFix).FullName} threw for Diagnostic(\"TK001\").WithSpan(1, 7, 1, 11).WithArguments(\"BadX\"), // 'BadX' is a bad name\n"
                + "System.InvalidCastException: wrong node\n"
        );

    [Theory]
    [InlineData(FixAllScope.Document, typeof(DeviatingInDocumentFix), CodeFixTestBehaviors.SkipFixAllInDocumentCheck)]
    [InlineData(FixAllScope.Project, typeof(DeviatingInProjectFix), CodeFixTestBehaviors.SkipFixAllInProjectCheck)]
    [InlineData(FixAllScope.Solution, typeof(DeviatingInSolutionFix), CodeFixTestBehaviors.SkipFixAllInSolutionCheck)]
    public async Task Fix_all_gives_what_the_single_fixes_give(FixAllScope scope, Type fix, CodeFixTestBehaviors skip)
    {
        CodeFixTest Create(CodeFixTestBehaviors behaviors) =>
            new([new NameAnalyzer()], [(CodeFixProvider)Activator.CreateInstance(fix)!])
            {
                TestCode = Source,
                FixedCode = Fixed,
                CodeFixTestBehaviors = behaviors,
            };

        await FailAsync(Create(CodeFixTestBehaviors.None), $"Fix all in {scope} does not give what the single fixes give.\n--- Test0.cs (expected)\n");
        await PassAsync(Create(skip));
    }

    [Fact]
    public async Task Fix_all_offers_something_or_is_not_there()
    {
        await FailAsync(Test<NothingForAllFix>(), "Fix all in Document offers nothing for Diagnostic(\"TK001\")");
        await FailAsync(Test<IdleForAllFix>(), "Fix all in Document changes nothing for Diagnostic(\"TK001\")");
        await PassAsync(Test<SingleFix>());
    }

    [Fact]
    public async Task Fix_all_reaches_every_document() =>
        await PassAsync(
            new CSharpCodeFixTest<NameAnalyzer, NameFix>
            {
                TestState = { Sources = { Source, ("folder/Other.cs", "class [|BadZ|] { }") } },
                FixedState = { Sources = { Fixed, ("folder/Other.cs", "class GoodZ { }") } },
            }
        );

    [Fact]
    public async Task Files_of_the_fixed_state_are_neither_more_nor_fewer()
    {
        await FailAsync(
            new CSharpCodeFixTest<NameAnalyzer, NameFix> { TestCode = Source, FixedState = { Sources = { Fixed, "class Good { }" } } },
            "After 2 single fixes the state is not the fixed state.\nThe source Test1.cs is missing.\n"
        );
        await FailAsync(
            new CSharpCodeFixTest<NameAnalyzer, NameFix> { TestState = { Sources = { Source, "class Good { }" } }, FixedCode = Fixed },
            "After 2 single fixes the state is not the fixed state.\nThe source Test1.cs is not expected.\n"
        );
    }

    [Fact]
    public async Task An_action_is_chosen_by_index_or_key()
    {
        static CodeFixTest Choose(string name, int? index = null, string? key = null)
        {
            var test = Test<TwoWaysFix>("class [|BadX|] { }", $"class {name}X {{ }}");
            (test.CodeActionIndex, test.CodeActionEquivalenceKey) = (index, key);
            return test;
        }

        await PassAsync(Choose("Good"));
        await PassAsync(Choose("Good", index: 0));
        await PassAsync(Choose("Nice", index: 1));
        await PassAsync(Choose("Good", key: "TK001.Rename"));
        await PassAsync(Choose("Nice", key: "TK001.Nice"));
        await PassAsync(Choose("Nice", key: "TK001.Nice", index: 1));
        await FailAsync(Choose("Nice", index: 0), "After 1 single fixes the state is not the fixed state.");
        await FailAsync(Choose("Nice", key: "TK001.Nice", index: 0), "The action with the key \"TK001.Nice\" has the index 1, not 0.");
        Assert.Contains(
            "[0] \"Rename\" (TK001.Rename)\n        [1] \"Rename to nice\" (TK001.Nice)",
            await Failing.MessageAsync(Choose("Nice", key: "TK001.Wrong")),
            StringComparison.Ordinal
        );
        await FailAsync(Choose("Nice", index: 2), "After 0 single fixes the state is not the fixed state.");
    }

    [Fact]
    public async Task Offers_have_distinct_titles_and_keys()
    {
        await FailAsync(Test<KeylessFix>(), $"The action \"Rename\" of {typeof(KeylessFix).FullName} has no equivalence key.");
        await FailAsync(Test<SameTitleFix>(), "Two actions for TK001 have the title \"Rename\".");
        await FailAsync(Test<SameKeyFix>(), "Two actions for TK001 have the equivalence key \"TK001.Rename\".");
    }

    [Fact]
    public async Task A_fix_is_registered_only_for_what_it_was_asked() =>
        await FailAsync(
            Test<ForeignDiagnosticFix>(),
            $"{typeof(ForeignDiagnosticFix).FullName} registers an action for Diagnostic(\"TK888\").WithSpan(1, 7, 1, 11), // foreign\n"
        );

    [Fact]
    public async Task A_fix_is_exported()
    {
        await FailAsync(Test<UnexportedFix>(), $"{typeof(UnexportedFix).FullName} has no [ExportCodeFixProvider(LanguageNames.CSharp)].");
        await FailAsync(Test<OtherLanguageFix>(), $"{typeof(OtherLanguageFix).FullName} is not exported for C#.");
        await FailAsync(Test<NamelessFix>(), $"{typeof(NamelessFix).FullName} is exported without a Name.");
        await FailAsync(Test<UnrelatedFix>(), $"{typeof(UnrelatedFix).FullName} claims TK777, none of which the tested analyzers report.");
        await FailAsync(Test<OtherKindFix>(), $"{typeof(OtherKindFix).FullName} fixes diagnostics in Test0.cs, but its DocumentKinds do not list Document.");
    }

    [Fact]
    public async Task Encoding_and_checksum_algorithm_of_sources_are_compared()
    {
        // Which algorithm the workspace keeps depends on the compiler's version; the fix under test writes the other one.
        var kept = TextForm.AfterSyntaxEdit;
        var other = kept == SourceHashAlgorithm.Sha1 ? SourceHashAlgorithm.Sha256 : SourceHashAlgorithm.Sha1;
        await FailAsync(
            Test<EncodingFix>(),
            "After 1 single fixes the state is not the fixed state.\n"
                + $"Test0.cs: the encoding is utf-16 with a byte order mark, expected is utf-8.\nTest0.cs: the checksum algorithm is {other}, expected is {kept}.\n"
        );

        var latin = new CSharpCodeFixTest<NameAnalyzer, NameFix>();
        latin.TestState.Sources.Add("/0/Test0.cs", SourceText.From(Source, Encoding.Latin1, SourceHashAlgorithm.Sha256));
        latin.FixedCode = Fixed;
        await PassAsync(latin);
    }

    [Fact]
    public async Task A_fix_may_not_lead_to_diagnostics_of_companions()
    {
        static CodeFixTest With(CodeFixTestBehaviors behaviors)
        {
            var test = Test<EndlessFix>("class [|BadWors|] { }", "class [|BadWorsX|] { }");
            test.CompanionAnalyzers.Add(new LongNameAnalyzer());
            test.CodeFixTestBehaviors = behaviors | CodeFixTestBehaviors.FixOne;
            return test;
        }

        await FailAsync(
            With(CodeFixTestBehaviors.None),
            "The fix leads to new diagnostics of other analyzers:\n    Diagnostic(\"TK006\").WithSpan(1, 7, 1, 15)"
        );
        await PassAsync(With(CodeFixTestBehaviors.SkipNewCompanionDiagnosticsCheck));
    }
}
