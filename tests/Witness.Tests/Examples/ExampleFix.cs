using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using AtLeastOnce.CodeFixes.Infrastructure;
using AtLeastOnce.TestKit;
using AtLeastOnce.Witness.Tests.Pages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AtLeastOnce.Witness.Tests.Examples;

/// <summary>Applies the real fix of a rule to its page.</summary>
internal static class ExampleFix
{
    /// <summary>Every fix of the product, found as an editor finds them.</summary>
    public static ImmutableArray<CodeFixProvider> AllFixes { get; } =
    [
        .. typeof(TemplateCodeFix)
            .Assembly.GetTypes()
            .Where(type => type.GetCustomAttribute<ExportCodeFixProviderAttribute>() is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    /// <summary>Fixes the example before the fix, one by one and all at once, and compares with the one after it, letter by letter.</summary>
    /// <exception cref="VerificationException">The result is another one.</exception>
    public static Task VerifyAsync(RulePage page, CancellationToken cancellationToken) =>
        VerifyAsync(page.Id, page.BeforeFix, page.AfterFix, cancellationToken);

    /// <summary>The same for examples of a rule that stand beside its page.</summary>
    /// <exception cref="VerificationException">The result is another one.</exception>
    public static async Task VerifyAsync(string id, Example flawed, Example fixedExample, CancellationToken cancellationToken)
    {
        var test = new CodeFixTest(ExampleAnalysis.AllRules, AllFixes.Where(fix => fix.FixableDiagnosticIds.Contains(id)))
        {
            AssemblyName = ExampleProject.AssemblyName,
            ReferenceAssemblies = ExampleProject.References,
        };
        State(test.TestState, flawed);
        State(test.FixedState, fixedExample);
        test.ExpectedDiagnostics.AddRange((await ExampleAnalysis.FindAsync(flawed, cancellationToken)).Select(Expected));
        await test.RunAsync(cancellationToken);
    }

    private static void State(TestState state, Example example)
    {
        state.Sources.AddVerbatim(ExampleProject.CodeFile, example.Code);
        state.Sources.AddVerbatim(ExampleProject.FrameFile, ExampleProject.Frame);
        if (example.Template is { } template)
            state.AdditionalFiles.AddVerbatim(example.FileOfTemplate, template);
    }

    private static DiagnosticResult Expected(Diagnostic found)
    {
        var place = found.Location.GetLineSpan();
        return new DiagnosticResult(found.Id, found.Severity)
            .WithMessage(found.GetMessage(CultureInfo.InvariantCulture))
            .WithSpan(
                place.Path,
                place.StartLinePosition.Line + 1,
                place.StartLinePosition.Character + 1,
                place.EndLinePosition.Line + 1,
                place.EndLinePosition.Character + 1
            )
            .IgnoringAdditionalLocations();
    }
}
