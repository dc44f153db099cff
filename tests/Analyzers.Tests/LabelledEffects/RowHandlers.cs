using System.Data.Common;
using System.Threading.Tasks;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using Dapper;
using Microsoft.EntityFrameworkCore;
using MongoDB.Driver;

namespace Labelled;

public sealed class Note
{
    public string? Id { get; set; }

    public string Text { get; set; } = "";
}

/// <summary>Databases.</summary>
public sealed class RowHandlers : Handlers
{
    private const string CountVisit = "UPDATE visits SET count = count + 1 WHERE page = @page";

    private readonly Shop shop = new();
    private readonly DbConnection connection = null!;
    private readonly IMongoCollection<Note> notes = null!;

    // expect ALO101
    public async Task Inserts(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await rows.InsertAsync(Parse(message.Body));
    }

    // expect none
    public async Task InsertsOnce(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await rows.InsertOnceAsync(Parse(message.Body));
    }

    // expect ALO101
    public async Task CountsAVisit(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await database.ExecuteAsync(CountVisit, new { page = message.Body });
    }

    // expect none
    public async Task UpdatesAStatus(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await database.ExecuteAsync("UPDATE orders SET status = 'shipped', shipped_at = now() WHERE id = @id", new { id = message.Body });
    }

    // expect none
    public async Task Upserts(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await database.ExecuteAsync(
                @"INSERT INTO orders (id, amount) VALUES (@Id, @Amount)
                  ON CONFLICT (id) DO UPDATE SET amount = EXCLUDED.amount",
                order
            );
        }
    }

    // expect ALO101
    public async Task UpsertsAndAdds(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await database.ExecuteAsync(
                "INSERT INTO totals (customer, amount) VALUES (@CustomerId, @Amount) ON CONFLICT (customer) DO UPDATE SET amount = totals.amount + EXCLUDED.amount",
                Parse(message.Body)
            );
        }
    }

    // expect none
    public async Task Merges(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await database.ExecuteAsync(
                "MERGE INTO orders AS t USING (SELECT @Id AS id) AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id);",
                Parse(message.Body)
            );
        }
    }

    // expect none
    public async Task InsertsWhereNoneIs(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            await database.ExecuteAsync(
                "INSERT INTO orders (id) SELECT @id WHERE NOT EXISTS (SELECT 1 FROM orders WHERE id = @id)",
                new { id = message.MessageId }
            );
        }
    }

    // expect none
    public async Task InsertsOrIgnores(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await database.ExecuteAsync("INSERT OR IGNORE INTO orders (id, body) VALUES (@MessageId, @Body)", message);
    }

    // expect none
    public async Task DeletesRows(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await database.ExecuteAsync("DELETE FROM reservations WHERE order_id = @id", new { id = message.Body });
    }

    // expect none
    public async Task RunsAProcedure(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await database.ExecuteAsync("EXEC ship_order @id", new { id = message.Body });
    }

    // expect ALO101
    public async Task InsertsRaw(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await shop.Database.ExecuteSqlRawAsync("INSERT INTO audit (text) VALUES ({0})", message.Body);
    }

    // expect ALO101
    public async Task AddsInterpolated(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await shop.Database.ExecuteSqlInterpolatedAsync($"UPDATE stock SET quantity = quantity - {order.Quantity} WHERE id = {order.Id}");
        }
    }

    // expect none
    public async Task SetsInterpolated(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            await shop.Database.ExecuteSqlInterpolatedAsync($"UPDATE stock SET quantity = {order.Quantity} WHERE id = {order.Id}");
        }
    }

    // expect ALO101
    public async Task InsertsByCommand(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "insert into audit (text) values (@text)";
            await command.ExecuteNonQueryAsync();
        }
    }

    // expect none
    public async Task SelectsByCommand(SQSEvent evnt, ILambdaContext context)
    {
        foreach (var message in evnt.Records)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "select name from customers where id = @id";
            context.Logger.LogInformation($"{await command.ExecuteScalarAsync()} {message.MessageId}");
        }
    }

    // expect ALO101
    public async Task InsertsOneOfTwo(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            var order = Parse(message.Body);
            var table = order.Amount > 100 ? "large_orders" : "small_orders";
            await database.ExecuteAsync($"INSERT INTO {table} (customer) VALUES (@CustomerId)", order);
        }
    }

    // expect none
    public async Task ClaimsARow(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
        {
            if (!await rows.ClaimAsync(message.MessageId))
                continue;
            await rows.InsertAsync(Parse(message.Body));
        }
    }

    // expect ALO101
    public async Task InsertsADocument(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await notes.InsertOneAsync(new Note { Text = message.Body });
    }

    // expect none
    public async Task InsertsADocumentUnderTheMessagesId(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await notes.InsertOneAsync(new Note { Id = message.MessageId, Text = message.Body });
    }

    // expect none
    public async Task ReplacesADocument(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await notes.ReplaceOneAsync(message.MessageId, new Note { Id = message.MessageId, Text = message.Body });
    }

    // expect ALO101
    public async Task IncrementsInRedis(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await redis.StringIncrementAsync("visits:" + message.Body);
    }

    // expect none
    public async Task SetsInRedis(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await redis.StringSetAsync("last:" + message.MessageId, message.Body);
    }

    // expect ALO101
    public async Task PushesInRedis(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await redis.ListRightPushAsync("waiting", message.Body);
    }

    // expect none
    public async Task AddsToASetInRedis(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            await redis.SetAddAsync("customers", message.Body);
    }

    // expect ALO101
    public void AppendsToAFile(SQSEvent evnt)
    {
        foreach (var message in evnt.Records)
            ledger.Write(Parse(message.Body));
    }
}
