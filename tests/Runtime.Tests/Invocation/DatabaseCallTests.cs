using System.Data;
using System.Data.Common;
using Amazon.Lambda.SQSEvents;
using AtLeastOnce.Runtime.Invocation.Database;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static AtLeastOnce.Runtime.Tests.Scenario;

namespace AtLeastOnce.Runtime.Tests.Invocation;

/// <summary>Commands and transactions of a database as tracked calls, with SQLite by hand, by Dapper and by Entity Framework Core.</summary>
public sealed class DatabaseCallTests : IDisposable
{
    private readonly SqliteConnection database = new("Data Source=:memory:");

    public DatabaseCallTests()
    {
        database.Open();
        database.Execute("CREATE TABLE orders (id TEXT, quantity INTEGER)");
    }

    public void Dispose() => database.Dispose();

    private sealed class Order
    {
        public string Id { get; set; } = "";

        public long Quantity { get; set; }
    }

    private sealed class Orders(DbConnection connection) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite(connection);

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Order>().ToTable("orders").HasKey(order => order.Id);
    }

    private async Task<EsmRun> RunAsync(Func<DbConnection, Delegate> handler, Action<Runtime.Faults>? set = null, TimeSpan? latency = null)
    {
        LambdaTestHost? host = null;
        await using var scenario = new Scenario(factory: () => handler(host!.WrapConnection(database, latency)));
        scenario.Function.Timeout = Seconds(20);
        host = scenario.Host;
        set?.Invoke(host.Faults);
        return await scenario.RunAsync("m");
    }

    private static IEnumerable<string> Calls(EsmRun run) => run.Events.OfType<WrappedCallMade>().Select(call => call.Call);

    private long Count() => database.ExecuteScalar<long>("SELECT COUNT(*) FROM orders");

    private static Delegate WithDapper(DbConnection connection) =>
        async (SQSEvent input) =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("INSERT INTO orders VALUES (@id, 1)", new { id = input.Records[0].Body }, transaction);
            await connection.ExecuteAsync("UPDATE orders SET quantity = quantity + 1", transaction: transaction);
            await transaction.CommitAsync();
            return await connection.QuerySingleAsync<long>("SELECT SUM(quantity) FROM orders");
        };

    [Fact]
    public async Task Dapper_takes_the_wrapped_connection()
    {
        var run = await RunAsync(WithDapper, latency: Seconds(1));

        Assert.Null(run.Invocations[0].Error);
        Assert.Equal(["SQL BEGIN", "SQL INSERT INTO orders", "SQL UPDATE orders", "SQL COMMIT", "SQL SELECT FROM orders"], Calls(run));
        Assert.Equal(("2", Seconds(5), false), (run.Invocations[0].ResponseJson, run.Invocations[0].End, run.UsedRealTime));
        Assert.Contains("00:00:01.000  orders #1        · SQL INSERT INTO orders\n", run.Timeline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SQL UPDATE orders", false, 1)]
    [InlineData("SQL COMMIT", false, 1)]
    [InlineData("SQL COMMIT", true, 2)]
    public async Task What_a_lost_process_has_not_committed_is_rolled_back(string call, bool after, int rows)
    {
        bool Struck(EffectInfo effect) => effect.Call == call && effect.Invocation.Number == 1;
        var run = await RunAsync(
            WithDapper,
            faults =>
            {
                if (after)
                    faults.CrashAfterEffect(on: Struck);
                else
                    faults.CrashBeforeEffect(on: Struck);
            }
        );

        Assert.Equal(["Runtime.ExitError", null], run.Invocations.Select(invocation => invocation.Error?.Type));
        Assert.Equal(rows, Count());
    }

    [Fact]
    public async Task What_a_timed_out_invocation_has_not_committed_is_rolled_back_and_it_gets_no_further()
    {
        Exception? thrown = null;
        var run = await RunAsync(
            connection =>
                (SQSEvent input) =>
                {
                    using var transaction = connection.BeginTransaction();
                    try
                    {
                        connection.Execute("INSERT INTO orders VALUES ('1', 1)", transaction: transaction);
                        connection.Execute("INSERT INTO orders VALUES ('2', 1)", transaction: transaction);
                        transaction.Commit();
                    }
                    catch (InvocationEndedException)
                    {
                        thrown = Record.Exception(transaction.Commit);
                        throw;
                    }
                },
            latency: Seconds(9)
        );

        Assert.Equal("Sandbox.Timedout", run.Invocations[0].Error!.Type);
        Assert.IsType<InvocationEndedException>(thrown);
        Assert.Equal(0, Count());
        Assert.Equal(["SQL BEGIN", "SQL INSERT INTO orders", "SQL INSERT INTO orders"], Calls(run).Take(3));
    }

    [Fact]
    public async Task Entity_Framework_Core_takes_the_wrapped_connection()
    {
        var run = await RunAsync(
            connection =>
                async (SQSEvent input) =>
                {
                    await using var context = new Orders(connection);
                    context.Add(new Order { Id = input.Records[0].MessageId, Quantity = 3 });
                    await context.SaveChangesAsync();
                    return await context.Set<Order>().Where(order => order.Quantity == 3).CountAsync();
                },
            faults =>
                faults.CrashAfterEffect(on: effect =>
                    effect.Call.StartsWith("SQL INSERT INTO orders", StringComparison.Ordinal) && effect.Invocation.Number == 1
                )
        );

        Assert.Equal([null, "1"], run.Invocations.Select(invocation => invocation.ResponseJson));
        Assert.Equal(1, Count());
        Assert.Contains("SQL INSERT INTO orders", Calls(run));
        Assert.Contains("SQL SELECT FROM orders", Calls(run));
    }

    [Fact]
    public async Task Commands_are_used_by_hand_in_every_way()
    {
        List<object?> seen = [];
        var run = await RunAsync(connection =>
            async (SQSEvent _) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO orders VALUES ($id, 5)";
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ("$id", "x");
                command.Parameters.Add(parameter);
                command.Prepare();
                await command.PrepareAsync();
                using (var transaction = connection.BeginTransaction(IsolationLevel.Serializable))
                {
                    command.Transaction = transaction;
                    seen.Add(command.ExecuteNonQuery());
                    transaction.Rollback();
                    seen.Add(transaction.Connection is null || ReferenceEquals(transaction.Connection, connection));
                }

                command.Transaction = null;
                seen.Add(await command.ExecuteNonQueryAsync());
                command.CommandText = "SELECT quantity FROM orders";
                seen.Add(command.ExecuteScalar());
                seen.Add(await command.ExecuteScalarAsync());
                await using var reader = await command.ExecuteReaderAsync();
                seen.Add(await reader.ReadAsync() && reader.GetInt64(0) == 5);
                seen.Add(ReferenceEquals(command.Connection, connection));
                seen.Add((connection.State, connection.Database, connection.ServerVersion.Length > 0));
            }
        );

        Assert.Null(run.Invocations[0].Error);
        Assert.Equal([1, true, 1, 5L, 5L, true, true, (ConnectionState.Open, "main", true)], seen);
        Assert.Equal(
            [
                "SQL INSERT INTO orders (prepare)",
                "SQL INSERT INTO orders (prepare)",
                "SQL BEGIN",
                "SQL INSERT INTO orders",
                "SQL ROLLBACK",
                "SQL INSERT INTO orders",
                "SQL SELECT FROM orders",
                "SQL SELECT FROM orders",
                "SQL SELECT FROM orders",
            ],
            Calls(run)
        );
    }

    [Fact]
    public void Calls_of_the_test_itself_pass_through()
    {
        var host = new LambdaTestHost();
        host.Faults.CrashBeforeEffect(probability: 1);
        var connection = host.WrapConnection(new SqliteConnection("Data Source=:memory:"));
        List<ConnectionState> changes = [];
        connection.StateChange += (_, change) => changes.Add(change.CurrentState);

        connection.Open();
        connection.Execute("CREATE TABLE t (a)");
        Assert.Equal(0, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM t"));
        connection.Dispose();

        Assert.Equal([ConnectionState.Open, ConnectionState.Closed], changes);
        Assert.Throws<ArgumentNullException>(() => host.WrapConnection(null!));
    }

    [Theory]
    [InlineData("insert  into\n orders (id) values ('into x')", "SQL INSERT INTO orders")]
    [InlineData("-- why FROM\nDELETE FROM \"dbo\".[orders] WHERE 1=1", "SQL DELETE FROM dbo.orders")]
    [InlineData("/* FROM y */ SELECT 'FROM z', a FROM `orders` o", "SQL SELECT FROM orders")]
    [InlineData("WITH x AS (SELECT 1 FROM a) SELECT * FROM x", "SQL SELECT FROM a")]
    [InlineData("SELECT 1", "SQL SELECT")]
    [InlineData("update stock set n = n - 1", "SQL UPDATE stock")]
    [InlineData("MERGE INTO stock USING x", "SQL MERGE INTO stock")]
    [InlineData("MERGE stock USING x", "SQL MERGE")]
    [InlineData("CREATE TABLE orders (id int)", "SQL CREATE TABLE orders")]
    [InlineData("", "SQL")]
    [InlineData("SELECT 'open", "SQL SELECT")]
    [InlineData("/* open", "SQL")]
    public void Commands_are_named_by_verb_and_table(string text, string expected) => Assert.Equal(expected, SqlText.NameOf(text, CommandType.Text));

    [Fact]
    public void Stored_procedures_and_whole_tables_are_named_too()
    {
        Assert.Equal("SQL EXEC ship_order", SqlText.NameOf(" ship_order ", CommandType.StoredProcedure));
        Assert.Equal("SQL SELECT FROM orders", SqlText.NameOf("orders", CommandType.TableDirect));
    }
}
