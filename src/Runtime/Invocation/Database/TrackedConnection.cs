using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Transactions;
using IsolationLevel = System.Data.IsolationLevel;

namespace AtLeastOnce.Runtime.Invocation.Database;

/// <summary>A database connection whose commands and transactions are tracked calls.</summary>
internal sealed class TrackedConnection : DbConnection
{
    private readonly TrackedCalls calls;

    /// <summary>Wraps a connection.</summary>
    public TrackedConnection(DbConnection real, TrackedCalls calls)
    {
        (Real, this.calls) = (real, calls);
        real.StateChange += (_, change) => OnStateChange(change);
    }

    /// <summary>The connection itself.</summary>
    public DbConnection Real { get; }

    /// <inheritdoc/>
    [AllowNull]
    public override string ConnectionString
    {
        get => Real.ConnectionString;
        set => Real.ConnectionString = value;
    }

    /// <inheritdoc/>
    public override int ConnectionTimeout => Real.ConnectionTimeout;

    /// <inheritdoc/>
    public override string Database => Real.Database;

    /// <inheritdoc/>
    public override string DataSource => Real.DataSource;

    /// <inheritdoc/>
    public override string ServerVersion => Real.ServerVersion;

    /// <inheritdoc/>
    public override ConnectionState State => Real.State;

    /// <inheritdoc/>
    protected override DbProviderFactory? DbProviderFactory => DbProviderFactories.GetFactory(Real);

    /// <inheritdoc/>
    public override void Open()
    {
        if (calls.BeginQuiet() is { } call)
            call.Run(Real.Open);
        else
            Real.Open();
    }

    /// <inheritdoc/>
    public override Task OpenAsync(CancellationToken cancellationToken) =>
        calls.BeginQuiet() is { } call ? call.RunAsync(() => Real.OpenAsync(cancellationToken)) : Real.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Close() => Real.Close();

    /// <inheritdoc/>
    public override Task CloseAsync() => Real.CloseAsync();

    /// <inheritdoc/>
    public override void ChangeDatabase(string databaseName) => Real.ChangeDatabase(databaseName);

    /// <inheritdoc/>
    public override Task ChangeDatabaseAsync(string databaseName, CancellationToken cancellationToken = default) =>
        Real.ChangeDatabaseAsync(databaseName, cancellationToken);

    /// <inheritdoc/>
    public override void EnlistTransaction(Transaction? transaction) => Real.EnlistTransaction(transaction);

    /// <inheritdoc/>
    public override DataTable GetSchema() => Real.GetSchema();

    /// <inheritdoc/>
    public override DataTable GetSchema(string collectionName) => Real.GetSchema(collectionName);

    /// <inheritdoc/>
    public override DataTable GetSchema(string collectionName, string?[] restrictionValues) => Real.GetSchema(collectionName, restrictionValues);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Real.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => new TrackedCommand(Real.CreateCommand(), this, calls);

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        new TrackedTransaction(
            calls.Begin(() => "SQL BEGIN") is { } call ? call.Run(() => Real.BeginTransaction(isolationLevel)) : Real.BeginTransaction(isolationLevel),
            this,
            calls
        );

    /// <inheritdoc/>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        Task<DbTransaction> Begin() => Real.BeginTransactionAsync(isolationLevel, cancellationToken).AsTask();
        var begun = calls.Begin(() => "SQL BEGIN") is { } call ? call.RunAsync(Begin) : Begin();
        return new TrackedTransaction(await begun.ConfigureAwait(false), this, calls);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Real.Dispose();
        base.Dispose(disposing);
    }
}
