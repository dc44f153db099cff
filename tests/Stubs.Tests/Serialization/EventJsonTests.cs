using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Stubs.Tests.Serialization;

/// <summary>Events as AWS sends them land in every member (E-1 to E-5, E-10, E-20 to E-22; X-1, X-3 to X-5, X-7).</summary>
public class EventJsonTests
{
    public static TheoryData<ILambdaSerializer> Serializers =>
        [new DefaultLambdaJsonSerializer(), new CamelCaseLambdaJsonSerializer(), new SourceGeneratorLambdaJsonSerializer<FunctionJsonContext>()];

    [Theory]
    [MemberData(nameof(Serializers))]
    public void An_sqs_event_is_read(ILambdaSerializer serializer)
    {
        var sqsEvent = serializer.Read<SQSEvent>(
            """
            { "Records": [ {
              "messageId": "059f36b4-87a3-44ab-83d2-661975830a7d", "receiptHandle": "AQEB...", "body": "{\"id\":1}",
              "attributes": { "ApproximateReceiveCount": "1", "SentTimestamp": "1545082649183", "SequenceNumber": "18849496460467696128", "MessageGroupId": "g" },
              "messageAttributes": {
                "WeeksOn": { "stringValue": "6", "stringListValues": [], "binaryListValues": [], "dataType": "Number" },
                "Seal": { "binaryValue": "Zm9vYmFy", "stringListValues": ["a"], "binaryListValues": ["YmFy"], "dataType": "Binary" }
              },
              "md5OfMessageAttributes": "d25a6aea97eb8f585bfa92d314504a92", "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
              "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:my-queue", "awsRegion": "us-east-1"
            } ] }
            """
        );

        var message = Assert.Single(sqsEvent.Records);
        Assert.Equal("059f36b4-87a3-44ab-83d2-661975830a7d", message.MessageId);
        Assert.Equal("AQEB...", message.ReceiptHandle);
        Assert.Equal("""{"id":1}""", message.Body);
        Assert.Equal("e4e68fb7bd0e697a0ae8f1bb342846b3", message.Md5OfBody);
        Assert.Equal("d25a6aea97eb8f585bfa92d314504a92", message.Md5OfMessageAttributes);
        Assert.Equal("arn:aws:sqs:us-east-1:123456789012:my-queue", message.EventSourceArn);
        Assert.Equal("aws:sqs", message.EventSource);
        Assert.Equal("us-east-1", message.AwsRegion);
        Assert.Equal(
            ["ApproximateReceiveCount=1", "SentTimestamp=1545082649183", "SequenceNumber=18849496460467696128", "MessageGroupId=g"],
            message.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}")
        );
        var number = message.MessageAttributes["WeeksOn"];
        Assert.Equal(("6", "Number"), (number.StringValue, number.DataType));
        Assert.Null(number.BinaryValue);
        Assert.Empty(number.StringListValues);
        Assert.Empty(number.BinaryListValues);
        var binary = message.MessageAttributes["Seal"];
        Assert.Equal(("foobar", "Binary"), (Text(binary.BinaryValue), binary.DataType));
        Assert.Equal(["a"], binary.StringListValues);
        Assert.Equal("bar", Text(Assert.Single(binary.BinaryListValues)));
    }

    [Fact]
    public void What_an_sqs_event_leaves_out_or_nulls_is_null()
    {
        var message = new DefaultLambdaJsonSerializer()
            .Read<SQSEvent>("""{"Records":[{"messageId":"a","messageAttributes":{},"md5OfMessageAttributes":null,"unknown":{"x":[1]}}]}""")
            .Records[0];

        Assert.Equal("a", message.MessageId);
        Assert.Empty(message.MessageAttributes);
        Assert.Null(message.Md5OfMessageAttributes);
        Assert.Null(message.Attributes);
        Assert.Null(message.Body);
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_kinesis_event_is_read(ILambdaSerializer serializer)
    {
        var kinesisEvent = serializer.Read<KinesisEvent>(
            """
            { "Records": [ {
              "kinesis": {
                "kinesisSchemaVersion": "1.0", "partitionKey": "test_0", "sequenceNumber": "49590338271490256608559692538361571095921575989136588898",
                "data": "aGVsbG8=", "approximateArrivalTimestamp": 1607497475.123
              },
              "eventSource": "aws:kinesis", "eventVersion": "1.0",
              "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898", "eventName": "aws:kinesis:record",
              "invokeIdentityArn": "arn:aws:iam::123456789012:role/lambda-role", "awsRegion": "us-east-1",
              "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/lambda-stream"
            } ] }
            """
        );

        var record = Assert.Single(kinesisEvent.Records);
        Assert.Equal("shardId-000000000006:49590338271490256608559692538361571095921575989136588898", record.EventId);
        Assert.Equal(("aws:kinesis", "1.0", "aws:kinesis:record"), (record.EventSource, record.EventVersion, record.EventName));
        Assert.Equal("arn:aws:iam::123456789012:role/lambda-role", record.InvokeIdentityArn);
        Assert.Equal(("us-east-1", "arn:aws:kinesis:us-east-1:123456789012:stream/lambda-stream"), (record.AwsRegion, record.EventSourceARN));
        Assert.Equal("1.0", record.Kinesis.KinesisSchemaVersion);
        Assert.Equal("test_0", record.Kinesis.PartitionKey);
        Assert.Equal("49590338271490256608559692538361571095921575989136588898", record.Kinesis.SequenceNumber);
        Assert.Equal("hello", Text(record.Kinesis.Data));
        // The seconds are a double, so a fraction may come out a tick short; the real converter computes alike.
        Assert.Equal(Utc("2020-12-09T07:04:35.1229999"), Assert.NotNull(record.Kinesis.ApproximateArrivalTimestamp));
        Assert.Equal(DateTimeKind.Utc, record.Kinesis.ApproximateArrivalTimestamp.Value.Kind);
        Assert.Null(record.Kinesis.EncryptionType);
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_dynamodb_event_is_read(ILambdaSerializer serializer)
    {
        var dynamoDbEvent = serializer.Read<DynamoDBEvent>(
            """
            { "Records": [ {
              "eventID": "c4ca4238a0b923820dcc509a6f75849b", "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
              "dynamodb": {
                "ApproximateCreationDateTime": 1607497475.0, "Keys": { "id": { "S": "a" } },
                "NewImage": {
                  "id": { "S": "a" }, "n": { "N": "42" }, "b": { "B": "Zm9vYmFy" }, "yes": { "BOOL": true }, "none": { "NULL": true },
                  "list": { "L": [ { "S": "x" }, { "N": "1" } ] }, "map": { "M": { "k": { "S": "v" } } },
                  "ss": { "SS": ["p", "q"] }, "ns": { "NS": ["1.5"] }, "bs": { "BS": ["YmFy"] }
                },
                "OldImage": { "id": { "S": "o" } },
                "SequenceNumber": "4421584500000000017450439091", "SizeBytes": 70, "StreamViewType": "NEW_AND_OLD_IMAGES"
              },
              "userIdentity": { "type": "Service", "principalId": "dynamodb.amazonaws.com" },
              "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/2024-06-10T19:26:16.525"
            } ] }
            """
        );

        var record = Assert.Single(dynamoDbEvent.Records);
        Assert.Equal(("c4ca4238a0b923820dcc509a6f75849b", "INSERT", "1.1"), (record.EventID, record.EventName, record.EventVersion));
        Assert.Equal(("aws:dynamodb", "us-east-1"), (record.EventSource, record.AwsRegion));
        Assert.Equal("arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/2024-06-10T19:26:16.525", record.EventSourceArn);
        Assert.Equal(("Service", "dynamodb.amazonaws.com"), (record.UserIdentity.Type, record.UserIdentity.PrincipalId));
        var change = record.Dynamodb;
        Assert.Equal(Utc("2020-12-09T07:04:35.0000000"), change.ApproximateCreationDateTime);
        Assert.Equal("a", change.Keys["id"].S);
        Assert.Equal("o", change.OldImage["id"].S);
        Assert.Equal(("4421584500000000017450439091", 70L, "NEW_AND_OLD_IMAGES"), (change.SequenceNumber, change.SizeBytes, change.StreamViewType));
        var image = change.NewImage;
        Assert.Equal(("42", "foobar"), (image["n"].N, Text(image["b"].B)));
        Assert.Equal((true, true), (image["yes"].BOOL, image["none"].NULL));
        Assert.Equal(["x", "1"], image["list"].L.Select(value => value.S ?? value.N));
        Assert.Equal("v", image["map"].M["k"].S);
        Assert.Equal(["p", "q"], image["ss"].SS);
        Assert.Equal(["1.5"], image["ns"].NS);
        Assert.Equal("bar", Text(Assert.Single(image["bs"].BS)));
        Assert.Equal(
            """{"id":"a","n":42,"b":"Zm9vYmFy","yes":true,"none":null,"list":["x",1],"map":{"k":"v"},"ss":["p","q"],"ns":[1.5],"bs":["YmFy"]}""",
            image.ToJson()
        );
    }

    [Fact]
    public void An_image_is_written_as_plain_json_and_indented_on_request()
    {
        Dictionary<string, DynamoDBEvent.AttributeValue> item = new() { ["id"] = new() { S = "a" } };

        Assert.Equal("{\n  \"id\": \"a\"\n}", item.ToJsonPretty().ReplaceLineEndings("\n"));
        Assert.Equal("{}", ((Dictionary<string, DynamoDBEvent.AttributeValue>?)null).ToJson());
        Assert.Equal("""{"nothing":null}""", new Dictionary<string, DynamoDBEvent.AttributeValue> { ["nothing"] = new() }.ToJson());
    }

    [Fact]
    public void A_window_event_is_read_with_its_state_as_text()
    {
        var window = new DefaultLambdaJsonSerializer().Read<KinesisTimeWindowEvent>(
            """
            { "Records": [], "window": { "start": "2020-12-09T07:04:00Z", "end": "2020-12-09T07:06:00Z" }, "state": { "1": 282, "name": "x" },
              "shardId": "shardId-000000000006", "eventSourceARN": "arn:s", "isFinalInvokeForWindow": false, "isWindowTerminatedEarly": true }
            """
        );

        Assert.Empty(window.Records);
        Assert.Equal((Utc("2020-12-09T07:04:00.0000000"), Utc("2020-12-09T07:06:00.0000000")), (window.Window.Start, window.Window.End));
        Assert.Equal(["1=282", "name=x"], window.State.Select(entry => $"{entry.Key}={entry.Value}"));
        Assert.Equal(
            ("shardId-000000000006", "arn:s", false, true),
            (window.ShardId, window.EventSourceARN, window.IsFinalInvokeForWindow, window.IsWindowTerminatedEarly)
        );
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public void A_window_state_of_another_kind_fails(string value)
    {
        var json = $"{{\"state\":{{\"a\":{value}}}}}";

        Assert.Throws<JsonSerializerException>(() => new DefaultLambdaJsonSerializer().Read<KinesisTimeWindowEvent>(json));
        Assert.Throws<JsonSerializerException>(() => new DefaultLambdaJsonSerializer().Read<DynamoDBTimeWindowEvent>(json));
    }

    [Theory]
    [InlineData("1607497475", "2020-12-09T07:04:35.0000000")]
    [InlineData("1607497475.5", "2020-12-09T07:04:35.5000000")]
    [InlineData("1607497475123", "2020-12-09T07:04:35.1230000")]
    [InlineData("\"2020-12-09T07:04:35Z\"", "2020-12-09T07:04:35.0000000")]
    public void A_time_is_epoch_seconds_or_milliseconds_past_the_year_5000_or_iso_8601(string json, string expected) =>
        Assert.Equal(Utc(expected), new DefaultLambdaJsonSerializer().Read<DateTime>(json));

    [Fact]
    public void A_time_of_another_kind_fails() =>
        Assert.Equal(
            "Error converting the Lambda event JSON payload to type System.DateTime: Unknown data type for DateTime: True",
            Assert.Throws<JsonSerializerException>(() => new DefaultLambdaJsonSerializer().Read<DateTime>("true")).Message
        );

    [Theory]
    [InlineData("\"AQL/\"")]
    [InlineData("[1,2,255]")]
    public void Bytes_are_read_from_base64_and_from_numbers(string json) => Assert.Equal([1, 2, 255], new DefaultLambdaJsonSerializer().Read<byte[]>(json));

    [Fact]
    public void A_type_missing_from_the_context_fails_when_it_is_read() =>
        Assert.Equal(
            "Error converting the Lambda event JSON payload to type Amazon.Lambda.KinesisEvents.KinesisTimeWindowEvent: "
                + "No JsonTypeInfo registered in AtLeastOnce.Stubs.Tests.Serialization.FunctionJsonContext for type Amazon.Lambda.KinesisEvents.KinesisTimeWindowEvent.",
            Assert
                .Throws<JsonSerializerException>(() => new SourceGeneratorLambdaJsonSerializer<FunctionJsonContext>().Read<KinesisTimeWindowEvent>("{}"))
                .Message
        );

    [Fact]
    public void What_is_no_json_fails_with_the_serializers_own_exception() =>
        Assert.StartsWith(
            "Error converting the Lambda event JSON payload to type Amazon.Lambda.SQSEvents.SQSEvent: ",
            Assert.Throws<JsonSerializerException>(() => new DefaultLambdaJsonSerializer().Read<SQSEvent>("{")).Message,
            StringComparison.Ordinal
        );

    private static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());

    private static DateTime Utc(string text) =>
        DateTime.ParseExact(
            text,
            "yyyy-MM-ddTHH:mm:ss.fffffff",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
}
