using AtLeastOnce.Runtime;

namespace AccountCommands.Tests;

/// <summary>What becomes of the accounts with the flawed variant.</summary>
public sealed class FlawedTests
{
    private readonly FakeAccounts accounts = new();

    [Fact]
    public async Task The_order_is_lost_when_a_command_fails_and_those_behind_it_go_on()
    {
        await using var host = Host();
        accounts.FailuresLeft = 1;
        host.Queue("CommandsQueue").SendToGroup("ada", new Flawed.AccountCommand("1", "ada", 100), new Flawed.AccountCommand("2", "ada", -80));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal([-80, 20], accounts.Balances);
        Assert.Equal("sent 2 = acknowledged 2", run.Ledger("Commands").ToString());
        run.EnsureNothingLost();
    }

    [Fact]
    public async Task ALO101_commands_that_are_delivered_again_are_booked_twice()
    {
        await using var host = Host();
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        host.Queue("CommandsQueue").SendToGroup("ada", new Flawed.AccountCommand("1", "ada", 100));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal([100, 200], accounts.Balances);
        run.EnsureAllAcknowledged();
    }

    [Fact]
    public async Task ALO501_a_command_that_never_succeeds_holds_up_its_account_until_it_expires()
    {
        await using var host = Host();
        accounts.FailuresLeft = int.MaxValue;
        host.Queue("CommandsQueue").SendToGroup("ada", new Flawed.AccountCommand("1", "ada", 100));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(TimeSpan.FromDays(4), run.End);
        Assert.Equal("sent 1 = expired 1", run.Ledger("Commands").ToString());
        Assert.Throws<EsmExpectationException>(run.EnsureNothingLost);
    }

    private LambdaTestHost Host() =>
        LambdaTestHost
            .FromTemplate("../AccountCommands.Flawed/template.yaml")
            .Handle("AccountCommandsFunction", () => new Flawed.AccountCommandsFunction(accounts).HandleAsync);

    private sealed class FakeAccounts : Flawed.IAccounts
    {
        public int FailuresLeft { get; set; }

        /// <summary>The balance after each booking.</summary>
        public List<decimal> Balances { get; } = [];

        public Task BookAsync(Flawed.AccountCommand command)
        {
            if (FailuresLeft > 0)
            {
                FailuresLeft--;
                throw new HttpRequestException("The table is throttled.");
            }

            Balances.Add(Balances.LastOrDefault() + command.Amount);
            return Task.CompletedTask;
        }
    }
}
