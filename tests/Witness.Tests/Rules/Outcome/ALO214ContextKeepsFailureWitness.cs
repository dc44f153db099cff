using AtLeastOnce.Runtime;
using AtLeastOnce.Witness.Tests.Examples;
using AtLeastOnce.Witness.Tests.Pages;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AtLeastOnce.Witness.Tests.Rules.Outcome;

public sealed class ALO214ContextKeepsFailureWitness
{
    private readonly RulePage page = RulePage.Of("ALO214");

    [Fact]
    public async Task Flawed_a_refused_change_makes_the_next_messages_fail()
    {
        var (status, ledger) = await RunAsync(page.Flawed);

        Assert.Equal("shipped new new", status);
        Assert.Equal("sent 3 = acknowledged 1 + dead-lettered 2", ledger);
    }

    [Fact]
    public async Task Fixed_only_the_refused_one_fails()
    {
        var (status, ledger) = await RunAsync(page.Fixed);

        Assert.Equal("shipped new shipped", status);
        Assert.Equal("sent 3 = acknowledged 2 + dead-lettered 1", ledger);
    }

    private static async Task<(string? Status, string Ledger)> RunAsync(Example example)
    {
        using var database = new SqliteConnection("DataSource=:memory:");
        database.Open();
        Run(database, "CREATE TABLE Orders (Id TEXT PRIMARY KEY, Status TEXT CHECK (Status <> 'lost'))");
        Run(database, "INSERT INTO Orders VALUES ('A', 'new'), ('B', 'new'), ('C', 'new')");
        var options = new DbContextOptionsBuilder().UseSqlite(database).Options;
        using var compiled = new CompiledExample(example);
        var queue = new SqsQueue("OrdersQueue") { DeadLetter = new(new("OrdersDlq"), 3) };
        var function = new LambdaFunction("orders", () => compiled.Handler([Activator.CreateInstance(compiled.Type("Shop.ShopContext"), options)!])());
        await using var host = new LambdaTestHost().Map(
            queue,
            function,
            mapping =>
            {
                mapping.Name = "Orders";
                mapping.ReportBatchItemFailures = true;
            }
        );
        queue.SendMany("A shipped", "B lost", "C shipped");
        var run = await host.RunUntilIdleAsync();
        return (Run(database, "SELECT group_concat(Status, ' ') FROM (SELECT Status FROM Orders ORDER BY Id)"), run.Ledger("Orders").ToString());
    }

    private static string? Run(SqliteConnection database, string text)
    {
        using var command = database.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar() as string;
    }
}
