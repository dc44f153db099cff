using System.Globalization;

namespace AtLeastOnce.Benchmarks;

/// <summary>What a host still holds after a million messages, the history left out.</summary>
internal static class RetainedMemory
{
    private const int Messages = 1_000_000;

    public static async Task MeasureAsync()
    {
        var function = new CountingFunction();
        await using (var warm = Scenario.Create(1_000, function.Handle))
            await warm.RunUntilIdleAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var host = Scenario.Create(Messages, function.Handle);
        var sent = GC.GetTotalMemory(forceFullCollection: true);
        var run = await host.RunUntilIdleAsync();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{run.InvocationCount:N0} invocations; {(sent - before) / (double)Messages:N0} bytes a message before the run, {(after - before) / (double)Messages:N0} after it"
            )
        );
        GC.KeepAlive(host);
    }
}
