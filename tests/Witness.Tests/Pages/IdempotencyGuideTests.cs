using System.Text.RegularExpressions;
using AtLeastOnce.Witness.Tests.Examples;

namespace AtLeastOnce.Witness.Tests.Pages;

/// <summary>
/// <c>docs/idempotency.md</c> is true: in each C# block the rules find what its comments say, on that line, and nothing else. The blocks are members of a class; a YAML
/// block is the effect file or the head of the template of the C# blocks that follow it in its section.
/// </summary>
public sealed partial class IdempotencyGuideTests
{
    private const string Before = """
        using System.Diagnostics.CodeAnalysis;
        using Amazon.DynamoDBv2;
        using Amazon.DynamoDBv2.Model;
        using Amazon.Lambda.SQSEvents;
        using Amazon.SQS;
        using Amazon.SQS.Model;

        namespace Shop;

        public interface IPayments
        {
            Task ChargeAsync(string order, string? key = null);
        }

        [AttributeUsage(AttributeTargets.All)]
        internal sealed class IdempotentOperationAttribute(string because) : Attribute
        {
            public string Because { get; } = because;
        }

        public class OrdersFunction(HttpClient http, IAmazonDynamoDB dynamo, IAmazonSQS sqs, IPayments payments)
        {
            public (HttpClient, IAmazonDynamoDB, IAmazonSQS, IPayments) Clients => (http, dynamo, sqs, payments);

            public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
            {
                var response = new SQSBatchResponse();
                foreach (var message in batch.Records)
                {
                    try
                    {
                        await ProcessAsync(message);
                    }
                    catch (Exception)
                    {
                        response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
                    }
                }

                return response;
            }


        """;

    private static readonly IReadOnlyList<CodeBlock> Blocks = CodeBlock.In(
        "idempotency.md",
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "idempotency.md"))
    );

    /// <summary>The C# blocks, by their position on the page.</summary>
    public static TheoryData<int> Examples { get; } = [.. Enumerable.Range(0, Blocks.Count).Where(index => Blocks[index].Language == "csharp")];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_has_the_findings_that_it_says(int index)
    {
        var block = Blocks[index];
        var code = Before + block.Text + "}\n";

        var found = await ExampleAnalysis.FindAsync(new(block.Section, code, FileBefore(index)), TestContext.Current.CancellationToken);

        var first = Before.Split('\n').Length - 1;
        Assert.Equal(Said(block), found.Select(finding => (finding.Location.GetLineSpan().StartLinePosition.Line - first, finding.Id)).Order());
    }

    [Fact]
    public void The_page_shows_each_rule_that_it_explains_by_example() =>
        Assert.Equal(
            ["ALO001", "ALO101", "ALO102", "ALO103", "ALO104", "ALO107"],
            Blocks.Where(block => block.Language == "csharp").SelectMany(Said).Select(said => said.Id).Distinct().Order()
        );

    [Fact]
    public void The_page_has_no_block_that_nothing_holds() => Assert.Equal(["csharp", "yaml"], Blocks.Select(block => block.Language).Distinct().Order());

    private static IEnumerable<(int Line, string Id)> Said(CodeBlock block) =>
        block.Text.Split('\n').SelectMany((line, number) => Mark().Matches(line).Select(mark => (number, mark.Groups["id"].Value)));

    private static string? FileBefore(int index)
    {
        var file = Blocks.Take(index).LastOrDefault(block => block.Section == Blocks[index].Section && block.Language == "yaml")?.Text;
        // One message at a time: how long a batch may take is not what the page is about.
        return file is null || file.StartsWith("effects:", StringComparison.Ordinal)
            ? file
            : file + LimitsTests.Function.Replace("FunctionResponseTypes:", "BatchSize: 1\n            FunctionResponseTypes:", StringComparison.Ordinal);
    }

    // A comment that is nothing but the id of a rule.
    [GeneratedRegex(@"// (?<id>ALO\d{3})$")]
    private static partial Regex Mark();
}
