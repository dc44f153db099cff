using AtLeastOnce.Runtime;

namespace TableAudit.Tests;

/// <summary>What becomes of the audit trail with the flawed variant.</summary>
public sealed class FlawedTests
{
    private readonly FakeTrail trail = new();

    [Fact]
    public async Task ALO201_a_removal_blocks_the_table_for_a_day_and_is_lost_with_what_came_with_it()
    {
        await using var host = Host();
        host.Table("Customers").Put(new { id = "ada" });
        host.Table("Customers").Delete("ada");
        host.Table("Customers").Put(new { id = "bob" });

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(TimeSpan.FromHours(24), run.End);
        Assert.Equal("sent 3 = expired 3", run.Ledger("Customers").ToString());
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);

        // The insert before it was written with every attempt, the one behind it never.
        Assert.Equal(run.Invocations.Count, trail.Rows.Values.Count(key => key == "ada"));
        Assert.Equal(1443, run.Invocations.Count);
        Assert.DoesNotContain("bob", trail.Rows.Values);
    }

    [Fact]
    public async Task ALO102_changes_that_are_delivered_again_are_written_twice()
    {
        await using var host = Host();
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        host.Table("Customers").Put(new { id = "ada" });

        await host.RunUntilIdleAsync();

        Assert.Equal(["ada", "ada"], trail.Rows.Values);
    }

    [Fact]
    public async Task Inserts_and_updates_alone_look_right()
    {
        await using var host = Host();
        host.Table("Customers").Put(new { id = "ada" });
        host.Table("Customers").Update("ada", new { city = "Oslo" });

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["ada", "ada"], trail.Rows.Values);
        run.EnsureAllAcknowledged().EnsureDeliveredOnce();
    }

    private LambdaTestHost Host() =>
        LambdaTestHost.FromTemplate("../TableAudit.Flawed/template.yaml").Handle("TableAuditFunction", () => new Flawed.TableAuditFunction(trail).HandleAsync);

    private sealed class FakeTrail : Flawed.IAuditTrail
    {
        /// <summary>The item's key of each row, by the row's id.</summary>
        public Dictionary<string, string> Rows { get; } = [];

        public Task WriteAsync(Flawed.AuditEntry entry)
        {
            Rows[entry.Id] = entry.Key;
            return Task.CompletedTask;
        }
    }
}
