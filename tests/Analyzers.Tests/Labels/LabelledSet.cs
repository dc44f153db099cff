using System.Globalization;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Labels;

/// <summary>A folder of handlers as people write them, which say by comments what is wrong with them: how often the rules are right about them.</summary>
internal static class LabelledSet
{
    /// <summary>Compiles the files of a folder and looks at them with the rules of some families.</summary>
    /// <param name="folder">The folder of <see cref="AnalysedCode"/>.</param>
    /// <param name="families">The categories of the rules.</param>
    /// <param name="template">The template that deploys the handlers.</param>
    /// <param name="configuration">What <c>.editorconfig</c> says.</param>
    public static async Task<IReadOnlyList<LabelledCode>> AnalyseAsync(
        string folder,
        IReadOnlyCollection<string> families,
        Func<Compilation, AdditionalText> template,
        AnalyzerConfigOptionsProvider? configuration = null
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var compilation = CSharpCompilation.Create(
            "Labelled",
            AnalysedCode.In(folder).Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Name, cancellationToken: cancellationToken)),
            References.Default.Resolve().Add(LookAlikes.Reference),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        Assert.Empty(compilation.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var rules = TestSetup.AllRules().Where(rule => families.Contains(rule.SupportedDiagnostics[0].Category));
        var options = configuration is null ? new AnalyzerOptions([template(compilation)]) : new AnalyzerOptions([template(compilation)], configuration);
        var found = await compilation.WithAnalyzers([.. rules], options).GetAnalyzerDiagnosticsAsync(cancellationToken);
        var declarations = Declarations(compilation).ToLookup(LabelledCode.FullNameOf);
        var places = declarations.SelectMany(named => named).Select(LabelledCode.PlaceOf).OfType<string>().ToHashSet();
        return
        [
            .. declarations
                .Where(named => !places.Contains(named.Key))
                .SelectMany(named => named)
                .Select(declaration => new LabelledCode(declaration, IdsIn([declaration, .. Place(declaration)]))),
        ];

        IEnumerable<MemberDeclarationSyntax> Place(MemberDeclarationSyntax declaration) =>
            LabelledCode.PlaceOf(declaration) is { } place ? [declarations[place].Single()] : [];

        IReadOnlyList<string> IdsIn(IReadOnlyList<MemberDeclarationSyntax> parts) =>
            [.. found.Where(finding => parts.Any(part => IsIn(finding, part))).Select(finding => finding.Id).Distinct()];
    }

    /// <summary>Every method, but of a class that has a label the class.</summary>
    public static IEnumerable<MemberDeclarationSyntax> Declarations(Compilation compilation) =>
        compilation
            .SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes(node => !IsLabelledType(node)))
            .OfType<MemberDeclarationSyntax>()
            .Where(declaration => declaration is BaseMethodDeclarationSyntax || IsLabelledType(declaration));

    /// <summary>Fails where a rule is too often wrong, or misses too much, and says where.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="all">The methods and classes.</param>
    /// <param name="leastRecall">The part of the labels that must be found.</param>
    /// <param name="least">How many labels must be found.</param>
    public static void AssertRight(string id, IEnumerable<LabelledCode> all, double leastRecall, int least)
    {
        var code = all.ToList();
        var right = code.Where(part => part.Expected.Contains(id) && part.Found.Contains(id)).ToList();
        var wrong = code.Where(part => !part.Expected.Contains(id) && part.Found.Contains(id)).ToList();
        var missed = code.Where(part => part.Expected.Contains(id) && !part.Found.Contains(id)).ToList();

        var precision = (double)right.Count / (right.Count + wrong.Count);
        var recall = (double)right.Count / (right.Count + missed.Count);
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{id}: {right.Count} right, {wrong.Count} wrong, {missed.Count} missed, precision {precision:0.00}, recall {recall:0.00}"
        );
        TestContext.Current.TestOutputHelper!.WriteLine(figures);
        Assert.True(
            right.Count >= least && precision >= 0.95 && recall >= leastRecall,
            $"{figures}\nwrong: {string.Join(", ", wrong.Select(part => part.Told))}\nmissed: {string.Join(", ", missed.Select(part => part.Told))}"
        );
    }

    /// <summary>Fails where the set is small, the harmless part of it is not about a half, or a name stands twice.</summary>
    public static void AssertLarge(IEnumerable<LabelledCode> all, int least)
    {
        var labelled = all.Where(part => part.IsLabelled).ToList();

        Assert.True(labelled.Count >= least, $"{labelled.Count} handlers");
        Assert.InRange((double)labelled.Count(part => part.Expected.Count == 0) / labelled.Count, 0.4, 0.6);
        Assert.Equal(labelled.Count, labelled.DistinctBy(part => part.Name).Count());
    }

    private static bool IsLabelledType(SyntaxNode node) => node is TypeDeclarationSyntax type && LabelledCode.LabelOf(type) is not null;

    private static bool IsIn(Diagnostic finding, MemberDeclarationSyntax declaration) =>
        finding.Location.SourceTree == declaration.SyntaxTree && declaration.FullSpan.Contains(finding.Location.SourceSpan);
}
