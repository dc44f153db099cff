using System.Globalization;
using AtLeastOnce.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: a generated project outside the repository would not find the package pins.
var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator());

if (args is ["memory"])
    await RetainedMemory.MeasureAsync();
else if (args is ["build"] or ["build", _])
    BuildCost.Measure(args is [_, var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 8);
else
    BenchmarkSwitcher.FromAssembly(typeof(RuntimeThroughput).Assembly).Run(args, config);
