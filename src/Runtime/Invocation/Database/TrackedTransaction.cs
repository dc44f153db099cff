using System.Data;
using System.Data.Common;

namespace AtLeastOnce.Runtime.Invocation.Database;

/// <summary>A transaction whose end is a tracked call. If the process that began it is lost, the server rolls it back.</summary>
internal sealed class TrackedTransaction : DbTransaction
{
    private readonly TrackedConnection connection;
    private readonly TrackedCalls calls;
    private readonly ExecutionEnvironment? owner;

    /// <summary>A transaction that has begun.</summary>
    public TrackedTransaction(DbTransaction real, TrackedConnection connection, TrackedCalls calls)
    {
        (Real, this.connection, this.calls) = (real, connection, calls);
        owner = Scheduling.WorkScope.Current as ExecutionEnvironment;
        owner?.Hold(real);
    }

    /// <summary>The transaction itself.</summary>
    public DbTransaction Real { get; }

    /// <inheritdoc/>
    public override IsolationLevel IsolationLevel => Real.IsolationLevel;

    /// <inheritdoc/>
    public override bool SupportsSavepoints => Real.SupportsSavepoints;

    /// <inheritdoc/>
    protected override DbConnection DbConnection => connection;

    /// <inheritdoc/>
    public override void Commit()
    {
        Run("SQL COMMIT", Real.Commit);
        owner?.LetGo(Real);
    }

    /// <inheritdoc/>
    public override async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await RunAsync("SQL COMMIT", () => Real.CommitAsync(cancellationToken)).ConfigureAwait(false);
        owner?.LetGo(Real);
    }

    /// <inheritdoc/>
    public override void Rollback()
    {
        Run("SQL ROLLBACK", Real.Rollback);
        owner?.LetGo(Real);
    }

    /// <inheritdoc/>
    public override async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        await RunAsync("SQL ROLLBACK", () => Real.RollbackAsync(cancellationToken)).ConfigureAwait(false);
        owner?.LetGo(Real);
    }

    /// <inheritdoc/>
    public override void Save(string savepointName) => Run("SQL SAVEPOINT", () => Real.Save(savepointName));

    /// <inheritdoc/>
    public override Task SaveAsync(string savepointName, CancellationToken cancellationToken = default) =>
        RunAsync("SQL SAVEPOINT", () => Real.SaveAsync(savepointName, cancellationToken));

    /// <inheritdoc/>
    public override void Release(string savepointName) => Run("SQL RELEASE SAVEPOINT", () => Real.Release(savepointName));

    /// <inheritdoc/>
    public override Task ReleaseAsync(string savepointName, CancellationToken cancellationToken = default) =>
        RunAsync("SQL RELEASE SAVEPOINT", () => Real.ReleaseAsync(savepointName, cancellationToken));

    /// <inheritdoc/>
    public override void Rollback(string savepointName) => Run("SQL ROLLBACK TO SAVEPOINT", () => Real.Rollback(savepointName));

    /// <inheritdoc/>
    public override Task RollbackAsync(string savepointName, CancellationToken cancellationToken = default) =>
        RunAsync("SQL ROLLBACK TO SAVEPOINT", () => Real.RollbackAsync(savepointName, cancellationToken));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Real.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        owner?.LetGo(Real);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Real.Dispose();
            owner?.LetGo(Real);
        }

        base.Dispose(disposing);
    }

    private void Run(string name, Action action)
    {
        if (calls.Begin(() => name) is { } call)
            call.Run(action);
        else
            action();
    }

    private Task RunAsync(string name, Func<Task> action) => calls.Begin(() => name) is { } call ? call.RunAsync(action) : action();
}
