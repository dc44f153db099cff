using System.Globalization;
using AtLeastOnce.Runtime;
using TableAudit.Flawed;

namespace AtLeastOnce.Demo.Scenarios;

internal sealed class TableAuditScenario : Scenario
{
    public override string Sample => "TableAudit";

    public override string Story => "a customer is added and removed, and another one is added";

    public override async Task<ScenarioResult> RunAsync(string template)
    {
        var trail = new Trail();
        await using var host = LambdaTestHost.FromTemplate(template).Handle("TableAuditFunction", () => new TableAuditFunction(trail).HandleAsync);
        var customers = host.Table("Customers");
        customers.Put(new { id = "ada" });
        customers.Delete("ada");
        customers.Put(new { id = "bob" });
        var run = await host.RunUntilIdleAsync();
        var written = trail.Written.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value:N0} times"));
        return new(run, run.Ledger("Customers"), $"written: {string.Join(", ", written)}");
    }

    private sealed class Trail : IAuditTrail
    {
        public SortedDictionary<string, int> Written { get; } = new(StringComparer.Ordinal);

        public Task WriteAsync(AuditEntry entry)
        {
            var what = $"{entry.Change} {entry.Key}";
            Written[what] = Written.GetValueOrDefault(what) + 1;
            return Task.CompletedTask;
        }
    }
}
