using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Time;

public sealed class ALO305RemainingTimeIgnoredWitness
{
    private readonly RulePage page = RulePage.Of("ALO305");

    [Fact]
    public async Task Flawed_the_timeout_returns_the_finished_messages_too()
    {
        var (shipped, run) = await RunAsync(page.Flawed);

        Assert.Equal(string.Join(' ', Enumerable.Repeat("A B C D E F G", 5)), shipped);
        Assert.Equal("sent 8 = dead-lettered 8", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_only_the_rest_comes_again()
    {
        var (shipped, run) = await RunAsync(page.Fixed);

        Assert.Equal("A B C D E F G H", shipped);
        Assert.Equal("sent 8 = acknowledged 8", run.Ledger("Orders").ToString());
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 2], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }

    [Fact]
    public async Task Flawed_with_Powertools_the_timeout_returns_the_finished_messages_too()
    {
        var (shipped, run) = await RunAsync(ByPowertools("", ""), withClock: true);

        Assert.Equal(string.Join(' ', Enumerable.Repeat("A B C D E F G", 5)), shipped);
        Assert.Equal("sent 8 = dead-lettered 8", run.Ledger("Orders").ToString());
    }

    [Fact]
    public async Task Fixed_with_a_token_Powertools_reports_what_is_not_done()
    {
        var (shipped, run) = await RunAsync(ByPowertools(Deadline, ", deadline.Token"), withClock: true);

        Assert.Equal("A B C D E F G H", shipped);
        Assert.Equal("sent 8 = acknowledged 8", run.Ledger("Orders").ToString());
        Assert.Equal([1, 1, 1, 1, 1, 1, 2, 2], run.Ledger("Orders").Records.Select(record => record.ReceiveCount));
    }

    [Fact]
    public Task The_token_is_what_the_fix_makes() =>
        ExampleFix.VerifyAsync("ALO305", ByPowertools("", ""), ByPowertools(Deadline, ", deadline.Token"), TestContext.Current.CancellationToken);

    private const string Deadline = "using var deadline = new CancellationTokenSource(context.RemainingTime - TimeSpan.FromSeconds(5), clock);\n        ";

    private Example ByPowertools(string before, string arguments) =>
        page.Flawed with
        {
            Name = "Powertools",
            Code = $$"""
                using Amazon.Lambda.Core;
                using Amazon.Lambda.SQSEvents;
                using AWS.Lambda.Powertools.BatchProcessing;
                using AWS.Lambda.Powertools.BatchProcessing.Sqs;

                namespace Shop;

                public class OrdersFunction(HttpClient warehouse, TimeProvider clock)
                {
                    public async Task<BatchItemFailuresResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
                    {
                        {{before}}var result = await SqsBatchProcessor.Instance.ProcessAsync(batch, new OrderHandler(warehouse, clock){{arguments}});
                        return result.BatchItemFailuresResponse;
                    }
                }

                public class OrderHandler(HttpClient warehouse, TimeProvider clock) : ISqsRecordHandler
                {
                    public async Task<RecordHandlerResult> HandleAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
                    {
                        var place = $"/orders/{message.MessageId}?day={clock.GetUtcNow():yyyy-MM-dd}";
                        using var answer = await warehouse.PutAsync(place, new StringContent(message.Body), cancellationToken);
                        answer.EnsureSuccessStatusCode();
                        return RecordHandlerResult.None;
                    }
                }

                """,
        };

    private static async Task<(string Shipped, EsmRun Run)> RunAsync(Example example, bool withClock = false)
    {
        await using var scenario = new TimeScenario(example);
        using var warehouse = new SlowWarehouse(scenario.Host.TimeProvider) { Takes = TimeSpan.FromSeconds(4) };
        var run = await scenario.RunAsync(
            withClock ? [warehouse.Client, scenario.Host.TimeProvider] : [warehouse.Client],
            "A",
            "B",
            "C",
            "D",
            "E",
            "F",
            "G",
            "H"
        );
        return (warehouse.Shipped, run);
    }
}
