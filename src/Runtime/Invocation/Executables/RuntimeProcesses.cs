namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>The processes of a function: they end with its host, and if that is never disposed, when it is collected.</summary>
internal sealed class RuntimeProcesses : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly object gate = new();
    private readonly List<RuntimeProcess> running = [];
    private bool isStopped;

    /// <summary>Nobody holds the host any more.</summary>
    ~RuntimeProcesses() => StopAll();

    /// <summary>Takes a process; one that comes too late is stopped.</summary>
    public void Add(RuntimeProcess process)
    {
        lock (gate)
        {
            running.RemoveAll(static process => process.Exited.IsCompleted);
            running.Add(process);
            if (!isStopped)
                return;
        }

        process.Dispose();
    }

    /// <summary>Kills all, and waits until they are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        using var limit = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(StopAll().Select(process => process.Exited)), Task.Delay(StopLimit, limit.Token)).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
    }

    private RuntimeProcess[] StopAll()
    {
        RuntimeProcess[] all;
        lock (gate)
        {
            isStopped = true;
            all = [.. running];
        }

        foreach (var process in all)
            process.Dispose();
        return all;
    }
}
