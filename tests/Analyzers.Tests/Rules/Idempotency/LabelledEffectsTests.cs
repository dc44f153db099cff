using AtLeastOnce.Analyzers.Tests.Labels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AtLeastOnce.Analyzers.Tests.Rules.Idempotency;

/// <summary>
/// How often the rules are right about handlers as people write them: methods that say by a comment, <c>// expect ALO101</c> or <c>// expect none</c>, what a careful
/// reader would say of them. A finding in a method without a comment is a wrong one.
/// </summary>
public sealed class LabelledEffectsTests
{
    private static readonly Task<IReadOnlyList<LabelledCode>> Methods = LabelledSet.AnalyseAsync(
        "LabelledEffects",
        ["Idempotency"],
        compilation => new Template(compilation)
    );

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

    private static void AssertRight(string id, IEnumerable<LabelledCode> all, double leastRecall, int least = 8) =>
        LabelledSet.AssertRight(id, all, leastRecall, least);

    [Fact]
    public async Task The_set_is_large_and_most_of_it_is_harmless() => LabelledSet.AssertLarge(await Methods, least: 250);

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
}
