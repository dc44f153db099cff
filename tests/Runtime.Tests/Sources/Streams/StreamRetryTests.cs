using Amazon.Lambda.KinesisEvents;
using AtLeastOnce.Runtime.Tests.Rules;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>Checkpoint, retries, bisecting and blocking: section 3.3.</summary>
public class StreamRetryTests
{
    private static readonly Action Throws = () => throw new InvalidOperationException("always");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 6)]
    public async Task R22_R23_a_batch_that_always_fails_is_invoked_once_more_than_its_retries(int retries, int invocations)
    {
        await using var scenario = Clicks(Throws, m => m.MaximumRetryAttempts = retries);

        var run = await scenario.RunAsync("1", "2");

        Assert.Equal(Enumerable.Repeat("1 2", invocations), run.Batches());
        Assert.Equal("sent 2 = discarded 2", run.Ledger("ship").ToString());
        Assert.Equal(invocations, Assert.Single(run.Events.OfType<BatchDiscarded>()).Attempts);
    }

    [Fact]
    public async Task R26a_the_waits_double_up_to_a_minute()
    {
        await using var scenario = Clicks(Throws, m => m.MaximumRetryAttempts = 9);
        var run = await scenario.RunAsync("1");

        var ends = run.Invocations.Select(invocation => invocation.End!.Value).SkipLast(1);
        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], run.Invocations.Skip(1).Zip(ends, (next, end) => (next.Start - end).TotalSeconds));

        await using var other = Clicks(Throws, m => m.MaximumRetryAttempts = 3, new() { StreamRetryDelay = Seconds(3), MaximumStreamRetryDelay = Seconds(5) });
        Assert.Equal([0, 3.1, 8.2, 13.3], (await other.RunAsync("1")).Starts());
    }

    [Fact]
    public async Task R20_R21_everything_from_the_lowest_reported_record_on_is_delivered_again_and_nothing_else()
    {
        var failed = false;
        await using var scenario = Clicks(
            (KinesisEvent input) =>
            {
                var report = Report(input, text => !failed && int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) is >= 2 and <= 4);
                failed = true;
                report.BatchItemFailures = [.. report.BatchItemFailures.Reverse()];
                return report;
            },
            m => (m.BatchSize, m.ReportBatchItemFailures) = (5, true)
        );

        var run = await scenario.RunAsync(Numbers(7));

        Assert.Equal(["1 2 3 4 5", "2 3 4 5", "6 7"], run.Batches());
        Assert.Equal([1, 2, 2, 2, 2, 1, 1], run.Ledger("ship").Records.Select(record => record.ReceiveCount));
        Assert.Equal([1, 5, 7], run.Events.OfType<CheckpointMoved>().Select(moved => moved.Past.Number));
    }

    [Fact]
    public async Task R25_R19_a_report_of_the_first_record_is_no_progress()
    {
        await using var scenario = Clicks(
            (KinesisEvent input) => Report(input, _ => true),
            m => (m.ReportBatchItemFailures, m.MaximumRetryAttempts) = (true, 2)
        );

        var run = await scenario.RunAsync("1", "2");

        Assert.Equal(["1 2", "1 2", "1 2"], run.Batches());
        Assert.Equal("R-19", run.Invocations[0].Outcome!.Rule);
        Assert.Equal("sent 2 = discarded 2", run.Ledger("ship").ToString());
    }

    [Theory]
    [InlineData(AttemptCount.StartsAgain, 1 + 2 + 4)]
    [InlineData(AttemptCount.IsKept, 1 + 2 + 2)]
    public async Task R24_attempts_start_again_or_are_kept_after_progress(AttemptCount option, int invocations)
    {
        // The whole batch fails twice, then only its last record: the test that would settle which reading is right.
        var invoked = 0;
        await using var scenario = Clicks(
            (KinesisEvent input) => ++invoked <= 2 ? throw new InvalidOperationException() : Report(input, text => text == "3"),
            m => (m.ReportBatchItemFailures, m.MaximumRetryAttempts) = (true, 3),
            new() { AttemptsAfterProgress = option }
        );

        var run = await scenario.RunAsync(Numbers(3));

        Assert.Equal(invocations, run.Invocations.Count);
        Assert.Equal("sent 3 = acknowledged 2 + discarded 1", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task R20a_without_the_setting_a_report_is_ignored_and_the_record_is_lost()
    {
        await using var scenario = Clicks((KinesisEvent input) => Report(input, text => text == "2"));

        var run = await scenario.RunAsync(Numbers(3));

        Assert.Single(run.Invocations);
        Assert.Equal("sent 3 = acknowledged 2 + acknowledged although reported as failed 1", run.Ledger("ship").ToString());
        Assert.Equal(RecordFate.AcknowledgedAlthoughReported, run.Ledger("ship").Records[1].Fate);
    }

    [Fact]
    public async Task R27_R29b_a_failed_batch_is_halved_first_part_first_and_the_poison_record_stays_alone()
    {
        await using var scenario = Clicks(
            (KinesisEvent input) =>
            {
                if (Texts(input).Contains("4"))
                    throw new InvalidOperationException();
            },
            m => (m.BatchSize, m.BisectBatchOnFunctionError, m.MaximumRetryAttempts) = (5, true, 1)
        );

        var run = await scenario.RunAsync(Numbers(7));

        Assert.Equal(["1 2 3 4 5", "1 2", "3 4 5", "3", "4 5", "4", "4", "5", "6 7"], run.Batches());
        Assert.Equal("sent 7 = acknowledged 6 + discarded 1", run.Ledger("ship").ToString());
        Assert.Equal(3, run.Events.OfType<BatchBisected>().Count());
    }

    [Fact]
    public async Task R27_splitting_uses_up_no_retry()
    {
        await using var scenario = Clicks(Throws, m => (m.BisectBatchOnFunctionError, m.MaximumRetryAttempts) = (true, 0));

        var run = await scenario.RunAsync(Numbers(4));

        Assert.Equal(["1 2 3 4", "1 2", "1", "2", "3 4", "3", "4"], run.Batches());
        Assert.All(run.Events.OfType<BatchDiscarded>(), discarded => Assert.Equal((1, 1), (discarded.Records.Count, discarded.Attempts)));
    }

    [Fact]
    public async Task R29b_the_cut_the_attempts_and_the_wait_are_options()
    {
        await using var larger = Clicks(
            Throws,
            m => (m.BisectBatchOnFunctionError, m.MaximumRetryAttempts) = (true, 0),
            new() { BisectLargerPartFirst = true, WaitBeforeSmallerBatch = true }
        );
        var run = await larger.RunAsync(Numbers(3));
        Assert.Equal(["1 2 3", "1 2", "1", "2", "3"], run.Batches());
        Assert.Equal([0, 1.1, 2.2, 2.3, 2.4], run.Starts());

        // The batch fails twice whole, as its first record is reported, before a function error splits it.
        var invoked = 0;
        await using var kept = Clicks(
            (KinesisEvent input) => ++invoked <= 2 ? Report(input, _ => true) : throw new InvalidOperationException(),
            m => (m.BisectBatchOnFunctionError, m.ReportBatchItemFailures, m.MaximumRetryAttempts) = (true, true, 3),
            new() { AttemptsAfterBisect = AttemptCount.IsKept, BisectWithoutProgress = false }
        );
        Assert.Equal(["1 2", "1 2", "1 2", "1", "1", "2", "2"], (await kept.RunAsync("1", "2")).Batches());
    }

    [Fact]
    public async Task R28_with_both_settings_a_report_cuts_the_batch_and_a_function_error_halves_it()
    {
        var invoked = 0;
        await using var scenario = Clicks(
            (KinesisEvent input) =>
                ++invoked switch
                {
                    1 => Report(input, text => text == "3"),
                    2 => throw new InvalidOperationException(),
                    _ => Report(input, _ => false),
                },
            m => (m.BisectBatchOnFunctionError, m.ReportBatchItemFailures) = (true, true)
        );

        var run = await scenario.RunAsync(Numbers(6));

        Assert.Equal(["1 2 3 4 5 6", "3 4 5 6", "3 4", "5 6"], run.Batches());
        Assert.Equal([0, 0.1, 0.2, 0.3], run.Starts().Select(start => Math.Round(start, 3)));
    }

    [Theory]
    [InlineData(true, "1 2 3 4|1 2|1|2|3 4")]
    [InlineData(false, "1 2 3 4|1 2 3 4|1 2 3 4")]
    public async Task R28_a_reported_first_record_halves_the_batch_or_has_all_of_it_tried_again(bool option, string batches)
    {
        var invoked = 0;
        await using var scenario = Clicks(
            (KinesisEvent input) => Report(input, text => text == "1" && ++invoked <= 2),
            m => (m.BisectBatchOnFunctionError, m.ReportBatchItemFailures) = (true, true),
            new() { BisectWithoutProgress = option }
        );

        Assert.Equal(batches, string.Join("|", (await scenario.RunAsync(Numbers(4))).Batches()));
    }

    [Fact]
    public async Task R29_later_batches_are_full_again()
    {
        var failed = false;
        await using var scenario = Clicks(
            (KinesisEvent _) =>
            {
                if (failed)
                    return;
                failed = true;
                throw new InvalidOperationException();
            },
            m => (m.BatchSize, m.BisectBatchOnFunctionError) = (4, true)
        );

        Assert.Equal(["1 2 3 4", "1 2", "3 4", "5 6 7 8"], (await scenario.RunAsync(Numbers(8))).Batches());
    }

    [Fact]
    public async Task R26_throttled_attempts_use_up_no_retry()
    {
        await using var scenario = Clicks(Throws, m => m.MaximumRetryAttempts = 1);
        scenario.Host.Faults.Throttle(first: 7);

        var run = await scenario.RunAsync("1");

        Assert.Equal(2, run.Invocations.Count);
        Assert.Equal([63 + 60, 63 + 60 + 1.1], run.Starts());
        Assert.Equal(2, run.Ledger("ship").Records[0].ReceiveCount);
        Assert.Equal(7, run.Events.OfType<InvocationThrottled>().Count());
        Assert.Equal(2, run.Events.OfType<BatchDiscarded>().Single().Attempts);
    }

    [Fact]
    public async Task R26_C13_a_function_that_is_always_throttled_holds_the_shard_until_the_records_are_too_old()
    {
        await using var scenario = Clicks(Nothing, m => (m.MaximumRetryAttempts, m.MaximumRecordAge) = (0, TimeSpan.FromHours(1)));
        scenario.Function.ReservedConcurrency = 0;

        var run = await scenario.RunAsync("1");

        Assert.Empty(run.Invocations);
        var discarded = run.Events.OfType<BatchDiscarded>().Single();
        Assert.Equal(("RecordAgeExceeded", 0), (discarded.Condition, discarded.Attempts));
        Assert.InRange(discarded.At, TimeSpan.FromHours(1), TimeSpan.FromHours(1) + Seconds(61));
    }

    [Fact]
    public async Task R30_B42_by_default_a_poison_record_blocks_its_shard_until_it_expires_and_other_shards_go_on()
    {
        await using var scenario = Clicks(
            (KinesisEvent input) =>
            {
                if (Texts(input).Contains("poison"))
                    throw new InvalidOperationException();
            },
            shards: 2
        );
        _ = scenario.Host;
        scenario.Source.PutMany(("a", "poison"), ("a", "behind"), ("b", "other"));
        await scenario.Host.RunForAsync(TimeSpan.FromHours(23.5));
        scenario.Source.Put("a", "late");
        scenario.Source.Put("b", "late");

        var run = await scenario.RunAsync();

        Assert.Equal("sent 5 = acknowledged 3 + expired 2", run.Ledger("ship").ToString());
        Assert.Equal([RecordFate.Expired, RecordFate.Expired], run.Ledger("ship").Records.Take(2).Select(record => record.Fate));
        Assert.Empty(run.Events.OfType<BatchDiscarded>());
        var expired = Assert.Single(run.Events.OfType<RecordsExpired>());
        Assert.Equal((TimeSpan.FromHours(24), 2), (expired.At, expired.Records.Count));
        Assert.InRange(
            run.Invocations.Single(invocation => invocation.Batchmates() == "4").Start,
            TimeSpan.FromHours(24),
            TimeSpan.FromHours(24) + Seconds(61)
        );
        Assert.True(run.Invocations.Count > 1400);
    }

    [Fact]
    public async Task R37_what_retention_takes_is_told_to_no_destination()
    {
        var failures = new SqsQueue("failures");
        await using var scenario = Clicks(Throws, m => m.OnFailure = failures);

        var run = await scenario.RunAsync("1");

        Assert.Empty(run.Queue("failures").Messages);
        Assert.Equal("sent 1 = expired 1", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task B42_a_longer_retention_makes_it_worse()
    {
        await using var scenario = Clicks(Throws);
        scenario.Source.RetentionPeriod = TimeSpan.FromDays(7);

        var run = await scenario.RunAsync("1");

        Assert.InRange(run.End, TimeSpan.FromDays(7), TimeSpan.FromDays(7) + Seconds(61));
    }

    [Fact]
    public async Task B42_a_record_that_expires_while_it_is_worked_on_successfully_is_acknowledged()
    {
        // The invocation begins a second before the end of retention, and ends after it.
        await using var scenario = Clicks(Nothing, options: new() { StreamPollInterval = TimeSpan.FromHours(24) - Seconds(1) });
        scenario.Function.Takes(perInvocation: Seconds(2.5));
        await scenario.Host.RunForAsync(TimeSpan.FromTicks(1));

        var run = await scenario.RunAsync("1");

        Assert.Equal(TimeSpan.FromHours(24) + Seconds(1.5), run.End);
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("ship").ToString());
    }

    [Fact]
    [Rule("R-34")]
    public async Task R33_the_age_is_looked_at_before_every_attempt_and_cuts_off_the_front_only()
    {
        await using var scenario = Clicks(
            Throws,
            m => (m.MaximumRecordAge, m.BatchSize) = (Seconds(60), 2),
            new()
            {
                StreamRetryDelay = Seconds(20),
                MaximumStreamRetryDelay = Seconds(20),
                StreamPollInterval = Seconds(30),
            }
        );
        await scenario.Host.RunForAsync(Seconds(1));
        scenario.Source.Put("k", "1");
        await scenario.Host.RunForAsync(Seconds(28));
        scenario.Source.Put("k", "2");

        var run = await scenario.RunAsync();

        // Arrived at 1 s and 29 s, tried at 30, 50.1, 70.2 and 90.3 s.
        Assert.Equal(["1 2", "1 2", "2"], run.Batches());
        Assert.Equal([Seconds(70.2), Seconds(90.3)], run.Events.OfType<BatchDiscarded>().Select(discarded => discarded.At));
        Assert.Equal([2, 3], run.Events.OfType<BatchDiscarded>().Select(discarded => discarded.Attempts));
    }

    [Fact]
    public async Task R18_timeouts_and_crashes_fail_the_batch()
    {
        await using var scenario = Clicks(Nothing, m => m.MaximumRetryAttempts = 5);
        scenario.Host.Faults.CrashBeforeHandler(on: i => i.Number == 1);
        scenario.Host.Faults.CrashAfterHandler(on: i => i.Number == 2);

        var run = await scenario.RunAsync("1");

        Assert.Equal(["Runtime.ExitError", "Runtime.ExitError", null], run.Invocations.Select(invocation => invocation.Error?.Type));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("ship").ToString());
    }

    [Fact]
    public async Task B7_B43a_a_batch_can_be_delivered_once_more_although_it_succeeded()
    {
        await using var scenario = Clicks(Nothing, m => m.BatchSize = 2);
        scenario.Host.Faults.Duplicate(probability: 1);

        var run = await scenario.RunAsync(Numbers(4));

        Assert.Equal(["1 2", "1 2", "3 4", "3 4"], run.Batches());
        Assert.Equal("sent 4 = acknowledged 4", run.Ledger("ship").ToString());
        Assert.Equal(2, run.Events.OfType<CheckpointLost>().Count());
    }
}

internal static class InvocationExtensions
{
    /// <summary>The numbers of the batch's records.</summary>
    public static string Batchmates(this InvocationRecord invocation) => string.Join(" ", invocation.Deliveries.Select(delivery => delivery.Record.Number));
}
