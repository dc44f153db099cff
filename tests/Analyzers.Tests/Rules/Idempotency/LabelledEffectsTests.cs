using System.Globalization;
using System.Text.RegularExpressions;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>
/// How often the rules are right about handlers as people write them: methods that say by a comment, <c>// expect ALO101</c> or <c>// expect none</c>, what a careful
/// reader would say of them. A finding in a method without a comment is a wrong one.
/// </summary>
public sealed partial class LabelledEffectsTests
{
    private const string Nothing = "none";

    private static readonly Task<IReadOnlyList<Labelled>> Methods = AnalyseAsync();

    [Theory]
    [InlineData("ALO101")]
    [InlineData("ALO102")]
    [InlineData("ALO103")]
    [InlineData("ALO109")]
    [InlineData("ALO111")]
    public async Task A_rule_is_right_and_misses_little(string id)
    {
        var methods = await Methods;
        var right = methods.Where(method => method.Expected.Contains(id) && method.Found.Contains(id)).ToList();
        var wrong = methods.Where(method => !method.Expected.Contains(id) && method.Found.Contains(id)).ToList();
        var missed = methods.Where(method => method.Expected.Contains(id) && !method.Found.Contains(id)).ToList();

        var precision = (double)right.Count / (right.Count + wrong.Count);
        var recall = (double)right.Count / (right.Count + missed.Count);
        Assert.True(
            right.Count >= 8 && precision >= 0.95 && recall >= 0.90,
            string.Create(CultureInfo.InvariantCulture, $"{id}: {right.Count} right, precision {precision:0.00}, recall {recall:0.00}")
                + $"\nwrong: {string.Join(", ", wrong.Select(method => method.Name))}\nmissed: {string.Join(", ", missed.Select(method => method.Name))}"
        );
    }

    [Fact]
    public async Task The_set_is_large_and_most_of_it_is_harmless()
    {
        var methods = await Methods;
        var labelled = methods.Where(method => method.IsLabelled).ToList();

        Assert.True(labelled.Count >= 150, $"{labelled.Count} methods");
        Assert.InRange((double)labelled.Count(method => method.Expected.Count == 0) / labelled.Count, 0.4, 0.6);
        Assert.Equal(labelled.Count, labelled.DistinctBy(method => method.Name).Count());
    }

    private static async Task<IReadOnlyList<Labelled>> AnalyseAsync()
    {
        var compilation = CSharpCompilation.Create(
            "Labelled",
            AnalysedCode.In("LabelledEffects").Select(file => CSharpSyntaxTree.ParseText(file.Text, path: file.Name)),
            References.Default.Resolve().Add(LookAlikes.Reference),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.Empty(compilation.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var rules = TestSetup.AllRules().Where(rule => rule.SupportedDiagnostics[0].Category == "Idempotency");
        var found = await compilation.WithAnalyzers([.. rules], new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync(cancellationToken);
        return
        [
            .. compilation
                .SyntaxTrees.SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
                .Select(method => new Labelled(method, [.. found.Where(finding => IsIn(finding, method)).Select(finding => finding.Id).Distinct()])),
        ];
    }

    private static bool IsIn(Diagnostic finding, BaseMethodDeclarationSyntax method) =>
        finding.Location.SourceTree == method.SyntaxTree && method.FullSpan.Contains(finding.Location.SourceSpan);

    private sealed partial class Labelled(BaseMethodDeclarationSyntax method, IReadOnlyList<string> found)
    {
        private readonly string? label = Label().Match(method.GetLeadingTrivia().ToString()) is { Success: true } match ? match.Groups["ids"].Value : null;

        public string Name { get; } = $"{(method.Parent as TypeDeclarationSyntax)?.Identifier}.{(method as MethodDeclarationSyntax)?.Identifier}";

        public bool IsLabelled => label is not null;

        public IReadOnlyList<string> Expected => label is null or Nothing ? [] : label.Split(", ");

        public IReadOnlyList<string> Found { get; } = found;

        [GeneratedRegex(@"// expect (?<ids>.+?)\s*$", RegexOptions.Multiline)]
        private static partial Regex Label();
    }
}
