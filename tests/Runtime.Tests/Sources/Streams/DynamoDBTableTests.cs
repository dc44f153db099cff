using System.Text.Json.Nodes;
using Amazon.Lambda.DynamoDBEvents;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

public class DynamoDBTableTests
{
    private sealed record Order(string Id, int Quantity);

    private static DynamoDBTable New(string? sortKey = null)
    {
        var table = new DynamoDBTable("orders", "id", sortKey);
        _ = new LambdaTestHost().Add(table);
        return table;
    }

    [Fact]
    public void B44_a_write_that_changes_nothing_makes_no_record()
    {
        var table = New();

        Assert.Equal("INSERT", table.Put(new { id = "a", n = 1.0 })!.EventName);
        Assert.Null(table.Put(new { n = 1, id = "a" }));
        Assert.Null(table.Put(JsonNode.Parse("""{"id":"a","n":1e0}""")!));
        Assert.Null(table.Update("a", new { n = 1 }));
        Assert.Null(table.Update("a", new { }, "missing"));
        Assert.Null(table.Delete("b"));
        Assert.Null(table.Expire("b"));
        Assert.Equal("MODIFY", table.Put(new { id = "a", n = "1" })!.EventName);
        Assert.Equal(2, table.Records.Count);
    }

    [Fact]
    public void An_update_sets_and_removes_attributes_and_inserts_where_there_is_no_item()
    {
        var table = New();

        Assert.Equal("INSERT", table.Update(new { id = "a" }, new { n = 1, x = true })!.EventName);
        var record = table.Update("a", new { n = 2, y = "new" }, "x")!;

        Assert.Equal("MODIFY", record.EventName);
        Assert.Equal("""{"id":"a","n":1,"x":true}""", record.OldImage!.Json);
        Assert.Equal("""{"id":"a","n":2,"y":"new"}""", record.NewImage!.Json);
        Assert.Equal("""{"id":{"S":"a"}}""", record.Keys.AttributeJson);
        Assert.Equal("""{"id":"a","n":2,"y":"new"}""", table.Get("a")!.Json);
        Assert.Equal("REMOVE", table.Delete("a")!.EventName);
        Assert.Empty(table.Items);
        Assert.Null(table.Get("a"));
    }

    [Fact]
    public void Items_are_read_as_objects_and_keep_their_place()
    {
        var table = New(sortKey: "line");
        table.PutMany(
            new
            {
                id = "b",
                line = 1,
                quantity = 3,
            },
            new
            {
                id = "a",
                line = 2,
                quantity = 4,
            },
            new
            {
                id = "a",
                line = 1,
                quantity = 5,
            }
        );
        table.Put(
            new
            {
                id = "b",
                line = 1,
                quantity = 6,
            }
        );

        Assert.Equal([new("b", 6), new("a", 4), new Order("a", 5)], table.Items.Select(item => item.As<Order>()));
        Assert.Equal(4, table.Get(new { line = 2, id = "a" })!.As<Order>().Quantity);
        Assert.Equal(["id", "line", "quantity"], table.Items[0].Names);
        Assert.Equal(("id", "line"), (table.PartitionKey, table.SortKey));
    }

    [Fact]
    public void What_DynamoDB_refuses_is_refused()
    {
        var (table, sorted) = (New(), New("line"));
        table.Put(new { id = "a" });
        (Action Call, string Message)[] refused =
        [
            (() => table.Put(new { n = 1 }), "One or more parameter values were invalid: Missing the key id in the item"),
            (() => table.Put(new { id = 1 }), "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N"),
            (
                () => sorted.Put(new { id = true, line = 1 }),
                "One or more parameter values were invalid: Type mismatch for key id expected: S, N or B actual: BOOL"
            ),
            (
                () => table.Put(new { id = "" }),
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id"
            ),
            (() => sorted.Delete("a"), "The provided key element does not match the schema"),
            (() => table.Get(new { id = "a", n = 1 }), "The provided key element does not match the schema"),
            (
                () => table.Update("a", new { id = "b" }),
                "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key"
            ),
            (
                () => table.Update("a", new { }, "id"),
                "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key"
            ),
            (() => table.Put(new { id = "a", x = new string('x', 400 * 1024) }), "Item size has exceeded the maximum allowed size"),
            (() => table.Put(new { id = "a", x = double.NaN }), "The parameter cannot be converted to a numeric value"),
            (
                () => table.Put(JsonNode.Parse($$"""{"id":"a","x":{{new string('7', 39)}}}""")!),
                "Attempting to store more than 38 significant digits in a Number"
            ),
            (
                () => table.Put(JsonNode.Parse("""{"id":"a","x":1e130}""")!),
                "Number overflow. Attempting to store a number with magnitude larger than supported range"
            ),
            (() => table.Put(new { id = "a", x = new HashSet<string>() }), "One or more parameter values were invalid: An string set  may not be empty"),
            (
                () => _ = new DynamoDBTable("ab"),
                "TableName must be at least 3 characters long and at most 255 characters long, of a-z, A-Z, 0-9, '_', '-' and '.'"
            ),
            (() => _ = new DynamoDBTable("abc", "id", "id"), "Both the Hash Key and the Range Key element in the KeySchema have the same name"),
        ];

        Assert.All(refused, pair => Assert.Equal("ValidationException: " + pair.Message, Assert.Throws<DynamoDBException>(pair.Call).Message));
        Assert.StartsWith(
            "An item is an object or a dictionary with its attributes, but got 'System.String'.",
            Assert.Throws<ArgumentException>(() => table.Put("a")).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<ArgumentException>(() => table.Put(new { id = "a", x = new HashSet<object> { 1, "2" } }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DynamoDBTable("abc", shardCount: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.StreamViewType = (StreamViewType)9);
        Assert.Equal(
            "The table 'alone' belongs to no host yet. Call host.Map(table, function) or host.Add(table) first.",
            Assert.Throws<InvalidOperationException>(() => new DynamoDBTable("alone").Put(new { id = "a" })).Message
        );
        Assert.Single(table.Records);
    }

    [Fact]
    public async Task A_handler_can_write_to_the_table_that_another_one_reads()
    {
        var totals = new DynamoDBTable("totals");
        await using var scenario = Orders(
            (DynamoDBEvent input) =>
            {
                foreach (var record in input.Records)
                    totals.Update(
                        "all",
                        new { count = (totals.Get("all")?.As<Dictionary<string, object>>().Count ?? 0) + 1, last = record.Dynamodb.Keys["id"].S }
                    );
            },
            m => m.BatchSize = 1
        );
        scenario.Host.Add(totals);

        await scenario.RunAsync("a", "b");

        Assert.Equal("b", totals.Get("all")!.As<Dictionary<string, object>>()["last"].ToString());
        Assert.Equal(["INSERT", "MODIFY"], totals.Records.Select(record => record.EventName));
    }

    [Fact]
    public async Task B42_a_tables_stream_keeps_records_for_24_hours()
    {
        await using var scenario = Orders(void () => throw new InvalidOperationException());

        var run = await scenario.RunAsync("a");

        Assert.Equal("sent 1 = expired 1", run.Ledger("ship").ToString());
        Assert.InRange(run.End, TimeSpan.FromHours(24), TimeSpan.FromHours(24) + Seconds(61));
        Assert.Single(scenario.Source.Items);
    }
}
