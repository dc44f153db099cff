using AtLeastOnce.Runtime;

namespace AccountCommands.Tests;

public sealed class AccountCommandsFunctionTests
{
    private readonly FakeAccounts accounts = new();

    [Fact]
    public async Task The_commands_of_an_account_keep_their_order_when_one_fails_and_is_tried_again()
    {
        await using var host = Host();
        accounts.Fail("1", times: 1);
        host.Queue("CommandsQueue")
            .SendToGroup("ada", new AccountCommand("1", "ada", 100), new AccountCommand("2", "ada", -80), new AccountCommand("3", "ada", 5));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["1", "2", "3"], accounts.Booked);
        Assert.Equal(["1", "1", "2", "3"], accounts.Tried);
        Assert.Equal([0, 180], run.Invocations.Select(invocation => invocation.Start.TotalSeconds));
        run.EnsureAllAcknowledged();
    }

    [Fact]
    public async Task The_other_accounts_of_the_batch_go_on()
    {
        await using var host = Host();
        accounts.Fail("2", times: 1);
        host.Queue("CommandsQueue")
            .SendToGroup("ada", new AccountCommand("1", "ada", 100), new AccountCommand("2", "ada", -80), new AccountCommand("3", "ada", 5));
        host.Queue("CommandsQueue").SendToGroup("bob", new AccountCommand("4", "bob", 10), new AccountCommand("5", "bob", -10));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["1", "4", "5", "2", "3"], accounts.Booked);
        Assert.Equal([5, 2], run.Invocations.Select(invocation => invocation.Deliveries.Count));
        run.EnsureAllAcknowledged();
    }

    [Fact]
    public async Task Commands_that_are_delivered_again_are_booked_once()
    {
        await using var host = Host();
        host.Faults.CrashAfterHandler(invocation => invocation.Number == 1);
        host.Queue("CommandsQueue").SendToGroup("ada", new AccountCommand("1", "ada", 100), new AccountCommand("2", "ada", -80));

        await host.RunUntilIdleAsync();

        Assert.Equal(["1", "2"], accounts.Booked);
        Assert.Equal(["1", "2", "1", "2"], accounts.Tried);
    }

    [Fact]
    public async Task Nothing_is_booked_past_a_command_that_never_succeeds_in_the_deliveries_that_it_has()
    {
        await using var host = Host();
        accounts.Fail("1", times: int.MaxValue);
        host.Queue("CommandsQueue").SendToGroup("ada", new AccountCommand("1", "ada", 100), new AccountCommand("2", "ada", -80));
        host.Queue("CommandsQueue").SendToGroup("bob", new AccountCommand("3", "bob", 10));

        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["3"], accounts.Booked);
        Assert.Equal(["1", "2"], run.Queue("CommandsDlq").Messages.Select(message => message.Json<AccountCommand>().Id));
        run.EnsureNothingLost();
    }

    private LambdaTestHost Host() =>
        LambdaTestHost
            .FromTemplate("../AccountCommands/template.yaml")
            .Handle("AccountCommandsFunction", () => new AccountCommandsFunction(accounts).HandleAsync);

    private sealed class FakeAccounts : IAccounts
    {
        private string? failing;
        private int failuresLeft;

        public List<string> Booked { get; } = [];

        public List<string> Tried { get; } = [];

        public void Fail(string command, int times) => (failing, failuresLeft) = (command, times);

        public Task BookAsync(AccountCommand command)
        {
            Tried.Add(command.Id);
            if (command.Id == failing && failuresLeft-- > 0)
                throw new HttpRequestException("The table is throttled.");
            if (!Booked.Contains(command.Id))
                Booked.Add(command.Id);
            return Task.CompletedTask;
        }
    }
}
