using System.Globalization;
using System.Text.RegularExpressions;
using AtLeastOnce.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

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
    public async Task A_rule_is_right_and_misses_little(string id) => AssertRight(id, await Methods, leastRecall: 0.90);

    // The other files were labelled for the rules above, before these existed.
    [Theory]
    [InlineData("ALO104")]
    [InlineData("ALO105")]
    [InlineData("ALO106")]
    [InlineData("ALO107")]
    [InlineData("ALO110")]
    public async Task A_rule_about_redeliveries_is_right_and_misses_little(string id) =>
        AssertRight(id, (await Methods).Where(method => method.File.StartsWith("Redelivered", StringComparison.Ordinal)), leastRecall: 0.85, least: 6);

    [Fact]
    public async Task All_rules_together_are_right_about_asynchronous_events()
    {
        var methods = (await Methods).Where(method => method.File == "RedeliveredEvents.cs" && method.IsLabelled).ToList();
        var right = methods.Sum(method => method.Expected.Intersect(method.Found).Count());
        var wrong = methods.Where(method => method.Found.Except(method.Expected).Any()).ToList();
        var missed = methods.Where(method => method.Expected.Except(method.Found).Any()).ToList();

        Assert.True(
            right >= 12 && right >= 0.95 * (right + wrong.Count) && right >= 0.85 * (right + missed.Count),
            $"{right} right\nwrong: {string.Join(", ", wrong.Select(method => method.Told))}\nmissed: {string.Join(", ", missed.Select(method => method.Told))}"
        );
    }

    private static void AssertRight(string id, IEnumerable<Labelled> all, double leastRecall, int least = 8)
    {
        var methods = all.ToList();
        var right = methods.Where(method => method.Expected.Contains(id) && method.Found.Contains(id)).ToList();
        var wrong = methods.Where(method => !method.Expected.Contains(id) && method.Found.Contains(id)).ToList();
        var missed = methods.Where(method => method.Expected.Contains(id) && !method.Found.Contains(id)).ToList();

        var precision = (double)right.Count / (right.Count + wrong.Count);
        var recall = (double)right.Count / (right.Count + missed.Count);
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{id}: {right.Count} right, {wrong.Count} wrong, {missed.Count} missed")
        );
        Assert.True(
            right.Count >= least && precision >= 0.95 && recall >= leastRecall,
            string.Create(CultureInfo.InvariantCulture, $"{id}: {right.Count} right, precision {precision:0.00}, recall {recall:0.00}")
                + $"\nwrong: {string.Join(", ", wrong.Select(method => method.Told))}\nmissed: {string.Join(", ", missed.Select(method => method.Told))}"
        );
    }

    [Fact]
    public async Task The_set_is_large_and_most_of_it_is_harmless()
    {
        var methods = await Methods;
        var labelled = methods.Where(method => method.IsLabelled).ToList();

        Assert.True(labelled.Count >= 250, $"{labelled.Count} methods");
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
        var found = await compilation
            .WithAnalyzers([.. rules], new AnalyzerOptions([new Template(compilation)]))
            .GetAnalyzerDiagnosticsAsync(cancellationToken);
        return
        [
            .. compilation
                .SyntaxTrees.SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
                .Select(method => new Labelled(method, [.. found.Where(finding => IsIn(finding, method)).Select(finding => finding.Id).Distinct()])),
        ];
    }

    private static bool IsIn(Diagnostic finding, BaseMethodDeclarationSyntax method) =>
        finding.Location.SourceTree == method.SyntaxTree && method.FullSpan.Contains(finding.Location.SourceSpan);

    // The queue of one class of handlers, which delivers a message again for twelve minutes; the others have no template.
    private sealed class Template(Compilation compilation) : AdditionalText
    {
        public override string Path => "template.yaml";

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(
                """
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  OrdersQueue:
                    Type: AWS::SQS::Queue
                    Properties:
                      VisibilityTimeout: 180
                      RedrivePolicy: { deadLetterTargetArn: !GetAtt OrdersDlq.Arn, maxReceiveCount: 5 }
                  OrdersDlq: { Type: AWS::SQS::Queue }

                """
                    + string.Concat(
                        compilation
                            .GetTypeByMetadataName("Labelled.RedeliveredLater")!
                            .GetMembers()
                            .OfType<IMethodSymbol>()
                            .Where(method => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public })
                            .Select(method =>
                                $"  {method.Name}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: Labelled::Labelled.RedeliveredLater::{method.Name}\n      Runtime: dotnet10\n"
                                + "      Events: { Orders: { Type: SQS, Properties: { Queue: !GetAtt OrdersQueue.Arn } } }\n"
                            )
                    ),
                System.Text.Encoding.UTF8
            );
    }

    private sealed partial class Labelled(BaseMethodDeclarationSyntax method, IReadOnlyList<string> found)
    {
        private readonly string? label = Label().Match(method.GetLeadingTrivia().ToString()) is { Success: true } match ? match.Groups["ids"].Value : null;

        public string Name { get; } = $"{(method.Parent as TypeDeclarationSyntax)?.Identifier}.{(method as MethodDeclarationSyntax)?.Identifier}";

        public string File { get; } = method.SyntaxTree.FilePath;

        public string Told => $"{Name} ({string.Join(" ", Expected)} / {string.Join(" ", Found)})";

        public bool IsLabelled => label is not null;

        public IReadOnlyList<string> Expected => label is null or Nothing ? [] : label.Split(", ");

        public IReadOnlyList<string> Found { get; } = found;

        [GeneratedRegex(@"// expect (?<ids>.+?)\s*$", RegexOptions.Multiline)]
        private static partial Regex Label();
    }
}
