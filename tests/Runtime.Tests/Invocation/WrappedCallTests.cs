using Amazon.Lambda.SQSEvents;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>Every kind of member that a wrapped interface can have.</summary>
public class WrappedCallTests
{
    public interface IEverything<TKey>
    {
        event EventHandler Changed;

        string Name { get; set; }

        string this[int index] { get; }

        ValueTask PutAsync(TKey key);

        ValueTask<string> GetAsync(TKey key);

        T Echo<T>(T value);

        Task<T> EchoAsync<T>(T value)
            where T : class;

        bool TryGet(TKey key, out string value);

        void Swap(ref int left, ref int right);

        IAsyncEnumerable<int> ListAsync(int count, CancellationToken cancellation = default);

        int Twice(int value) => value * 2;

        void Fail();
    }

    private sealed class Everything : IEverything<int>
    {
        public event EventHandler? Changed;

        public string Name { get; set; } = "name";

        public Exception? Failure { get; } = new InvalidOperationException("as it is");

        public string this[int index] => $"item {index}";

        public ValueTask PutAsync(int key)
        {
            Changed?.Invoke(this, EventArgs.Empty);
            return default;
        }

        public ValueTask<string> GetAsync(int key) => ValueTask.FromResult($"value {key}");

        public T Echo<T>(T value) => value;

        public async Task<T> EchoAsync<T>(T value)
            where T : class
        {
            await Task.Yield();
            return value;
        }

        public bool TryGet(int key, out string value)
        {
            value = $"value {key}";
            return key > 0;
        }

        public void Swap(ref int left, ref int right) => (left, right) = (right, left);

        public async IAsyncEnumerable<int> ListAsync(
            int count,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default
        )
        {
            for (var i = 0; i < count; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }

        public void Fail() => throw Failure!;
    }

    [Fact]
    public async Task Results_of_every_kind_come_through_and_only_calls_take_time()
    {
        LambdaTestHost? host = null;
        List<object> seen = [];
        await using var scenario = new Scenario(factory: () =>
            async (SQSEvent _) =>
            {
                var real = host!.Wrap<IEverything<int>>(new Everything(), latency: TimeSpan.FromMilliseconds(100));
                var changes = 0;
                real.Changed += (_, _) => changes++;
                await real.PutAsync(1);
                seen.Add(changes);
                seen.Add(await real.GetAsync(2));
                seen.Add(real.Echo(3.5));
                seen.Add(await real.EchoAsync("echo"));
                seen.Add(real.TryGet(4, out var value));
                seen.Add(value);
                var (left, right) = (1, 2);
                real.Swap(ref left, ref right);
                seen.Add((left, right));
                var sum = 0;
                await foreach (var item in real.ListAsync(5))
                    sum += item;
                seen.Add(sum);
                seen.Add(real.Twice(21));
                seen.Add(real.Name);
                seen.Add(real[7]);
                real.Name = "other";
                seen.Add(real.Name);
                seen.Add(Assert.Throws<InvalidOperationException>(real.Fail).Message);
            }
        );
        host = scenario.Host;

        var run = await scenario.RunAsync("m");

        Assert.Null(run.Invocations[0].Error);
        Assert.Equal([1, "value 2", 3.5, "echo", true, "value 4", (2, 1), 10, 42, "name", "item 7", "other", "as it is"], seen);
        Assert.Equal(
            ["PutAsync", "GetAsync", "Echo", "EchoAsync", "TryGet", "Swap", "ListAsync", "Twice", "Name", "Fail"],
            run.Events.OfType<WrappedCallMade>().Select(call => call.Call["IEverything.".Length..])
        );
        Assert.Equal(TimeSpan.FromMilliseconds(900), run.Invocations[0].End);
    }

    [Fact]
    public async Task Every_member_but_the_end_of_an_event_stops_code_of_an_invocation_that_is_over()
    {
        LambdaTestHost? host = null;
        List<Type?> thrown = [];
        await using var scenario = new Scenario(factory: () =>
            (SQSEvent input) =>
            {
                var real = host!.Wrap<IEverything<int>>(new Everything());
                var steps = real.ListAsync(3).GetAsyncEnumerator();
                if (Count(input.Records[0]) > 1)
                    return;
                Action[] calls =
                [
                    () => real.Echo(1),
                    () => _ = real.Name,
                    () => real.Name = "",
                    () => real.Changed += (_, _) => { },
                    () => _ = real.PutAsync(1),
                    () => _ = steps.MoveNextAsync(),
                ];
                foreach (var call in calls)
                    thrown.Add(Record.Exception(call)?.GetType());
            }
        );
        host = scenario.Host;
        host.Faults.CrashBeforeEffect(on: effect => effect.Call == "IEverything.Echo");

        await scenario.RunAsync("m");

        Assert.Equal(Enumerable.Repeat(typeof(InvocationEndedException), 6), thrown);
    }

    [Fact]
    public void Calls_of_the_test_itself_pass_through()
    {
        var host = new LambdaTestHost();
        host.Faults.CrashBeforeEffect(probability: 1);
        var real = host.Wrap<IEverything<int>>(new Everything(), latency: Seconds(5));

        Assert.Equal("e", real.Echo("e"));
        Assert.True(real.PutAsync(1).IsCompletedSuccessfully);
        Assert.Throws<ArgumentOutOfRangeException>(() => host.Wrap<IEverything<int>>(new Everything(), Seconds(-1)));
    }
}
