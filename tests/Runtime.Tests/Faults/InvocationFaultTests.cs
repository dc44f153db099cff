using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Faults;

/// <summary>Faults that befall an invocation as a whole: each by count, by condition and by probability.</summary>
public class InvocationFaultTests
{
    public static TheoryData<FaultKind> Kinds => [FaultKind.CrashBeforeHandler, FaultKind.CrashAfterHandler, FaultKind.TimeOut, FaultKind.LostResponse];

    private static (Action<int> First, Action<double> Probability, Action<Func<InvocationInfo, bool>> On) Of(Runtime.Faults faults, FaultKind kind) =>
        kind switch
        {
            FaultKind.CrashBeforeHandler => (faults.CrashBeforeHandler, faults.CrashBeforeHandler, faults.CrashBeforeHandler),
            FaultKind.CrashAfterHandler => (faults.CrashAfterHandler, faults.CrashAfterHandler, faults.CrashAfterHandler),
            FaultKind.TimeOut => (faults.TimeOut, faults.TimeOut, faults.TimeOut),
            _ => (faults.LoseResponse, faults.LoseResponse, faults.LoseResponse),
        };

    private static async Task<(EsmRun Run, int Worked)> RunAsync(Action<Runtime.Faults> set, int messages = 3)
    {
        var worked = 0;
        await using var scenario = new Scenario((SQSEvent input) => worked += input.Records.Count, m => m.BatchSize = 1).WithMaxReceiveCount(5);
        set(scenario.Host.Faults);
        var run = await scenario.RunAsync([.. Enumerable.Range(1, messages).Select(number => $"{number}")]);
        return (run, worked);
    }

    private static IEnumerable<int> Failed(EsmRun run) =>
        run.Invocations.Where(invocation => invocation.Error is not null).Select(invocation => invocation.Number);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_first_so_many_are_struck(FaultKind kind)
    {
        var (run, worked) = await RunAsync(faults => Of(faults, kind).First(2));

        Assert.Equal([1, 2], Failed(run));
        Assert.Equal([kind, kind], run.Events.OfType<FaultStruck>().Select(struck => struck.Kind));
        Assert.Equal(kind == FaultKind.CrashBeforeHandler ? 3 : 5, worked);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("orders").ToString());
        Assert.Equal(
            kind switch
            {
                FaultKind.TimeOut => "Sandbox.Timedout",
                FaultKind.LostResponse => "ServiceException",
                _ => "Runtime.ExitError",
            },
            run.Invocations[0].Error!.Type
        );
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Those_that_meet_the_condition_are_struck(FaultKind kind)
    {
        var (run, _) = await RunAsync(faults => Of(faults, kind).On(invocation => invocation.Number == 3));

        Assert.Equal([3], Failed(run));
        Assert.StartsWith("orders #3", Assert.Single(run.Events.OfType<FaultStruck>()).Who, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task They_are_struck_at_random_by_the_seed(FaultKind kind)
    {
        var first = (await RunAsync(faults => Of(faults, kind).Probability(0.5), messages: 20)).Run;
        var second = (await RunAsync(faults => Of(faults, kind).Probability(0.5), messages: 20)).Run;

        Assert.Equal(first.Dump(), second.Dump());
        Assert.NotEmpty(Failed(first));
        Assert.True(Failed(first).Count() < first.Invocations.Count);
        Assert.Equal(Failed(first).Count(), first.Events.OfType<FaultStruck>().Count());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_are_checked(FaultKind kind)
    {
        var (first, probability, on) = Of(new LambdaTestHost().Faults, kind);

        Assert.Throws<ArgumentOutOfRangeException>(() => first(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => probability(1.5));
        Assert.Throws<ArgumentNullException>(() => on(null!));
    }

    [Fact]
    public async Task A_lost_response_leaves_the_environment_warm_and_a_crash_does_not()
    {
        static async Task<IEnumerable<int>> EnvironmentsAsync(Action<Runtime.Faults> set)
        {
            await using var scenario = new Scenario((SQSEvent _) => { });
            set(scenario.Host.Faults);
            return (await scenario.RunAsync("m")).Invocations.Select(invocation => invocation.ExecutionEnvironment);
        }

        Assert.Equal([1, 1], await EnvironmentsAsync(faults => faults.LoseResponse(first: 1)));
        Assert.Equal([1, 2], await EnvironmentsAsync(faults => faults.CrashAfterHandler(first: 1)));
        Assert.Equal([1, 2], await EnvironmentsAsync(faults => faults.TimeOut(first: 1)));
    }

    [Fact]
    public async Task A_fault_is_told_in_the_timeline()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        scenario.Host.Faults.LoseResponse(first: 1);

        var run = await scenario.RunAsync("m");

        Assert.Equal(
            $"""
              00:00:00.000  queue orders     1 message sent
              00:00:00.000  orders #1        ▶ batch of 1 [1]  visibility until 00:00:30
              00:00:00.100  orders #1        ⚡ fault: the response was sent, but did not arrive
              00:00:00.100  orders #1        ✖ failed: ServiceException: RequestId: {run
                .Invocations[0]
                .AwsRequestId} Error: the connection was lost before the response arrived
              00:00:30.000  orders #2        ▶ batch of 1 [1]  receive 2  visibility until 00:01:00
              00:00:30.100  orders #2        ■ returned
              00:00:30.100  queue orders     ✖ deleted 1

            """,
            run.Timeline
        );
    }

    [Fact]
    public async Task A_function_that_times_out_has_done_its_work()
    {
        var (run, worked) = await RunAsync(faults =>
            faults.TimeOut(on: invocation => invocation.Deliveries[0].Record.Number == 2 && invocation.At == TimeSpan.Zero)
        );

        Assert.Equal(4, worked);
        Assert.Equal(Seconds(3), run.Invocations[1].End);
        Assert.Equal("sent 3 = acknowledged 3", run.Ledger("orders").ToString());
    }

    [Fact]
    public async Task S7_a_burst_of_throttles_has_a_beginning_and_an_end()
    {
        await using var scenario = new Scenario((SQSEvent _) => { });
        _ = scenario.Host;
        scenario.Host.Faults.Throttle(from: Seconds(10), to: Seconds(13));
        scenario.Queue.Send("before");
        scenario.Queue.Send("within", delay: Seconds(10));

        var run = await scenario.Host.RunUntilIdleAsync();

        Assert.Equal([Seconds(10), Seconds(11)], run.Events.OfType<InvocationThrottled>().Select(throttled => throttled.At));
        Assert.Equal([Seconds(0), Seconds(13)], run.Invocations.Select(invocation => invocation.Start));
        Assert.Throws<ArgumentOutOfRangeException>(() => scenario.Host.Faults.Throttle(Seconds(1), Seconds(1)));
    }
}
