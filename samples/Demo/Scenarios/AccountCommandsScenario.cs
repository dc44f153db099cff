using System.Globalization;
using AccountCommands.Flawed;
using AtLeastOnce.Runtime;

namespace AtLeastOnce.Demo.Scenarios;

internal sealed class AccountCommandsScenario : Scenario
{
    public override string Sample => "AccountCommands";

    public override string Story => "100 are paid in and 80 paid out, and the first booking meets a table that is throttled";

    public override async Task<ScenarioResult> RunAsync(string template)
    {
        var booked = new List<string>();
        var accounts = new Accounts(booked);
        await using var host = LambdaTestHost.FromTemplate(template).Handle("AccountCommandsFunction", () => new AccountCommandsFunction(accounts).HandleAsync);
        host.Queue("CommandsQueue").SendToGroup("ada", new AccountCommand("1", "ada", 100), new AccountCommand("2", "ada", -80));
        var run = await host.RunUntilIdleAsync();
        return new(run, run.Ledger("Commands"), $"booked: {string.Join(", ", booked)}");
    }

    private sealed class Accounts(List<string> booked) : IAccounts
    {
        private bool isThrottled = true;

        public Task BookAsync(AccountCommand command)
        {
            if (isThrottled)
            {
                isThrottled = false;
                throw new HttpRequestException("The table is throttled.");
            }

            booked.Add(command.Amount.ToString("+0;-0", CultureInfo.InvariantCulture));
            return Task.CompletedTask;
        }
    }
}
