using System.Text.Json;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Runtime.Tests.Sources.Sqs;

/// <summary>The event, byte for byte: section 6.1 and E-1 to E-6.</summary>
public class EventJsonTests
{
    private static async Task<EsmRun> RunAsync(
        Action<SqsQueue> send,
        Action<EventSourceMappingOptions>? configure = null,
        LambdaTestHostOptions? options = null
    )
    {
        await using var scenario = new Scenario((SQSEvent _) => { }, configure, options);
        _ = scenario.Host;
        send(scenario.Queue);
        return await scenario.Host.RunUntilIdleAsync();
    }

    private static JsonElement Record(string json) => JsonDocument.Parse(json).RootElement.GetProperty("Records")[0];

    [Fact]
    public async Task A_plain_message()
    {
        var run = await RunAsync(queue => queue.Send("""{"id":1}"""), options: new() { Region = "eu-west-1", AccountId = "111122223333" });
        var invocation = run.Invocations[0];
        var handle = Record(invocation.RequestJson).GetProperty("receiptHandle").GetString();

        Assert.Matches("^AQEB[A-Za-z0-9+/]{64}$", handle);
        Assert.Equal(
            "{\"Records\":[{\"messageId\":\""
                + invocation.Deliveries[0].Record.Id
                + "\",\"receiptHandle\":\""
                + handle
                + "\",\"body\":\"{\\\"id\\\":1}\","
                + "\"attributes\":{\"ApproximateReceiveCount\":\"1\",\"SentTimestamp\":\"1767225600000\",\"SenderId\":\"AIDAIENQZJOLO23YVJ4VO\","
                + "\"ApproximateFirstReceiveTimestamp\":\"1767225600000\"},\"messageAttributes\":{},\"md5OfBody\":\"2655b60f46db5a1cbfb7e0d2158f66e7\","
                + "\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:111122223333:orders\",\"awsRegion\":\"eu-west-1\"}]}",
            invocation.RequestJson.Replace(Md5("""{"id":1}"""), "2655b60f46db5a1cbfb7e0d2158f66e7", StringComparison.Ordinal)
        );
        Assert.Contains(Md5("""{"id":1}"""), invocation.RequestJson, StringComparison.Ordinal);
    }

#pragma warning disable CA5351 // SQS's own hash.
    private static string Md5(string text) =>
        Convert.ToHexString(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text))).ToLowerInvariant();
