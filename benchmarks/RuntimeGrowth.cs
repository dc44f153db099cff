using AtLeastOnce.Runtime;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace AtLeastOnce.Benchmarks;

/// <summary>How a run's time grows: with the records in proportion, with the virtual time not at all.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 3, iterationCount: 7, invocationCount: 1)]
public class RuntimeGrowth
{
    private const int Unit = 100_000;

    private readonly CountingFunction function = new();
    private LambdaTestHost? host;
    private TimeSpan time;

    /// <summary>The source.</summary>
    [ParamsAllValues]
    public Source Source { get; set; }

    /// <summary>100,000 records at once.</summary>
    [IterationSetup(Target = nameof(Unit1))]
    public void PutUnit() => Put(Unit);

    /// <summary>400,000 records at once.</summary>
    [IterationSetup(Target = nameof(Unit4))]
    public void PutFour() => Put(4 * Unit);

    /// <summary>100,000 records in bursts, within ten seconds.</summary>
    [IterationSetup(Target = nameof(WithinSeconds))]
    public void PutWithinSeconds() => Put(Unit, TimeSpan.FromMilliseconds(10));

    /// <summary>100,000 records in the same bursts, within six weeks.</summary>
    [IterationSetup(Target = nameof(WithinWeeks))]
    public void PutWithinWeeks() => Put(Unit, TimeSpan.FromHours(1));

    /// <summary>Lets the host go.</summary>
    [IterationCleanup]
    public void Release() => host = null;

    /// <summary>The unit.</summary>
    [Benchmark(Baseline = true)]
    public Task<long> Unit1() => RunAsync();

    /// <summary>Four times the unit.</summary>
    [Benchmark]
    public Task<long> Unit4() => RunAsync();

    /// <summary>The unit in bursts.</summary>
    [Benchmark]
    public Task<long> WithinSeconds() => RunAsync();

    /// <summary>The same bursts, over a much longer virtual time.</summary>
    [Benchmark]
    public Task<long> WithinWeeks() => RunAsync();

    private void Put(int records, TimeSpan apart = default)
    {
        host = EventRun.Create(Source, records, function.For(Source), apart);
        time = (apart * records / EventRun.Burst) + TimeSpan.FromMinutes(10);
    }

    private async Task<long> RunAsync()
    {
        var run = await host!.RunForAsync(time);
        return run.Ledger("orders")[RecordFate.Acknowledged] >= Unit
            ? run.InvocationCount
            : throw new InvalidOperationException(run.Ledger("orders").ToString());
    }
}
