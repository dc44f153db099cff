using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Faults;

/// <summary>Crashes at wrapped calls, before and after they take effect.</summary>
public class EffectFaultTests
{
    public interface IStore
    {
        void Take(string item);

        Task TakeAsync(string item);

        ValueTask<int> ShipAsync(string item);
    }

    private sealed class Store : IStore
    {
        public List<string> Effects { get; } = [];

        public void Take(string item) => Effects.Add($"take {item}");

        public Task TakeAsync(string item)
        {
            Take(item);
            return Task.CompletedTask;
        }

        public async ValueTask<int> ShipAsync(string item)
        {
            await Task.Yield();
            Effects.Add($"ship {item}");
            return Effects.Count;
        }
    }

    private static async Task<(EsmRun Run, List<string> Effects)> RunAsync(Func<IStore, Delegate> handler, Action<Runtime.Faults> set)
    {
        var store = new Store();
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(factory: () => handler(host!.Wrap<IStore>(store)));
        host = scenario.Host;
        set(host.Faults);
        return (await scenario.RunAsync("A"), store.Effects);
    }

    private static Delegate Synchronous(IStore store) =>
        (SQSEvent input) =>
        {
            try
            {
                store.Take(input.Records[0].Body);
                store.Take("B");
            }
            finally
            {
                // In production nothing runs here once the process is gone; a fault point says so.
                if (Count(input.Records[0]) == 1)
                    Assert.Throws<InvocationEndedException>(() => store.Take("C"));
            }
        };

    private static Delegate Asynchronous(IStore store) =>
        async (SQSEvent input) =>
        {
            await store.TakeAsync(input.Records[0].Body);
            await store.ShipAsync("B");
        };

    [Fact]
    public async Task A_crash_before_a_synchronous_effect()
    {
        var (run, effects) = await RunAsync(Synchronous, faults => faults.CrashBeforeEffect(on: effect => effect is { Number: 2, Invocation.Number: 1 }));

        Assert.Equal(["take A", "take A", "take B"], effects);
        Assert.Equal("Runtime.ExitError", run.Invocations[0].Error!.Type);
        Assert.Equal([1, 2], run.Invocations.Select(invocation => invocation.ExecutionEnvironment));
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("orders").ToString());
        Assert.Contains("orders #1        ⚡ fault: the environment crashed before effect 2 (IStore.Take)\n", run.Timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_after_a_synchronous_effect()
    {
        var (run, effects) = await RunAsync(Synchronous, faults => faults.CrashAfterEffect(first: 1));

        Assert.Equal(["take A", "take A", "take B"], effects);
        Assert.Equal((FaultKind.CrashAfterEffect, TimeSpan.Zero), Facts(run));
        Assert.Equal(TimeSpan.Zero, run.Invocations[0].End);

        static (FaultKind, TimeSpan) Facts(EsmRun run) => (run.Events.OfType<FaultStruck>().Single().Kind, run.Events.OfType<FaultStruck>().Single().At);
    }

    [Theory]
    [InlineData(1, false, "take A;ship B")]
    [InlineData(1, true, "take A;take A;ship B")]
    [InlineData(2, false, "take A;take A;ship B")]
    [InlineData(2, true, "take A;ship B;take A;ship B")]
    public async Task A_crash_at_an_asynchronous_effect_never_comes_back_to_the_handler(int number, bool after, string expected)
    {
        bool Struck(EffectInfo effect) => effect.Number == number && effect.Invocation.Number == 1;
        var (run, effects) = await RunAsync(
            Asynchronous,
            faults =>
            {
                if (after)
                    faults.CrashAfterEffect(on: Struck);
                else
                    faults.CrashBeforeEffect(on: Struck);
            }
        );

        Assert.Equal(expected.Split(';'), effects);
        Assert.Equal(["Runtime.ExitError", null], run.Invocations.Select(invocation => invocation.Error?.Type));
        Assert.Equal([0, 30], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
    }

    [Fact]
    public async Task Effects_are_chosen_by_what_is_called()
    {
        var (run, effects) = await RunAsync(
            Asynchronous,
            faults =>
                faults.CrashAfterEffect(on: effect => effect is { Call: "IStore.ShipAsync", Invocation: { Number: 1, Function: "orders", Mapping: "orders" } })
        );

        Assert.Equal(["take A", "ship B", "take A", "ship B"], effects);
        Assert.Equal(2, run.Invocations.Count);
    }

    [Fact]
    public async Task Effects_are_struck_at_random_by_the_seed()
    {
        var (first, effects) = await RunAsync(Synchronous2, faults => faults.CrashBeforeEffect(probability: 0.6));
        var (second, again) = await RunAsync(Synchronous2, faults => faults.CrashBeforeEffect(probability: 0.6));

        Assert.Equal(first.Dump(), second.Dump());
        Assert.Equal(effects, again);
        Assert.NotEmpty(first.Events.OfType<FaultStruck>());
        Assert.Throws<ArgumentOutOfRangeException>(() => new LambdaTestHost().Faults.CrashAfterEffect(probability: 2));

        static Delegate Synchronous2(IStore store) =>
            (SQSEvent _) =>
            {
                store.Take("A");
                store.Take("B");
            };
    }

    [Fact]
    public async Task Only_the_ledger_is_kept_and_faults_strike_all_the_same()
    {
        var store = new Store();
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(factory: () => Asynchronous(host!.Wrap<IStore>(store)), options: new() { History = HistoryDetail.LedgerOnly });
        host = scenario.Host;
        host.Faults.CrashAfterEffect(first: 1);

        var run = await scenario.RunAsync("A");

        Assert.Equal(["take A", "take A", "ship B"], store.Effects);
        Assert.Equal(2, run.InvocationCount);
        Assert.Empty(run.Events);
    }
}
