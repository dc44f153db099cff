using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>Fixes of effects, in the frame of <see cref="EffectTest"/>.</summary>
internal static class EffectFixTest<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private const string LastImport = "using Amazon.SQS.Model;\n";

    /// <summary>The fix turns these members of the class into those.</summary>
    /// <param name="members">The members.</param>
    /// <param name="fixedMembers">The members after it.</param>
    /// <param name="library">Another file of the project.</param>
    /// <param name="file">An additional file.</param>
    /// <param name="import">The namespace that the fix imports, which comes last by its name.</param>
    public static Task FixesAsync(string members, string fixedMembers, string library = "", (string Name, string Text)? file = null, string? import = null)
    {
        var test = new CSharpCodeFixTest<TRule, TFix> { AssemblyName = "Shop" };
        Add(test.TestState, EffectTest.File(members), library);
        Add(
            test.FixedState,
            import is null ? EffectTest.File(fixedMembers) : EffectTest.File(fixedMembers).Replace(LastImport, $"{LastImport}using {import};\n"),
            library
        );
        test.TestState.AdditionalReferences.Add(LookAlikes.Reference);
        if (file is { } added)
            test.TestState.AdditionalFiles.Add(added);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The rule finds something in these members, and nothing is offered for it.</summary>
    public static Task OffersNothingAsync(string members, string library = "", (string Name, string Text)? file = null) =>
        FixesAsync(members, members, library, file);

    private static void Add(TestState state, string code, string library)
    {
        state.Sources.Add(("OrdersFunction.cs", code));
        if (library.Length > 0)
            state.Sources.Add(("Library.cs", library));
    }
}
