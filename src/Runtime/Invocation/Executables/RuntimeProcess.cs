using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace AtLeastOnce.Runtime.Invocation.Executables;

/// <summary>
/// A process with its Runtime API. It knows nothing of the host but, weakly, the invocation whose log it writes to, so that a host that is given up can be collected. Thread-safe.
/// </summary>
internal sealed class RuntimeProcess : IDisposable
{
    private const int KeptErrorLines = 40;

    // Whoever inherited the output may hold it open; nobody waits for that.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);

    // A process must not outlive the tests, even if a host is not disposed.
    private static readonly ConcurrentDictionary<RuntimeProcess, bool> Running = new();

    private readonly Process process;
    private readonly Queue<string> errorLines = new();
    private WeakReference<RunningInvocation>? log;
    private int isStopped;

    static RuntimeProcess() =>
        AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
        {
            foreach (var running in Running.Keys)
                running.Dispose();
        };

    private RuntimeProcess(Process process, RuntimeApi api)
    {
        this.process = process;
        Api = api;
        Running.TryAdd(this, true);
        Exited = Task.Run(WatchAsync);
    }

    /// <summary>The API that the process asks.</summary>
    public RuntimeApi Api { get; }

    /// <summary>Ends when the process is gone and all that it wrote and sent has been read.</summary>
    public Task Exited { get; }

    /// <summary>Whether the process is gone.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>The exit code of a process that is gone; killed ones have 137.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The last lines of the standard error output.</summary>
    public string ErrorOutput
    {
        get
        {
            lock (errorLines)
            {
                return string.Join('\n', errorLines);
            }
        }
    }

    /// <summary>Starts a process.</summary>
    /// <exception cref="Win32Exception">The system cannot.</exception>
    public static RuntimeProcess Start(ProcessStartInfo info)
    {
        // What runs as long as the process must not keep the context of the invocation that started it.
        using var _ = ExecutionContext.SuppressFlow();
        var api = new RuntimeApi();
        info.Environment["AWS_LAMBDA_RUNTIME_API"] = api.Address;
        try
        {
            return new(Process.Start(info)!, api);
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>From now on, what the process writes goes to the log of this invocation.</summary>
    public void WriteTo(RunningInvocation invocation) => Volatile.Write(ref log, new(invocation));

    /// <summary>Kills the process with all its descendants.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isStopped, 1) != 0)
            return;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It is gone already, or about to go.
        }

        Api.Dispose();
    }

    private async Task WatchAsync()
    {
        process.StandardInput.Close();
        var output = ReadAsync(process.StandardOutput, "Information", isError: false);
        var errors = ReadAsync(process.StandardError, "Error", isError: true);
        await process.WaitForExitAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(output, errors, Api.DrainedAsync()), Task.Delay(DrainLimit, limit.Token)).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
        Api.Dispose();
        Running.TryRemove(this, out _);
    }

    private async Task ReadAsync(StreamReader reader, string level, bool isError)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
                Wrote(level, line, isError);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException) { }
    }

    private void Wrote(string level, string line, bool isError)
    {
        if (isError)
        {
            lock (errorLines)
            {
                errorLines.Enqueue(line);
                if (errorLines.Count > KeptErrorLines)
                    errorLines.Dequeue();
            }
        }

        if (Volatile.Read(ref log)?.TryGetTarget(out var invocation) == true)
            invocation.Log(level, line);
    }
}
