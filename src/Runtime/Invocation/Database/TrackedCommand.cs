using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace AtLeastOnce.Runtime.Invocation.Database;

/// <summary>A command whose executions are tracked calls; its readers are those of the database.</summary>
internal sealed class TrackedCommand(DbCommand real, TrackedConnection connection, TrackedCalls calls) : DbCommand
{
    private DbConnection? assigned = connection;
    private DbTransaction? transaction;

    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText
    {
        get => real.CommandText;
        set => real.CommandText = value;
    }

    /// <inheritdoc/>
    public override int CommandTimeout
    {
        get => real.CommandTimeout;
        set => real.CommandTimeout = value;
    }

    /// <inheritdoc/>
    public override CommandType CommandType
    {
        get => real.CommandType;
        set => real.CommandType = value;
    }

    /// <inheritdoc/>
    public override bool DesignTimeVisible
    {
        get => real.DesignTimeVisible;
        set => real.DesignTimeVisible = value;
    }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource
    {
        get => real.UpdatedRowSource;
        set => real.UpdatedRowSource = value;
    }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => assigned;
        set
        {
            assigned = value;
            real.Connection = value is TrackedConnection tracked ? tracked.Real : value;
        }
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => real.Parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction
    {
        get => transaction;
        set
        {
            transaction = value;
            real.Transaction = value is TrackedTransaction tracked ? tracked.Real : value;
        }
    }

    private string Name => SqlText.NameOf(CommandText, CommandType);

    /// <inheritdoc/>
    public override void Cancel() => real.Cancel();

    /// <inheritdoc/>
    public override int ExecuteNonQuery() => Run(() => Name, real.ExecuteNonQuery);

    /// <inheritdoc/>
    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) =>
        RunAsync(() => Name, () => real.ExecuteNonQueryAsync(cancellationToken));

    /// <inheritdoc/>
    public override object? ExecuteScalar() => Run(() => Name, real.ExecuteScalar);

    /// <inheritdoc/>
    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) =>
        RunAsync(() => Name, () => real.ExecuteScalarAsync(cancellationToken));

    /// <inheritdoc/>
    public override void Prepare() =>
        Run(
            () => $"{Name} (prepare)",
            () =>
            {
                real.Prepare();
                return true;
            }
        );

    /// <inheritdoc/>
    public override Task PrepareAsync(CancellationToken cancellationToken = default) =>
        calls.Begin(() => $"{Name} (prepare)") is { } call ? call.RunAsync(() => real.PrepareAsync(cancellationToken)) : real.PrepareAsync(cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await real.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => real.CreateParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(() => Name, () => real.ExecuteReader(behavior));

    /// <inheritdoc/>
    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        RunAsync(() => Name, () => real.ExecuteReaderAsync(behavior, cancellationToken));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            real.Dispose();
        base.Dispose(disposing);
    }

    private T Run<T>(Func<string> name, Func<T> execute) => calls.Begin(name) is { } call ? call.Run(execute) : execute();

    private Task<T> RunAsync<T>(Func<string> name, Func<Task<T>> execute) => calls.Begin(name) is { } call ? call.RunAsync(execute) : execute();
}
