using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]

namespace AccountCommands.Flawed;

/// <summary>A command to an account; its message group is the account.</summary>
/// <param name="Id">What tells it from all others.</param>
/// <param name="Account">The account.</param>
/// <param name="Amount">What is paid in, or if negative paid out.</param>
public sealed record AccountCommand(string Id, string Account, decimal Amount);

/// <summary>The accounts.</summary>
public interface IAccounts
{
    /// <summary>Books a command.</summary>
    Task BookAsync(AccountCommand command);
}

/// <summary>Carries out commands as one does for a standard queue: it reports what has failed, and goes on with the next.</summary>
public sealed class AccountCommandsFunction(IAccounts accounts)
{
    /// <summary>Lambda makes the function with this one.</summary>
    public AccountCommandsFunction()
        : this(new DynamoAccounts(new AmazonDynamoDBClient(), Environment.GetEnvironmentVariable("ACCOUNTS_TABLE")!)) { }

    /// <summary>The handler of the template.</summary>
    public async Task<SQSBatchResponse> HandleAsync(SQSEvent batch, ILambdaContext context)
    {
        var failures = new List<SQSBatchResponse.BatchItemFailure>();
        foreach (var message in batch.Records)
        {
            try
            {
                await accounts.BookAsync(JsonSerializer.Deserialize<AccountCommand>(message.Body) ?? throw new JsonException("The message holds no command."));
            }
            catch (Exception exception)
            {
                context.Logger.LogError(exception, "Message {MessageId} failed", message.MessageId);
                failures.Add(new() { ItemIdentifier = message.MessageId });
            }
        }

        return new SQSBatchResponse(failures);
    }
}
