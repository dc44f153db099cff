using AtLeastOnce.Runtime.Hosting;
using AtLeastOnce.Runtime.Sources.Sqs;

namespace AtLeastOnce.Runtime;

public sealed partial class LambdaTestHost
{
    /// <summary>
    /// Runs until nothing more would happen, however long one waited: every message of a mapped queue is deleted, dead-lettered or expired, and no invocation is under
    /// way. Messages in queues that no mapping reads do not keep it going.
    /// </summary>
    /// <returns>Everything that happened since the host was made.</returns>
    /// <exception cref="InvalidOperationException">A run is under way, or a mapped function has no handler.</exception>
    /// <exception cref="AwsRefusalException">AWS refuses a mapping.</exception>
    /// <exception cref="InvocationLimitException">The run seems to be endless.</exception>
    /// <exception cref="RealTimeLimitException">A handler waits for something outside of virtual time.</exception>
    /// <exception cref="InvalidHandlerException">Lambda could not use a handler.</exception>
    public Task<EsmRun> RunUntilIdleAsync() => RunAsync(until: null);

    /// <summary>Runs for a virtual time, even if nothing happens in it.</summary>
    /// <param name="time">How long; zero or more.</param>
    /// <returns>Everything that happened since the host was made.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    /// <inheritdoc cref="RunUntilIdleAsync" path="/exception"/>
    public Task<EsmRun> RunForAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return RunAsync(simulation.Scheduler.Now + time.Ticks);
    }

    private async Task<EsmRun> RunAsync(long? until)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!simulation.Scheduler.IsRunning) Prepare();
        await simulation.Scheduler.RunAsync(until).ConfigureAwait(false);
        lock (simulation.Scheduler.Gate)
        {
            return new(simulation, Where, Replay, [.. queues.Select(queue => (NameOf(queue), queue.Store))], mappings);
        }
    }

    private string Replay => templateName is null
        ? FormattableString.Invariant($"new LambdaTestHost(new() {{ Seed = {Options.Seed} }})")
        : FormattableString.Invariant($"LambdaTestHost.FromTemplate(\"{templateName}\", new() {{ Seed = {Options.Seed} }})");

    /// <summary>Makes the pollers before the first run, so that a template's settings can be overridden until then.</summary>
    private void Prepare()
    {
        simulation.BeginRun();
        if (hasRun) return;
        foreach (var mapping in mappings)
        {
            MappingValidation.Check(mapping);
            if (mapping is { Enabled: true, Function.Factory: null })
            {
                throw new InvalidOperationException(
                    $"The function '{NameOf(mapping.Function)}' has no handler. Call host.Handle(\"{NameOf(mapping.Function)}\", () => new Function().HandleAsync) before the run.");
            }
        }

        hasRun = true;
        account.Reserved = functions.Sum(function => function.ReservedConcurrency ?? 0);
        lock (simulation.Scheduler.Gate)
        {
            foreach (var mapping in mappings)
            {
                mapping.IsLocked = true;
                mapping.Function.Runner!.DefaultSerializer = serializer;
                if (!mapping.Enabled) continue;
                var store = mapping.Queue.Store;
                store.Dispatcher.Add(new(store, mapping.Function.Runner, Settings(mapping), Faults));
            }
        }
    }

    private static PollerSettings Settings(EventSourceMappingOptions mapping) => new(
        mapping.Name,
        mapping.BatchSize,
        mapping.BatchingWindow,
        mapping.ReportBatchItemFailures,
        mapping.MaximumConcurrency,
        MappingValidation.Filters(mapping));
}