#pragma warning restore CA5351

    [Fact]
    public async Task E2_E3_message_attributes_are_hashed_as_AWS_hashes_them()
    {
        // Hash of the AWS documentation's example of one Number attribute, computed by the published algorithm.
        var run = await RunAsync(queue =>
            queue.Send(
                "b",
                new Dictionary<string, SqsAttributeValue>
                {
                    ["WeeksOn"] = 6,
                    ["Bytes"] = new byte[] { 1, 2, 255 },
                    ["Name"] = "ä\"",
                }
            )
        );
        var record = Record(run.Invocations[0].RequestJson);

        Assert.Equal(
            """{"Bytes":{"binaryValue":"AQL/","stringListValues":[],"binaryListValues":[],"dataType":"Binary"},"Name":{"stringValue":"ä\"","stringListValues":[],"binaryListValues":[],"dataType":"String"},"WeeksOn":{"stringValue":"6","stringListValues":[],"binaryListValues":[],"dataType":"Number"}}""",
            record.GetProperty("messageAttributes").GetRawText()
        );
        Assert.Equal(32, record.GetProperty("md5OfMessageAttributes").GetString()!.Length);
        Assert.Equal(
            [
                "messageId",
                "receiptHandle",
                "body",
                "attributes",
                "messageAttributes",
                "md5OfMessageAttributes",
                "md5OfBody",
                "eventSource",
                "eventSourceARN",
                "awsRegion",
            ],
            record.EnumerateObject().Select(property => property.Name)
        );
    }

    [Fact]
    public void E2_the_hash_covers_length_name_length_type_kind_length_and_value_of_each_attribute()
    {
        // 00000007 "WeeksOn" 00000006 "Number" 01 00000001 "6"
        byte[] encoded = [0, 0, 0, 7, .. "WeeksOn"u8, 0, 0, 0, 6, .. "Number"u8, 1, 0, 0, 0, 1, .. "6"u8];
#pragma warning disable CA5351 // SQS's own hash.
        var expected = Convert.ToHexString(System.Security.Cryptography.MD5.HashData(encoded)).ToLowerInvariant();
#pragma warning restore CA5351

        Assert.Equal(expected, SqsAttributeValue.Hash(new Dictionary<string, SqsAttributeValue> { ["WeeksOn"] = 6 }));
    }

    [Theory]
    [InlineData(0, MissingAttributesHash.ByBatchingWindow, false)]
    [InlineData(1, MissingAttributesHash.ByBatchingWindow, true)]
    [InlineData(1, MissingAttributesHash.LeftOut, false)]
    [InlineData(0, MissingAttributesHash.Null, true)]
    public async Task E2_without_attributes_the_hash_is_missing_or_null(int window, MissingAttributesHash option, bool isNull)
    {
        var run = await RunAsync(queue => queue.Send("b"), m => m.BatchingWindow = TimeSpan.FromSeconds(window), new() { MissingAttributesHash = option });

        Assert.Equal(isNull, Record(run.Invocations[0].RequestJson).TryGetProperty("md5OfMessageAttributes", out var hash));
        if (isNull)
            Assert.Equal(JsonValueKind.Null, hash.ValueKind);
    }

    [Fact]
    public async Task E6_the_receipt_handle_changes_with_each_receive_and_the_message_id_stays()
    {
        await using var scenario = new Scenario(
            (SQSEvent input) =>
            {
                if (Scenario.Count(input.Records[0]) < 3)
                    throw new InvalidOperationException();
            }
        );
        var run = await scenario.RunAsync("m");
        var records = run.Invocations.Select(invocation => Record(invocation.RequestJson)).ToArray();

        Assert.Equal(3, records.Select(record => record.GetProperty("receiptHandle").GetString()).Distinct().Count());
        Assert.Single(records.Select(record => record.GetProperty("messageId").GetString()).Distinct());
        Assert.Equal(["1", "2", "3"], records.Select(record => record.GetProperty("attributes").GetProperty("ApproximateReceiveCount").GetString()));
        Assert.Single(records.Select(record => record.GetProperty("attributes").GetProperty("ApproximateFirstReceiveTimestamp").GetString()).Distinct());
        Assert.Single(records.Select(record => record.GetProperty("attributes").GetProperty("SentTimestamp").GetString()).Distinct());
    }

    [Theory]
    [InlineData("plain ä € 😀 <&'> /")]
    [InlineData("quote \" backslash \\ tab \t newline \r\n")]
    [InlineData("{\"nested\":\"{\\\"deep\\\":1}\"}")]
    public async Task E4_the_body_is_the_text_as_sent_and_only_what_must_be_is_escaped(string body)
    {
        string? seen = null;
        await using var scenario = new Scenario((SQSEvent input) => seen = input.Records[0].Body);

        var run = await scenario.RunAsync(body);

        Assert.Equal(body, seen);
        var expected =
            "\""
            + body.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\t", "\\t", StringComparison.Ordinal)
                .Replace("\r", "\\r", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal)
            + "\"";
        Assert.Contains("\"body\":" + expected + ",", run.Invocations[0].RequestJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E1_a_message_in_a_dead_letter_queue_tells_where_it_comes_from()
    {
        List<string> sources = [];
        var dead = new SqsQueue("dead");
        var queue = new SqsQueue("orders") { DeadLetter = new(dead, 1) };
        await using var host = new LambdaTestHost()
            .Map(queue, new("orders", void () => throw new InvalidOperationException()))
            .Map(dead, new("dead", (SQSEvent input) => sources.Add(input.Records[0].Attributes["DeadLetterQueueSourceArn"])));
        queue.Send("m");
        var run = await host.RunUntilIdleAsync();

        Assert.Equal(["arn:aws:sqs:us-east-1:123456789012:orders"], sources);
        Assert.Equal("sent 1 = dead-lettered 1", run.Ledger("orders").ToString());
        Assert.Equal("sent 1 = acknowledged 1", run.Ledger("dead").ToString());
    }
}
