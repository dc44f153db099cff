using System.Text.RegularExpressions;
using AtLeastOnce.Docs.Tests.Repository;
using AtLeastOnce.Docs.Tests.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AtLeastOnce.Docs.Tests.Generated;

/// <summary>
/// Which rule is witnessed on which event source, read from the witness tests: a fact <c>Flawed_…</c> or <c>Fixed_…</c> counts for the source that its code names, with
/// what it calls in its class, and else for the source of the page's example that it runs.
/// </summary>
internal static partial class WitnessMatrix
{
    /// <summary>The document.</summary>
    public const string Path = "docs/witnesses.md";

    private const string Folder = "tests/Witness.Tests/Rules";
    private static readonly string[] Sources = ["SQS", "FIFO", "Kinesis", "DynamoDB", "Asynchronous"];

    /// <summary>The text of the document.</summary>
    public static string Text()
    {
        var facts = RepositoryFiles.All(".cs", Folder).SelectMany(FactsIn).ToList();
        var head = $"| Rule | {string.Join(" | ", Sources)} |\n|---|{string.Concat(Sources.Select(_ => "---|"))}\n";
        var families = RuleEntry
            .All.GroupBy(rule => rule.Family)
            .Select(family => $"\n## {family.Key}\n\n{head}{string.Concat(family.Select(rule => Row(rule, [.. facts.Where(fact => fact.Rule == rule.Id)])))}");
        return """
                # Which rule is witnessed where

                No rule without a witness: a test runs the flawed code in the runtime and shows the loss, the duplicate, the blockage or the disorder that the rule speaks of, and runs the
                fixed code and shows it gone. This table says on which event source that is done. An empty cell says that nobody has run the rule there, not that the rule is silent or
                wrong there; a rule about queues has nothing to run on a stream.

                Made from the witness tests, see [CONTRIBUTING.md](../CONTRIBUTING.md).

                """.ReplaceLineEndings("\n") + string.Concat(families);
    }

    private static string Row(RuleEntry rule, IReadOnlyList<Fact> facts) =>
        $"| [{rule.Id}](rules/{rule.Id}.md) {rule.Title.Replace("|", "\\|", StringComparison.Ordinal)} |"
        + string.Concat(Sources.Select(source => $" {Cell([.. facts.Where(fact => fact.Source == source)])} |"))
        + "\n";

    private static string Cell(IReadOnlyList<Fact> facts) =>
        (Links(facts, isFlawed: true), Links(facts, isFlawed: false)) switch
        {
            ({ } flawed, { } right) when flawed == right => $"[flawed and fixed]({flawed})",
            ({ } flawed, { } right) => $"[flawed]({flawed}) and [fixed]({right})",
            ({ } flawed, null) => $"[flawed]({flawed})",
            (null, { } right) => $"[fixed]({right})",
            _ => "",
        };

    private static string? Links(IReadOnlyList<Fact> facts, bool isFlawed) =>
        facts.FirstOrDefault(fact => fact.IsFlawed == isFlawed) is { } first ? $"../{first.File}" : null;

    private static IEnumerable<Fact> FactsIn(string file)
    {
        var root = CSharpSyntaxTree.ParseText(RepositoryFiles.TextOf(file)!).GetCompilationUnitRoot();
        foreach (
            var witness in root.DescendantNodes()
                .OfType<ClassDeclarationSyntax>()
                .Where(type => type.Identifier.Text.EndsWith("Witness", StringComparison.Ordinal))
        )
        {
            var rule = RuleId().Match(witness.Identifier.Text) is { Success: true } named ? named.Value : RuleId().Match(witness.ToString()).Value;
            foreach (var method in witness.Members.OfType<MethodDeclarationSyntax>())
            {
                var isFlawed = method.Identifier.Text.StartsWith("Flawed_", StringComparison.Ordinal);
                if (!isFlawed && !method.Identifier.Text.StartsWith("Fixed_", StringComparison.Ordinal))
                    continue;
                var own = SourcesIn(WithWhatItUses(method, witness));
                foreach (var source in own.Count > 0 ? own : SourcesIn(ExampleOf(rule, isFlawed)))
                    yield return new(rule, source, isFlawed, file);
            }
        }
    }

    // The fact with the members of its class that it names, and those that they name.
    private static string WithWhatItUses(MemberDeclarationSyntax fact, TypeDeclarationSyntax witness)
    {
        var used = new List<MemberDeclarationSyntax> { fact };
        for (var index = 0; index < used.Count; index++)
        {
            var names = used[index].DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.Text).ToHashSet();
            used.AddRange(witness.Members.Where(member => !used.Contains(member) && NamesOf(member).Any(names.Contains)));
        }

        return string.Join("\n", used);
    }

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) =>
        member switch
        {
            MethodDeclarationSyntax method => [method.Identifier.Text],
            BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
            PropertyDeclarationSyntax property => [property.Identifier.Text],
            BaseTypeDeclarationSyntax type => [type.Identifier.Text],
            _ => [],
        };

    // What the fixed section does not repeat is as in the flawed one.
    private static string ExampleOf(string rule, bool isFlawed)
    {
        var page = RepositoryFiles.TextOf($"docs/rules/{rule}.md") ?? "";
        var flawed = Section(page, "Flawed");
        return isFlawed ? flawed : Section(page, "Fixed") + flawed;
    }

    private static string Section(string page, string heading)
    {
        var from = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        var to = from < 0 ? -1 : page.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return from < 0 ? "" : string.Concat(Block().Matches(page[from..(to < 0 ? page.Length : to)]).Select(block => block.Value));
    }

    private static List<string> SourcesIn(string code)
    {
        var isFifo = Fifo().IsMatch(code);
        var found = new List<string>();
        if (!isFifo && Queue().IsMatch(code))
            found.Add("SQS");
        if (isFifo)
            found.Add("FIFO");
        if (Kinesis().IsMatch(code))
            found.Add("Kinesis");
        if (Table().IsMatch(code))
            found.Add("DynamoDB");
        if (Asynchronous().IsMatch(code))
            found.Add("Asynchronous");
        return found;
    }

    [GeneratedRegex(@"ALO\d{3}")]
    private static partial Regex RuleId();

    [GeneratedRegex(@"\bSQSEvent\b|AWS::SQS::Queue")]
    private static partial Regex Queue();

    [GeneratedRegex(@"```.*?\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    // A queue's name alone may be that of one that the handler sends to.
    [GeneratedRegex(@"FifoQueue: true|Fifo = true")]
    private static partial Regex Fifo();

    [GeneratedRegex(@"\bKinesis(TimeWindow)?Event\b|\bKinesisStream\b|\bStreamScenario\b")]
    private static partial Regex Kinesis();

    [GeneratedRegex(@"\bDynamoDB(TimeWindow)?Event\b|\bDynamoDb(Table|Stream)\b")]
    private static partial Regex Table();

    [GeneratedRegex(@"\b(S3|SNS|Scheduled|CloudWatch)Event\b|\bAsyncEvents\b")]
    private static partial Regex Asynchronous();

    private sealed record Fact(string Rule, string Source, bool IsFlawed, string File);
}
