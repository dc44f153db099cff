using AtLeastOnce.Analyzers.Tests.Labels;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AtLeastOnce.Analyzers.Tests.Rules.Outcome;

/// <summary>
/// How often the rules about outcome, time and order are right about handlers as people write them: methods and classes that say by a comment,
/// <c>// expect ALO204</c> or <c>// expect none</c>, what becomes of their records on AWS, and by another, <c>// deployed fifo reports</c>, how they are deployed.
/// </summary>
public sealed class LabelledOutcomesTests
{
    // Fewer labels than this say nothing about a rate: all of them have to be met.
    private const int Few = 5;

    // A known miss is worth a look again when the rules learn more; more than these are too many.
    private const int MostKnownMisses = 5;

    private static readonly Task<IReadOnlyList<LabelledCode>> Handlers = LabelledSet.AnalyseAsync(
        "LabelledOutcomes",
        ["Outcome", "Time", "Order"],
        compilation => new LabelledDeployment(compilation),
        new Configuration()
    );

    /// <summary>The rules that judge a handler; 301 and 302 judge what is deployed around it.</summary>
    public static TheoryData<string> Rules =>
        [
            .. TestSetup
                .AllRules()
                .Select(rule => rule.SupportedDiagnostics[0])
                .Where(descriptor => descriptor.Category is "Outcome" or "Time" or "Order" && descriptor.Id is not ("ALO301" or "ALO302"))
                .Select(descriptor => descriptor.Id)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task A_rule_is_right_and_misses_little(string id)
    {
        var all = (await Handlers).Where(handler => handler.Expected.Contains(id)).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{id}: {all.Count(handler => handler.Found.Contains(id))} of {all.Count} labels, the known misses counted"
        );
        var handlers = (await Handlers).Where(handler => !handler.IsKnownMiss).ToList();
        var labels = handlers.Count(handler => handler.Expected.Contains(id));

        LabelledSet.AssertRight(id, handlers, leastRecall: labels < Few ? 1 : 0.95, least: 1);
    }

    [Fact]
    public async Task All_rules_together_miss_little_with_the_known_misses_counted()
    {
        var handlers = (await Handlers).Where(handler => handler.IsLabelled).ToList();
        var right = handlers.Sum(handler => handler.Expected.Intersect(handler.Found).Count());
        var labels = handlers.Sum(handler => handler.Expected.Count);
        TestContext.Current.TestOutputHelper!.WriteLine($"{right} of {labels} labels are met");

        Assert.True(right >= 0.95 * labels, $"{right} of {labels} labels are met");
    }

    [Fact]
    public async Task A_known_miss_is_missed()
    {
        var known = (await Handlers).Where(handler => handler.IsKnownMiss).ToList();

        Assert.InRange(known.Count, 1, MostKnownMisses);
        Assert.All(known, handler => Assert.True(handler.Found.Count == 0, $"no longer missed: {handler.Told}"));
    }

    [Fact]
    public async Task The_set_is_large_and_most_of_it_is_harmless() => LabelledSet.AssertLarge(await Handlers, least: 120);

    private sealed class Configuration : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) =>
            tree.FilePath == "FifoByOption.cs" ? new Options(new() { ["alo.queues_are_fifo"] = "true" }) : GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value) => values.TryGetValue(key, out value!);
    }
}
