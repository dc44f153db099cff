using System.Globalization;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;

namespace AtLeastOnce.Witness.Tests.Rules.Delivery;

public sealed class ALO504DeadLetterQueueDoesNotFitWitness
{
    private readonly RulePage page = RulePage.Of("ALO504");
    private readonly Warehouse warehouse = new() { Refuses = "B" };

    private Example WithoutCount => page.Fixed with { Template = page.Fixed.Template!.Replace("        maxReceiveCount: 5\n", "", StringComparison.Ordinal) };

    [Fact]
    public Task Flawed_the_queue_is_refused_in_the_words_of_the_finding() =>
        AssertRefusedAsync(page.Flawed, "Dead-letter queue must be same type of queue as the source.");

    [Fact]
    public Task A_policy_without_a_count_is_refused_in_the_words_of_the_finding() =>
        AssertRefusedAsync(WithoutCount, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");

    [Fact]
    public async Task Fixed_the_queue_is_made_and_gives_the_message_up()
    {
        await using var scenario = new Scenario(page.Fixed, warehouse);

        var run = await scenario.RunAsync("A", "B", "C");

        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", run.Ledger("Orders").ToString());
    }

    private async Task AssertRefusedAsync(Example example, string reason)
    {
        var refusal = Assert.Throws<AwsErrorException>(() => new Scenario(example, warehouse));
        var said = refusal.Message.Split('\n')[0];
        Assert.EndsWith(reason, said, StringComparison.Ordinal);
        var finding = Assert.Single(await ExampleAnalysis.FindAsync(example, TestContext.Current.CancellationToken));
        Assert.Equal("ALO504", finding.Id);
        Assert.Contains($"\"{said}\"", finding.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
