using System.Globalization;
using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AtLeastOnce.Witness.Tests.Rules.Idempotency;

/// <summary>What ALO110 says of duplicate keys is so in a real database: rows of EF Core, by the page's further examples, and an INSERT.</summary>
public sealed class ALO110DuplicateKeyWitness : IDisposable
{
    private const string Table = "CREATE TABLE Orders (Id TEXT PRIMARY KEY, Article TEXT NOT NULL)";
    private const string Report = "response.BatchItemFailures.Add(new() { ItemIdentifier = message.MessageId });";
    private const string Pass = "// The row is there: the message was handled before.";

    private readonly RulePage page = RulePage.Of("ALO110");
    private readonly SqliteConnection database = new("DataSource=:memory:");

    public ALO110DuplicateKeyWitness() => database.Open();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task Flawed_a_row_that_is_saved_ends_in_the_dead_letter_queue()
    {
        Run(Table);

        var ledger = await RunAsync(page.Further("Flawed: a row of EF Core"), Options(), crashes: 1);

        Assert.Equal(("sent 1 = dead-lettered 1", 5), ledger);
        Assert.Equal("A", Run("SELECT group_concat(Article) FROM Orders"));
    }

    [Fact]
    public async Task Fixed_the_row_that_is_there_is_a_success()
    {
        Run(Table);

        var ledger = await RunAsync(page.Further("Fixed: a row of EF Core"), Options(), crashes: 1);

        Assert.Equal(("sent 1 = acknowledged 1", 2), ledger);
        Assert.Equal("A", Run("SELECT group_concat(Article) FROM Orders"));
    }

    [Fact]
    public async Task Fixed_another_failure_of_the_save_is_still_reported()
    {
        var ledger = await RunAsync(page.Further("Fixed: a row of EF Core"), Options(), crashes: 0);

        Assert.Equal(("sent 1 = dead-lettered 1", 5), ledger);
    }

    [Fact]
    public async Task Flawed_a_clause_for_the_duplicate_key_that_reports_it()
    {
        Run(Table);
        var example = Inserting(Report);

        var found = Assert.Single(await ExampleAnalysis.FindAsync(example, TestContext.Current.CancellationToken));
        var ledger = await RunAsync(example, database, crashes: 1);

        Assert.Equal("ALO110", found.Id);
        Assert.StartsWith(
            "When a message is delivered again, 'SQL' refuses it with SqliteException for a duplicate key, which 'catch (SqliteException)' takes for a failure",
            found.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal
        );
        Assert.Equal(("sent 1 = dead-lettered 1", 5), ledger);
        Assert.Equal("A", Run("SELECT group_concat(Article) FROM Orders"));
    }

    [Fact]
    public async Task Fixed_a_clause_for_the_duplicate_key_that_passes_it_over()
    {
        Run(Table);
        var example = Inserting(Pass);

        var found = await ExampleAnalysis.FindAsync(example, TestContext.Current.CancellationToken);
        var ledger = await RunAsync(example, database, crashes: 1);

        Assert.Empty(found);
        Assert.Equal(("sent 1 = acknowledged 1", 2), ledger);
        Assert.Equal("A", Run("SELECT group_concat(Article) FROM Orders"));
    }

    private static async Task<(string Ledger, int Receives)> RunAsync(Example example, object service, int crashes)
    {
        await using var scenario = new EffectScenario(example);
        scenario.Queue.DeadLetter = new(new SqsQueue("OrdersDlq"), 5);
        scenario.Host.Faults.CrashAfterHandler(invocation => invocation.Number <= crashes);

        var run = await scenario.RunAsync(service);

        return (run.Ledger("Orders").ToString(), run.Ledger("Orders").Records[0].ReceiveCount);
    }

    private static Example Inserting(string clause) =>
        new(
            "An INSERT",
            $$"""
            using Amazon.Lambda.SQSEvents;
            using Microsoft.Data.Sqlite;

            namespace Shop;

            public class OrdersFunction(SqliteConnection database)
            {
                public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch)
                {
                    var response = new SQSBatchResponse();
                    foreach (var message in batch.Records)
                    {
                        try
                        {
                            await SaveAsync(message);
                        }
                        catch (SqliteException exception) when (exception.SqliteErrorCode == 19)
                        {
                            {{clause}}
                        }
                        catch (Exception)
                        {
                            {{Report}}
                        }
                    }

                    return response;
                }

                private async Task SaveAsync(SQSEvent.SQSMessage message)
                {
                    using var insert = database.CreateCommand();
                    insert.CommandText = "INSERT INTO Orders (Id, Article) VALUES (@id, @article)";
                    insert.Parameters.AddWithValue("@id", message.MessageId);
                    insert.Parameters.AddWithValue("@article", message.Body);
                    await insert.ExecuteNonQueryAsync();
                }
            }
            """,
            null
        );

    private DbContextOptions Options() => new DbContextOptionsBuilder().UseSqlite(database).Options;

    private string? Run(string text)
    {
        using var command = database.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar() as string;
    }
}
