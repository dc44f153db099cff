using System.Globalization;
using AtLeastOnce.Witness.Tests.Examples;

namespace AtLeastOnce.Witness.Tests.Pages;

/// <summary>
/// <c>docs/limits.md</c> is true: of what it says is followed, each example has a finding; of what it says is not, none has. C# blocks are members of a class,
/// YAML blocks the head of a template with the queue of a function.
/// </summary>
public class LimitsTests
{
    private const string Followed = "What is followed";
    private const string Time = "Time";

    /// <summary>The function and its mapping, to stand behind a template's queue.</summary>
    internal const string Function = """
          OrdersFunction:
            Type: AWS::Serverless::Function
            Properties:
              Handler: Shop::Shop.OrdersFunction::HandleAsync
              Runtime: dotnet10
              Timeout: 30
              Events:
                Orders:
                  Type: SQS
                  Properties:
                    Queue: !GetAtt OrdersQueue.Arn
                    FunctionResponseTypes: [ReportBatchItemFailures]

        """;

    // The queue of the section about time.
    private const string Queue = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          OrdersQueue:
            Type: AWS::SQS::Queue
            Properties:
              VisibilityTimeout: 180
              RedrivePolicy: { deadLetterTargetArn: !ImportValue OrdersDlqArn, maxReceiveCount: 5 }

        """;

    private const string SoundHandler = """
        public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
        {
            var response = new SQSBatchResponse();
            foreach (var message in batch.Records)
            {
                try
                {
                    await orders.ShipAsync(message.Body);
                }
                catch (Exception)
                {
                    response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });
                }
            }

            return response;
        }
        """;

    private static readonly IReadOnlyList<CodeBlock> Blocks = CodeBlock.In("limits.md", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "limits.md")));

    /// <summary>The examples of what is followed, by their position on the page.</summary>
    public static TheoryData<int> Seen { get; } = [.. Indexes(block => block.Section == Followed)];

    /// <summary>The other examples.</summary>
    public static TheoryData<int> Unseen { get; } = [.. Indexes(block => block.Section != Followed)];

    [Theory]
    [MemberData(nameof(Seen))]
    public async Task What_is_followed_has_a_finding(int index) => await AssertFindingsAsync(Blocks[index], expected: 1);

    [Theory]
    [MemberData(nameof(Unseen))]
    public async Task What_cannot_be_seen_has_none(int index) => await AssertFindingsAsync(Blocks[index], expected: 0);

    private static IEnumerable<int> Indexes(Func<CodeBlock, bool> which) => Enumerable.Range(0, Blocks.Count).Where(index => which(Blocks[index]));

    private static async Task AssertFindingsAsync(CodeBlock block, int expected)
    {
        var isTemplate = block.Language == "yaml";
        var template =
            isTemplate ? block.Text + Function
            : block.Section == Time ? Queue + Function
            : null;
        var example = new Example(block.Section, Class(isTemplate ? SoundHandler : block.Text), template);
        var found = await ExampleAnalysis.FindAsync(example, TestContext.Current.CancellationToken);
        // That these handlers report nothing is another matter.
        if (block.Section == Time)
            found = [.. found.Where(diagnostic => diagnostic.Id.StartsWith("ALO3", StringComparison.Ordinal))];
        Assert.True(
            found.Count == expected,
            $"{found.Count} findings in\n{block.Text}\n{string.Join("\n", found.Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"))}"
        );
    }

    private static string Class(string members) =>
        $$"""
            using System.Text.Json;
            using Amazon.Lambda.Core;
            using Amazon.Lambda.SQSEvents;

            namespace Shop;

            public interface IOrders
            {
                Task ShipAsync(string order);

                bool TryShip(string order);
            }

            public class OrdersFunction(IOrders orders, ILambdaLogger log)
            {
                private readonly IOrders orders = orders;
                private readonly ILambdaLogger log = log;

            {{members}}
            }
            """;
}
