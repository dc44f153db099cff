using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Scheduling;

public class DeterminismTests
{
    private static async Task<EsmRun> RunAsync(int seed)
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(
            factory: () =>
                async (SQSEvent input) =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(input.Records.Count * 10), host!.TimeProvider);
                    await Task.WhenAll(
                        input.Records.Select(async record => await Task.Delay(TimeSpan.FromMilliseconds(record.Body.Length), host.TimeProvider))
                    );
                    return Report(input, body => body.EndsWith('7'));
                },
            m =>
            {
                m.BatchSize = 4;
                m.ReportBatchItemFailures = true;
            },
            new() { Seed = seed, ReceiveOrder = ReceiveOrder.Shuffled }
        ).WithMaxReceiveCount(4);
        host = scenario.Host;
        host.Faults.Throttle(probability: 0.2);
        host.Faults.CrashAfterHandler(probability: 0.1);
        host.Faults.Duplicate(probability: 0.2);
        return await scenario.RunAsync([.. Enumerable.Range(1, 60).Select(number => $"{number}")]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_history_byte_for_byte()
    {
        var first = await RunAsync(11);
        var second = await RunAsync(11);
        var third = await RunAsync(12);

        Assert.False(first.UsedRealTime);
        Assert.Equal(first.Dump(), second.Dump());
        Assert.NotEqual(first.Dump(), third.Dump());
        Assert.Equal(11, first.Seed);
        Assert.True(first.Dump().Length > 10_000);
    }

    [Fact]
    public async Task Ids_hang_on_the_seed_and_not_on_what_happened_before()
    {
        static async Task<string> IdAsync(int seed, bool throttled)
        {
            await using var scenario = new Scenario((SQSEvent _) => { }, options: new() { Seed = seed, ReceiveOrder = ReceiveOrder.Shuffled });
            if (throttled)
                scenario.Host.Faults.Throttle(probability: 0.5);
            await scenario.RunAsync("1", "2");
            return scenario.Queue.Send("3").MessageId;
        }

        Assert.Equal(await IdAsync(5, throttled: false), await IdAsync(5, throttled: true));
        Assert.NotEqual(await IdAsync(5, throttled: false), await IdAsync(6, throttled: false));
    }

    [Fact]
    public void Choices_are_recorded_and_those_without_alternative_are_none()
    {
        List<AtLeastOnce.Runtime.Scheduling.Choice> record = [];
        var choices = new AtLeastOnce.Runtime.Scheduling.Choices(1, record);
        var point = AtLeastOnce.Runtime.Scheduling.ChoicePoint.ReceiveOrder;

        Assert.Equal(0, choices.Below(1, point));
        Assert.False(choices.Happens(0, point));
        Assert.True(choices.Happens(1, point));
        Assert.Empty(record);
        var drawn = Enumerable.Range(0, 1000).Select(_ => choices.Below(7, point)).ToArray();
        Assert.Equal(drawn, record.Select(choice => choice.Taken));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], drawn.Distinct().Order());
        Assert.InRange(Enumerable.Range(0, 1000).Count(_ => choices.Happens(0.3, point)), 230, 370);
    }
}
