using System.Globalization;

namespace AtLeastOnce.Benchmarks;

/// <summary>What a host still holds before and after a run, the history left out.</summary>
internal static class RetainedMemory
{
    public static async Task MeasureAsync()
    {
        foreach (var source in Enum.GetValues<Source>())
            await MeasureAsync(source, source == Source.SqsFifo ? 100_000 : 1_000_000);
    }

    private static async Task MeasureAsync(Source source, int records)
    {
        var function = new CountingFunction();
        await using (var warm = EventRun.Create(source, 1_000, function.For(source)))
            await warm.RunUntilIdleAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var host = EventRun.Create(source, records, function.For(source));
        var put = GC.GetTotalMemory(forceFullCollection: true);
        var run = await host.RunUntilIdleAsync();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{source}: {records:N0} records, {run.InvocationCount:N0} invocations; {(put - before) / (double)records:N0} bytes a record before the run, {(after - before) / (double)records:N0} after it"
            )
        );
        GC.KeepAlive(host);
    }
}
