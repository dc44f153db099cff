using System.Runtime.CompilerServices;
using AtLeastOnce.Deployment.Aws;

namespace AtLeastOnce.Runtime;

/// <summary>An event source mapping: which source feeds which function, and how. Settings can be changed until the first run.</summary>
public sealed partial class EventSourceMappingOptions
{
    private string name;
    private int batchSize;
    private TimeSpan batchingWindow = TimeSpan.FromSeconds(Defaults.BatchingWindow);
    private bool reportBatchItemFailures;
    private int? maximumConcurrency;
    private int? minimumPollers;
    private int? maximumPollers;
    private IReadOnlyList<string> filters = [];
    private bool enabled = true;

    internal EventSourceMappingOptions(string name, EventSource source, LambdaFunction function)
    {
        this.name = name;
        Source = source;
        Function = function;
        batchSize = source.DefaultBatchSize;
        RecordsBefore = source.RecordsEver;
    }

    /// <summary>The mapping's name in messages; of a template its logical id. Default: the function's name.</summary>
    public string Name
    {
        get => name;
        set => Set(ref name, string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("A mapping's name is not empty.", nameof(value)) : value);
    }

    /// <summary>What is read.</summary>
    public EventSource Source { get; }

    /// <summary>The function.</summary>
    public LambdaFunction Function { get; }

    /// <summary>The most records of a batch, 1 to 10,000; above 10 a queue's mapping needs a batching window (P-4, P-20). Default 10 for queues, 100 for streams.</summary>
    public int BatchSize
    {
        get => batchSize;
        set => Set(ref batchSize, value);
    }

    /// <summary>How long a poller waits for a batch to fill, whole seconds from 0 to 5 min (P-5). Default 0. It eats visibility time (B-16).</summary>
    public TimeSpan BatchingWindow
    {
        get => batchingWindow;
        set => Set(ref batchingWindow, value);
    }

    /// <summary>Whether the failures that a response reports are read; if not, every response without a function error acknowledges the whole batch (R-20a). Default false.</summary>
    public bool ReportBatchItemFailures
    {
        get => reportBatchItemFailures;
        set => Set(ref reportBatchItemFailures, value);
    }

    /// <summary>The most concurrent invocations, 2 to 1,000; null (the default) for no limit of the mapping's own. Pollers stop reading at it (S-10). For queues only (P-40).</summary>
    public int? MaximumConcurrency
    {
        get => maximumConcurrency;
        set => Set(ref maximumConcurrency, value);
    }

    /// <summary>
    /// Of queues: the least event pollers of provisioned mode, 2 to 200 (P-10); one poller makes up to 10 concurrent invocations (C-6). Null (the default) for on-demand mode, or
    /// for 2 if <see cref="MaximumPollers"/> is set. Not together with <see cref="MaximumConcurrency"/> (P-46).
    /// </summary>
    public int? MinimumPollers
    {
        get => minimumPollers;
        set => Set(ref minimumPollers, value);
    }

    /// <summary>
    /// Of queues: the most event pollers of provisioned mode, 2 to 2,000 as the guide says, up to 10,000 as the API takes (P-11). Null (the default) for on-demand mode, or for 200
    /// if <see cref="MinimumPollers"/> is set. Not together with <see cref="MaximumConcurrency"/> (P-46).
    /// </summary>
    public int? MaximumPollers
    {
        get => maximumPollers;
        set => Set(ref maximumPollers, value);
    }

    /// <summary>
    /// Filter patterns, up to 5; a message that matches none of them is deleted (F-2), a stream's record is passed over (F-3, F-4). Default none: every record passes.
    /// </summary>
    public IReadOnlyList<string> Filters
    {
        get => filters;
        set => Set(ref filters, value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>Whether the mapping polls (P-3). Default true.</summary>
    public bool Enabled
    {
        get => enabled;
        set => Set(ref enabled, value);
    }

    /// <summary>What the template leaves open.</summary>
    internal OpenSettings Open { get; } = new();

    /// <summary>AWS checked the settings as they are. It does so when a mapping is made or updated, but not when its queue is (P-24).</summary>
    internal bool IsChecked { get; set; }

    internal bool IsLocked { get; set; }

    private void Set<T>(ref T field, T value, [CallerMemberName] string setting = "")
    {
        if (IsLocked)
            throw new InvalidOperationException($"The mapping '{Name}' has been run: its settings can be changed until the first run.");
        field = value;
        IsChecked = false;
        Open.Close(setting);
    }
}
