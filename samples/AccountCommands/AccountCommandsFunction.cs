using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace AccountCommands;

/// <summary>A command to an account; its message group is the account.</summary>
/// <param name="Id">What tells it from all others.</param>
/// <param name="Account">The account.</param>
/// <param name="Amount">What is paid in, or if negative paid out.</param>
public sealed record AccountCommand(string Id, string Account, decimal Amount);

/// <summary>The accounts. Booking the same command twice books it once.</summary>
public interface IAccounts
{
    /// <summary>Books a command.</summary>
    Task BookAsync(AccountCommand command);
}

/// <summary>Carries out the commands to accounts, those of each account in order: behind one that has failed none of its account is tried.</summary>
public sealed class AccountCommandsFunction(IAccounts accounts)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>Lambda makes the function with this one.</summary>
    public AccountCommandsFunction()
        : this(
            new DynamoAccounts(
                new AmazonDynamoDBClient(),
                Environment.GetEnvironmentVariable("ACCOUNTS_TABLE")!,
                Environment.GetEnvironmentVariable("BOOKED_TABLE")!
            )
        ) { }

    /// <summary>The handler of the template.</summary>
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        var stopped = new HashSet<string>();
        foreach (var message in batch.Records)
        {
            var account = message.Attributes.GetValueOrDefault("MessageGroupId", "");
            if (!stopped.Contains(account) && context.RemainingTime > Margin)
            {
                try
                {
                    await accounts.BookAsync(
                        JsonSerializer.Deserialize<AccountCommand>(message.Body) ?? throw new JsonException("The message holds no command.")
                    );
                    continue;
                }
                catch (Exception exception)
                {
                    context.Logger.LogError(exception, "Message {MessageId} failed, and the account {Account} waits for it", message.MessageId, account);
                    stopped.Add(account);
                }
            }

            // Reported together, the rest of a group comes again together and in order; so does what there is no time for.
            failures.Add(new() { ItemIdentifier = message.MessageId });
        }

        return new SQSBatchResponse(failures);
    }
}
