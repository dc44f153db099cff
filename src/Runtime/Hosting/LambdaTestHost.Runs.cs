using AtLeastOnce.Runtime.Hosting;
using AtLeastOnce.Runtime.Sources;

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
    public Task<EsmRun> RunUntilIdleAsync() => RunAsync(time: null);

    /// <summary>Runs for a virtual time, even if nothing happens in it.</summary>
    /// <param name="time">How long; zero to ten years.</param>
    /// <returns>Everything that happened since the host was made.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or too long.</exception>
    /// <inheritdoc cref="RunUntilIdleAsync" path="/exception"/>
    public Task<EsmRun> RunForAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(3660));
        return RunAsync(time);
    }

    private async Task<EsmRun> RunAsync(TimeSpan? time)
    {
        var running = Start(time);
        try
        {
            await running.ConfigureAwait(false);
        }
        finally
        {
            lock (simulation.Scheduler.Gate)
            {
                simulation.History.Flush();
            }
        }

        lock (simulation.Scheduler.Gate)
        {
            return new(simulation, Where, Replay, [.. sources], mappings);
        }
    }

    // One step under the gate: of two threads that start a run at once, the second is refused before it has changed anything.
    private Task Start(TimeSpan? time)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        lock (simulation.Scheduler.Gate)
        {
            if (!simulation.Scheduler.IsRunning)
                Prepare();
            if (time is not null)
                ThrowIfLeftOut(inTimeOnly: true);
            return simulation.Scheduler.RunAsync(simulation.Scheduler.Now + time?.Ticks);
        }
    }

    private string Replay =>
        templateName is null
            ? FormattableString.Invariant($"new LambdaTestHost(new() {{ Seed = {Options.Seed} }})")
            : FormattableString.Invariant($"LambdaTestHost.FromTemplate(\"{templateName}\", new() {{ Seed = {Options.Seed} }})");

    /// <summary>Makes the pollers before the first run, so that a template's settings can be overridden until then.</summary>
    private void Prepare()
    {
        simulation.BeginRun();
        foreach (var function in functions)
            function.Runner!.DefaultSerializer = serializer;
        account.Reserved = functions.Sum(function => function.ReservedConcurrency ?? 0);
        if (hasRun)
            return;
        ThrowIfOpen();
        ThrowIfUnhandled();
        foreach (var mapping in mappings.Where(mapping => !mapping.IsChecked && (templateName is null || IsUsed(mapping))))
            MappingValidation.Check(mapping);
        hasRun = true;
        lock (simulation.Scheduler.Gate)
        {
            foreach (var mapping in mappings)
            {
                mapping.IsLocked = true;
                if (mapping is not { Enabled: true, Function.Factory: not null })
                    continue;
                mapping.Source.Connect(mapping, Faults);
            }
        }
    }

    /// <summary>Unknown is no value: what a template leaves open must be said.</summary>
    private void ThrowIfOpen()
    {
        string[] open =
        [
            .. mappings.Where(IsUsed).SelectMany(mapping => Describe(mapping.Open, $"host.Mapping(\"{mapping.Name}\")")),
            .. mappings
                .Where(IsUsed)
                .Select(mapping => mapping.Function)
                .Distinct()
                .SelectMany(function => Describe(function.Open, $"host.Function(\"{function.Label}\")")),
            .. sources.SelectMany(source => Describe(source.Open, $"host.{source.Kind}(\"{source.Label}\")")),
        ];
        if (open.Length > 0)
            throw new InvalidOperationException($"{Where} does not tell these settings. Set them before the run:\n{string.Join("\n", open)}");
    }

    private static IEnumerable<string> Describe(OpenSettings open, string of) => open.All.Select(setting => $"  {of}.{setting.Setting}: {setting.Why}");

    private static bool IsUsed(EventSourceMappingOptions mapping) => mapping is { Enabled: true, Function.Factory: not null };

    private void ThrowIfUnhandled()
    {
        // A template may hold more functions than a test is about; but messages must not wait for nobody.
        var unhandled = mappings.Find(mapping =>
            mapping is { Enabled: true, Function.Factory: null }
            && (templateName is null || !functions.Exists(function => function.Factory is not null) || mapping.Source.HasRecords)
        );
        ThrowIfLeftOut(inTimeOnly: false);
        if (unhandled is null)
            return;
        var function = unhandled.Function.Label;
        throw new InvalidOperationException(
            $"The function '{function}', which the {unhandled.Source.Kind.ToLowerInvariant()} '{unhandled.Source.Label}' feeds, has no handler. Call host.Handle(\"{function}\", () => new Function().HandleAsync) before the run."
        );
    }

    // A schedule that cannot be simulated is missed only where schedules fire.
    private void ThrowIfLeftOut(bool inTimeOnly)
    {
        var missed = leftOut.FirstOrDefault(left =>
            left.InTimeOnly == inTimeOnly && functions.Exists(function => function.Label == left.Function && function.Factory is not null)
        );
        if (missed is null)
            return;
        throw new NotSupportedException(
            missed.InTimeOnly
                ? $"The schedule '{missed.Name}' of {Where} invokes '{missed.Function}', but cannot be simulated: {missed.Why}. Use RunUntilIdleAsync, in which no schedule fires, or build that part in code: host.Schedule(\"rate(5 minutes)\", function)."
                : $"The mapping '{missed.Name}' of {Where} feeds '{missed.Function}', but cannot be simulated yet: {missed.Why}. Build that part in code: new LambdaTestHost().Map(queue, function)."
        );
    }
}
