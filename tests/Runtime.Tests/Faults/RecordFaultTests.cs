using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Tests.Sources.Sqs;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Faults;

/// <summary>Faults of receives, batches and deletes.</summary>
public class RecordFaultTests
{
    private static object[] Numbered(int count) => [.. Enumerable.Range(1, count).Select(number => $"{number}")];

    private static IEnumerable<string> Batches(EsmRun run) => FifoScenario.Batches(run);

    private static async Task<EsmRun> RunAsync(
        Action<Runtime.Faults> set,
        object[] bodies,
        Action<EventSourceMappingOptions>? configure = null,
        LambdaTestHostOptions? options = null
    )
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, configure, options);
        set(scenario.Host.Faults);
        return await scenario.RunAsync(bodies);
    }

    [Fact]
    public async Task B7_duplicates_by_count_and_by_condition()
    {
        var first = await RunAsync(faults => faults.Duplicate(first: 2), Numbered(3));
        var chosen = await RunAsync(faults => faults.Duplicate(on: delivery => delivery.Record.Number == 3), Numbered(3));

        Assert.Equal(["1 2 3", "1 2"], Batches(first));
        Assert.Equal(["1 2 3", "3"], Batches(chosen));
        Assert.Equal("sent 3 = acknowledged 3", chosen.Ledger("orders").ToString());
    }

    [Fact]
    public async Task B7_a_FIFO_queue_makes_no_duplicates()
    {
        await using var scenario = new FifoScenario((SQSEvent _) => { });
        scenario.Host.Faults.Duplicate(probability: 1);

        Assert.Equal(["1 2"], Batches(await scenario.Send("A", "1", "2").RunAsync()));
    }

    [Fact]
    public void Streams_ask_whether_a_batch_is_replayed()
    {
        var faults = new LambdaTestHost().Faults;
        Assert.False(faults.Replays(() => [new(new(1, "a"), 1)]));
        faults.Duplicate(on: delivery => delivery.Record.Number == 2);

        Assert.False(faults.Replays(() => [new(new(1, "a"), 1)]));
        Assert.True(faults.Replays(() => [new(new(1, "a"), 1), new(new(2, "b"), 1)]));
    }

    [Fact]
    public async Task Messages_of_a_standard_queue_overtake_each_other()
    {
        var first = await RunAsync(faults => faults.Reorder(first: 1), Numbered(2));
        var chosen = await RunAsync(faults => faults.Reorder(on: next => next.Record.Number == 2), Numbered(4), m => m.BatchSize = 1);
        var random = await RunAsync(faults => faults.Reorder(probability: 0.5), Numbered(10));
        var again = await RunAsync(faults => faults.Reorder(probability: 0.5), Numbered(10));

        Assert.Equal(["2 1"], Batches(first));
        Assert.Contains("queue orders     ⚡ fault: 2 overtakes 1\n", first.Timeline, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "3", "4"], Batches(chosen).Order());
        Assert.Equal("2", Batches(chosen).Last());
        Assert.NotEqual(["1 2 3 4 5 6 7 8 9 10"], Batches(random));
        Assert.Equal(random.Dump(), again.Dump());
    }

    [Fact]
    public async Task A_FIFO_queue_keeps_its_order()
    {
        await using var scenario = new FifoScenario((SQSEvent _) => { });
        scenario.Host.Faults.Reorder(probability: 1);

        Assert.Equal(["1 2 3"], Batches(await scenario.Send("A", Numbered(3)).RunAsync()));
    }

    [Fact]
    public async Task B5_batches_are_cut_to_a_size_or_to_one_that_is_drawn()
    {
        var cut = await RunAsync(faults => faults.CutBatch(on: batch => batch.Number == 1, size: 2), Numbered(5));
        var drawn = await RunAsync(faults => faults.CutBatch(probability: 1), Numbered(50));
        var first = await RunAsync(faults => faults.CutBatch(first: 1), Numbered(10), options: new() { Seed = 5 });

        Assert.Equal(["1 2", "3 4 5"], Batches(cut));
        Assert.Equal("a batch is cut to 2", Assert.Single(cut.Events.OfType<FaultStruck>()).What);
        Assert.True(drawn.Invocations.Select(invocation => invocation.Deliveries.Count).Distinct().Count() > 3);
        Assert.Equal(50, drawn.Invocations.Sum(invocation => invocation.Deliveries.Count));
        Assert.InRange(first.Invocations.Count, 1, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost().Faults.CutBatch(_ => true, size: 0));
    }

    [Fact]
    public async Task B5_a_cut_batch_does_not_wait_for_its_window()
    {
        static void Windowed(EventSourceMappingOptions m) => (m.BatchSize, m.BatchingWindow) = (20, Seconds(5));
        var run = await RunAsync(faults => faults.CutBatch(on: batch => batch.Number == 1, size: 3), Numbered(6), Windowed);

        Assert.Equal(["1 2 3", "4 5 6"], Batches(run));
        Assert.Equal([0, 5], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
    }

    [Fact]
    public async Task S4_a_late_delete_of_a_message_that_was_received_again_changes_nothing()
    {
        var run = await RunAsync(faults => faults.DeleteLate(first: 1), Numbered(2));

        Assert.Equal(["1 2", "1 2"], Batches(run));
        Assert.Equal([0, 30], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
        Assert.Equal(Seconds(30.001), Assert.Single(run.Events.OfType<LateDeleteIgnored>()).At);
        Assert.Contains("queue orders     ⚡ fault: 1, 2 will be deleted only at 00:00:30.001\n", run.Timeline, StringComparison.Ordinal);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task S4_a_late_delete_of_a_message_that_nobody_has_received_again_deletes_it()
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, m => (m.BatchSize, m.MaximumConcurrency) = (1, 2));
        scenario.Queue.VisibilityTimeout = Seconds(90);
        scenario.Function.Timeout = Seconds(90);
        scenario.Function.Takes(perInvocation: Seconds(60));
        scenario.Host.Faults.DeleteLate(on: invocation => invocation.Number == 1);

        // Both pollers are busy with 3 and 4 from 60 s to 120 s, so that nobody receives 1 when it is visible at 90 s.
        var run = await scenario.RunAsync(Numbered(4));

        Assert.Equal(["1", "2", "3", "4"], Batches(run));
        Assert.Equal([Seconds(60), Seconds(90.001), Seconds(120), Seconds(120)], run.Events.OfType<MessagesDeleted>().Select(deleted => deleted.At));
    }

    [Fact]
    public async Task S49_a_late_delete_from_a_FIFO_queue_is_refused_and_the_group_waits_meanwhile()
    {
        await using var scenario = new FifoScenario((SQSEvent _) => { }, m => m.BatchSize = 1);
        scenario.Host.Faults.DeleteLate(on: invocation => invocation.Number == 1);

        var run = await scenario.Send("A", "1", "2").RunAsync();

        Assert.Equal(["1", "1", "2"], Batches(run));
        Assert.Equal(Seconds(30.001), Assert.Single(run.Events.OfType<LateDeleteRefused>()).At);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task Recorded_choices_replay_the_run_whatever_the_seed_would_draw()
    {
        static async Task<EsmRun> WeatherAsync(LambdaTestHostOptions options)
        {
            await using var scenario = new Scenario(
                (SQSEvent input) => Report(input, body => body == "7"),
                m => (m.BatchSize, m.ReportBatchItemFailures) = (4, true),
                options with
                {
                    ReceiveOrder = ReceiveOrder.Shuffled,
                }
            ).WithMaxReceiveCount(4);
            var faults = scenario.Host.Faults;
            faults.Throttle(probability: 0.2);
            faults.CrashAfterHandler(probability: 0.1);
            faults.LoseResponse(probability: 0.1);
            faults.TimeOut(probability: 0.1);
            faults.Duplicate(probability: 0.2);
            faults.CutBatch(probability: 0.3);
            faults.DeleteLate(probability: 0.2);
            return await scenario.RunAsync(Numbered(40));
        }

        static string Shape(EsmRun run) =>
            string.Join(
                "\n",
                run.Invocations.Select(invocation =>
                    $"{invocation.Start} {string.Join(' ', invocation.Deliveries.Select(delivery => $"{delivery.Record.Number}:{delivery.ReceiveCount}"))} {invocation.Error?.Type}"
                )
            );

        List<Choice> recorded = [];
        List<Choice> recordedAgain = [];
        var run = await WeatherAsync(new() { Seed = 1, RecordedChoices = recorded });
        var replayed = await WeatherAsync(
            new()
            {
                Seed = 2,
                ReplayedChoices = recorded,
                RecordedChoices = recordedAgain,
            }
        );
        var other = await WeatherAsync(new() { Seed = 2 });

        Assert.Equal(Shape(run), Shape(replayed));
        Assert.Equal(recorded, recordedAgain);
        Assert.NotEqual(Shape(run), Shape(other));
        Assert.True(recorded.Count > 100);

        // What the same seed draws is what it recorded; a prefix replays the beginning, and the seed goes on.
        Assert.Equal(run.Dump(), (await WeatherAsync(new() { Seed = 1, ReplayedChoices = recorded })).Dump());
        Assert.Equal(run.Dump(), (await WeatherAsync(new() { Seed = 1, ReplayedChoices = recorded[..20] })).Dump());
    }

    [Fact]
    public void A_recording_of_another_scenario_is_refused()
    {
        var choices = new Choices(1, null, [new(ChoicePoint.Throttle, 2, 1), new(ChoicePoint.Crash, 2, 0)]);
        Assert.True(choices.Happens(0.001, ChoicePoint.Throttle));

        Assert.Equal(
            "The recorded choice 2 was Crash with 2 alternatives, but the run now makes ReceiveOrder with 3: it is another scenario than the one recorded.",
            Assert.Throws<InvalidOperationException>(() => choices.Below(3, ChoicePoint.ReceiveOrder)).Message
        );
    }
}
