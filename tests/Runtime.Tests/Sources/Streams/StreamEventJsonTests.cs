using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using static AtLeastOnce.Runtime.Tests.Sources.Streams.StreamScenario;

namespace AtLeastOnce.Runtime.Tests.Sources.Streams;

/// <summary>The events, byte for byte: sections 6.2 and 6.3.</summary>
public class StreamEventJsonTests
{
    /// <summary>JSON with its quotes, which are written as apostrophes.</summary>
    private static string Json(string text) => text.Replace('\'', '"');

    private static readonly LambdaTestHostOptions Elsewhere = new() { Region = "eu-west-1", AccountId = "111122223333" };

    [Fact]
    public async Task E10_a_kinesis_event()
    {
        await using var scenario = Clicks(Nothing, options: Elsewhere);
        _ = scenario.Host;
        await scenario.Host.RunForAsync(TimeSpan.FromMilliseconds(1123));
        var record = scenario.Source.Put("key \"1\"", "hello");

        var run = await scenario.RunAsync();

        Assert.Equal(
            Json(
                    "{'Records':[{'kinesis':{'kinesisSchemaVersion':'1.0','partitionKey':'key \\'1\\'','sequenceNumber':'#','data':'aGVsbG8=','approximateArrivalTimestamp':1767225601.123},"
                        + "'eventSource':'aws:kinesis','eventVersion':'1.0','eventID':'shardId-000000000000:#','eventName':'aws:kinesis:record',"
                        + "'invokeIdentityArn':'arn:aws:iam::111122223333:role/lambda-role','awsRegion':'eu-west-1',"
                        + "'eventSourceARN':'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks'}]}"
                )
                .Replace("#", record.SequenceNumber, StringComparison.Ordinal),
            run.Invocations[0].RequestJson
        );
    }

    [Theory]
    [InlineData(0, "1767225600.0")]
    [InlineData(100, "1767225600.1")]
    [InlineData(7, "1767225600.007")]
    [InlineData(2_020, "1767225602.02")]
    public async Task E10_times_are_seconds_with_a_fraction(int milliseconds, string expected)
    {
        await using var scenario = Clicks(Nothing);
        await scenario.Host.RunForAsync(TimeSpan.FromMilliseconds(milliseconds));

        var run = await scenario.RunAsync("x");

        Assert.Contains($"\"approximateArrivalTimestamp\":{expected}}}", run.Invocations[0].RequestJson, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_handler_reads_a_kinesis_event_with_its_own_types()
    {
        KinesisEvent.KinesisEventRecord? seen = null;
        await using var scenario = Clicks((KinesisEvent input) => seen = input.Records.Single());
        var run = await scenario.RunAsync("ä");

        Assert.Equal("ä", Text(seen!));
        Assert.Equal(run.Ledger("ship").Records[0].Record.Id, seen!.Kinesis.SequenceNumber);
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), seen.Kinesis.ApproximateArrivalTimestamp);
        Assert.Equal("aws:kinesis:record", seen.EventName);
    }

    [Fact]
    public async Task E20_E21_an_insert_a_modification_and_a_removal_as_the_guide_sizes_them()
    {
        await using var scenario = new StreamScenario<DynamoDBTable>(new("T-able", "Id"), () => Nothing, options: Elsewhere);
        await scenario.Host.RunForAsync(TimeSpan.FromMilliseconds(1999));
        scenario.Source.Put(new { Message = "New item!", Id = 101 });
        scenario.Source.Update(101, new { Message = "This item has changed" });
        scenario.Source.Delete(101);

        var run = await scenario.RunAsync();

        var json = run.Invocations.Single().RequestJson;
        var sequence = run.Ledger("ship").Records.Select(record => record.Record.Id).ToArray();
        Assert.All(sequence, number => Assert.Matches("^[0-9]{28}$", number));
        const string Keys = "'dynamodb':{'ApproximateCreationDateTime':1767225601.0,'Keys':{'Id':{'N':'101'}},";
        const string First = "{'Message':{'S':'New item!'},'Id':{'N':'101'}}";
        const string Second = "{'Message':{'S':'This item has changed'},'Id':{'N':'101'}}";
        const string Common = "'eventVersion':'1.1','eventSource':'aws:dynamodb','awsRegion':'eu-west-1',";
        const string End =
            "'StreamViewType':'NEW_AND_OLD_IMAGES'},'eventSourceARN':'arn:aws:dynamodb:eu-west-1:111122223333:table/T-able/stream/2026-01-01T00:00:00.000'}";
        Assert.Equal(
            Json(
                "{'Records':["
                    + $"{{'eventID':'#','eventName':'INSERT',{Common}{Keys}'NewImage':{First},'SequenceNumber':'{sequence[0]}','SizeBytes':26,{End},"
                    + $"{{'eventID':'#','eventName':'MODIFY',{Common}{Keys}'NewImage':{Second},'OldImage':{First},'SequenceNumber':'{sequence[1]}','SizeBytes':59,{End},"
                    + $"{{'eventID':'#','eventName':'REMOVE',{Common}{Keys}'OldImage':{Second},'SequenceNumber':'{sequence[2]}','SizeBytes':38,{End}"
                    + "]}"
            ),
            System.Text.RegularExpressions.Regex.Replace(json, "\"eventID\":\"[0-9a-f]{32}\"", "\"eventID\":\"#\"")
        );
    }

