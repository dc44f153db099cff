using AtLeastOnce.Runtime;

namespace TableAudit.Tests;

public sealed class TableAuditFunctionTests
{
    private readonly FakeTrail trail = new();

    [Fact]
    public async Task Every_change_is_written_with_what_was_before_and_after()
    {
        await using var host = Host();
        var customers = host.Table("Customers");
        customers.Put(new { id = "ada", city = "Rome" });
        customers.Update("ada", new { city = "Oslo" });
        customers.Delete("ada");

        var run = await host.RunUntilIdleAsync();

        const string Rome = """{"id":"ada","city":"Rome"}""";
        const string Oslo = """{"id":"ada","city":"Oslo"}""";
        Assert.Equal(
            [("INSERT", null, Rome), ("MODIFY", Rome, Oslo), ("REMOVE", Oslo, null)],
            trail.Entries.Select(entry => (entry.Change, entry.Before, entry.After))
        );
        Assert.All(trail.Entries, entry => Assert.Equal("""{"id":"ada"}""", entry.Key));
        run.EnsureAllAcknowledged().EnsureDeliveredOnce();
    }

    [Fact]
    public async Task A_removal_by_time_to_live_is_told_from_one_by_a_client()
    {
        await using var host = Host();
        var customers = host.Table("Customers");
        customers.PutMany(new { id = "ada" }, new { id = "bob" });
        customers.Expire("ada");
        customers.Delete("bob");

        await host.RunUntilIdleAsync();

        Assert.Equal(
            [("""{"id":"ada"}""", ChangedBy.TimeToLive), ("""{"id":"bob"}""", ChangedBy.Client)],
            trail.Entries.Where(entry => entry.Change == "REMOVE").Select(entry => (entry.Key, entry.By))
        );
    }

    [Fact]
    public async Task Changes_that_are_delivered_again_are_written_once()
    {
        await using var host = Host();
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        host.Table("Customers").PutMany(new { id = "ada" }, new { id = "bob" });

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["""{"id":"ada"}""", """{"id":"bob"}"""], trail.Entries.Select(entry => entry.Key));
        Assert.Equal(4, trail.Writes);
        run.EnsureAllAcknowledged();
    }

    [Fact]
    public async Task While_the_trail_is_away_the_changes_wait_and_keep_their_order()
    {
        await using var host = Host();
        trail.FailuresLeft = 5;
        host.Table("Customers").PutMany(new { id = "ada" }, new { id = "bob" });
        host.Table("Customers").Delete("ada");

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["INSERT", "INSERT", "REMOVE"], trail.Entries.Select(entry => entry.Change));
        Assert.Empty(run.Queue("GivenUp").Messages);
        run.EnsureAllAcknowledged();
    }

    private LambdaTestHost Host() =>
        LambdaTestHost.FromTemplate("../TableAudit/template.yaml").Handle("TableAuditFunction", () => new TableAuditFunction(trail).HandleAsync);

    private sealed class FakeTrail : IAuditTrail
    {
        private readonly HashSet<string> ids = [];

        public List<AuditEntry> Entries { get; } = [];

        public int Writes { get; private set; }

        public int FailuresLeft { get; set; }

        public Task WriteAsync(AuditEntry entry)
        {
            if (FailuresLeft-- > 0)
                throw new HttpRequestException("The table is throttled.");
            Writes++;
            if (ids.Add(entry.Id))
                Entries.Add(entry);
            return Task.CompletedTask;
        }
    }
}