    [Theory]
    [InlineData(StreamViewType.KeysOnly, "KEYS_ONLY", false, false)]
    [InlineData(StreamViewType.NewImage, "NEW_IMAGE", true, false)]
    [InlineData(StreamViewType.OldImage, "OLD_IMAGE", false, true)]
    [InlineData(StreamViewType.NewAndOldImages, "NEW_AND_OLD_IMAGES", true, true)]
    public async Task E20_the_view_type_decides_on_the_images(StreamViewType view, string name, bool hasNew, bool hasOld)
    {
        await using var scenario = Orders(Nothing);
        scenario.Source.StreamViewType = view;
        _ = scenario.Host;
        scenario.Source.Put(new { id = "a", n = 1 });
        var record = scenario.Source.Put(new { id = "a", n = 2 })!;

        var json = (await scenario.RunAsync()).Invocations.Single().RequestJson.Split("MODIFY")[1];

        Assert.Equal((hasNew, hasOld), (json.Contains("\"NewImage\"", StringComparison.Ordinal), json.Contains("\"OldImage\"", StringComparison.Ordinal)));
        Assert.Contains($"\"StreamViewType\":\"{name}\"", json, StringComparison.Ordinal);
        Assert.Equal((hasNew, hasOld), (record.NewImage is not null, record.OldImage is not null));
        Assert.Contains("\"Keys\":{\"id\":{\"S\":\"a\"}}", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task E22_time_to_live_says_that_it_removed_the_item()
    {
        DynamoDBEvent? seen = null;
        await using var scenario = Orders((DynamoDBEvent input) => seen = input);
        _ = scenario.Host;
        scenario.Source.Put(new { id = "a" });
        var expired = scenario.Source.Expire("a")!;

        var run = await scenario.RunAsync();

        Assert.True(expired.IsExpiry);
        Assert.EndsWith(
            "\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}}]}",
            run.Invocations.Single().RequestJson,
            StringComparison.Ordinal
        );
        Assert.Equal(["INSERT", "REMOVE"], seen!.Records.Select(record => record.EventName));
        Assert.Equal("dynamodb.amazonaws.com", seen.Records[1].UserIdentity.PrincipalId);
        Assert.Null(seen.Records[0].UserIdentity);
    }

    [Fact]
    public async Task E21_values_of_every_type()
    {
        DynamoDBEvent? seen = null;
        await using var scenario = Orders((DynamoDBEvent input) => seen = input);
        _ = scenario.Host;
        scenario.Source.Put(
            new Dictionary<string, object?>
            {
                ["id"] = "ä\"",
                ["n"] = 1.50m,
                ["big"] = 1e21,
                ["small"] = -0.00025,
                ["b"] = "foobar"u8.ToArray(),
                ["yes"] = true,
                ["none"] = null,
                ["map"] = new { x = 1, y = new[] { "p" } },
                ["list"] = new object?[] { 1, "two", null, false },
                ["texts"] = new HashSet<string> { "b", "a" },
                ["numbers"] = new SortedSet<int> { 2, 1 },
                ["when"] = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                ["day"] = DayOfWeek.Tuesday,
            }
        );

        var run = await scenario.RunAsync();

        Assert.Contains(
            Json(
                "'NewImage':{'id':{'S':'ä\\''},'n':{'N':'1.5'},'big':{'N':'1000000000000000000000'},'small':{'N':'-0.00025'},'b':{'B':'Zm9vYmFy'},'yes':{'BOOL':true},"
                    + "'none':{'NULL':true},'map':{'M':{'x':{'N':'1'},'y':{'L':[{'S':'p'}]}}},'list':{'L':[{'N':'1'},{'S':'two'},{'NULL':true},{'BOOL':false}]},"
                    + "'texts':{'SS':['a','b']},'numbers':{'NS':['1','2']},'when':{'S':'2026-01-02T03:04:05+00:00'},'day':{'N':'2'}},"
            ),
            run.Invocations.Single().RequestJson,
            StringComparison.Ordinal
        );
        var image = seen!.Records.Single().Dynamodb.NewImage;
        Assert.Equal("foobar"u8.ToArray(), image["b"].B.ToArray());
        Assert.Equal(["a", "b"], image["texts"].SS);
        Assert.Equal("1", image["map"].M["x"].N);
    }
}
