using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Aws.Filters;

/// <summary>What is said never to match matches no record, and what matches a record is never said to match none.</summary>
public sealed class PatternObstacleTests
{
    private const string Head =
        "\"eventID\":\"1\",\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"eu-west-1\",\"eventSourceARN\":\"arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/s\"";
    private const string Item =
        "{\"id\":{\"S\":\"a\"},\"total\":{\"N\":\"101\"},\"on\":{\"BOOL\":true},\"tags\":{\"SS\":[\"x\",\"y\"]},\"address\":{\"M\":{\"city\":{\"S\":\"Bonn\"}}},\"lines\":{\"L\":[{\"S\":\"l\"},{\"N\":\"2\"}]},\"a.b\":{\"S\":\"dotted\"}}";

    private static readonly JsonValue[] Records =
    [
        .. new[]
        {
            Record("INSERT", $",\"NewImage\":{Item}"),
            Record("MODIFY", $",\"NewImage\":{Item},\"OldImage\":{Item}"),
            Record("REMOVE", $",\"OldImage\":{Item}", ",\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}"),
        }.Select(json => JsonReader.ReadOrNull(json)!),
    ];

    private static readonly IReadOnlyList<RecordForm> Forms = RecordForms.Of(new EventSourceMapping("m", EventSourceKind.DynamoDb), null);

    private static string Record(string name, string images, string more = "") =>
        $"{{{Head},\"eventName\":\"{name}\",\"dynamodb\":{{\"ApproximateCreationDateTime\":1700000000.0,\"Keys\":{{\"id\":{{\"S\":\"a\"}}}}{images},\"SequenceNumber\":\"111\",\"SizeBytes\":26,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}{more}}}";

    private static FilterPattern Parse(string text)
    {
        Assert.True(FilterPattern.TryParse(text, out var pattern, out _));
        return pattern;
    }

    [Theory]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[{\"numeric\":[\">\",100]}]}}}}", ObstacleKind.NumberIsText)]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[101]}}}}", ObstacleKind.NumberIsText)]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"id\":[\"a\"]}}}", ObstacleKind.NoAttributeType)]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"a\":{\"b\":[\"dotted\"]}}}}", ObstacleKind.NoAttributeType)]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"address\":{\"M\":[{\"exists\":true}]}}}}", ObstacleKind.NoAttributeType)]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"lines\":{\"L\":[\"l\"]}}}}", ObstacleKind.NoAttributeType)]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"lines\":{\"L\":{\"S\":[\"l\"],\"N\":[\"2\"]}}}}}", ObstacleKind.SeveralAttributeTypes)]
    [InlineData("{\"dynamodb\":[{\"exists\":true}]}", ObstacleKind.IsObject)]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"on\":{\"BOOL\":[\"true\"]}}}}", ObstacleKind.OtherKind)]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"on\":{\"NULL\":[false]}}}}", ObstacleKind.OtherValue)]
    [InlineData("{\"eventName\":[{\"prefix\":\"DEL\"}]}", ObstacleKind.OtherValue)]
    [InlineData("{\"eventName\":[{\"anything-but\":[\"INSERT\",\"MODIFY\",\"REMOVE\"]}]}", ObstacleKind.OtherValue)]
    [InlineData("{\"eventName\":[{\"exists\":false}]}", ObstacleKind.IsAlwaysThere)]
    [InlineData("{\"eventName\":{\"inner\":[\"INSERT\"]}}", ObstacleKind.NoSuchField)]
    [InlineData("{\"eventname\":[\"INSERT\"]}", ObstacleKind.NoSuchField)]
    [InlineData("{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"OldImage\":{\"id\":{\"S\":[\"a\"]}}}}", ObstacleKind.NoSuchField)]
    [InlineData("{\"eventName\":[\"INSERT\"],\"$or\":[{\"body\":[\"a\"]},{\"data\":[\"a\"]}]}", ObstacleKind.NoSuchField)]
    internal void What_never_matches_matches_no_record(string text, ObstacleKind kind)
    {
        var pattern = Parse(text);
        Assert.Equal(kind, pattern.ObstacleIn(Forms)?.Kind);
        Assert.DoesNotContain(Records, pattern.Matches);
    }

    [Theory]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[\"101\"]}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"total\":{\"N\":[{\"anything-but\":[5]}]}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"a\":{\"b\":{\"S\":[\"dotted\"]}}}}}")]
    [InlineData("{\"dynamodb.NewImage.address.M.city.S\":[{\"prefix\":\"B\"}]}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"lines\":{\"L\":{\"N\":[\"2\"]}}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"tags\":{\"SS\":[\"y\"]}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"id\":{\"S\":[\"a\"],\"N\":[{\"exists\":false}]}}}}")]
    [InlineData("{\"dynamodb\":{\"NewImage\":{\"id\":[{\"exists\":false}]}}}")]
    [InlineData("{\"dynamodb\":[{\"exists\":false}]}")]
    [InlineData("{\"dynamodb\":{\"ApproximateCreationDateTime\":[{\"numeric\":[\">\",1]}]}}")]
    [InlineData("{\"eventName\":{\"inner\":[{\"exists\":false}]}}")]
    [InlineData("{\"body\":{\"kind\":[{\"exists\":false}]}}")]
    [InlineData("{\"eventName\":[null,{\"equals-ignore-case\":\"insert\"}]}")]
    [InlineData("{\"eventName\":[\"REMOVE\"],\"userIdentity\":{\"type\":[\"Service\"]},\"dynamodb\":{\"NewImage\":{\"id\":{\"S\":[{\"exists\":false}]}}}}")]
    public void What_matches_a_record_may_match(string text)
    {
        var pattern = Parse(text);
        Assert.Null(pattern.ObstacleIn(Forms));
        Assert.Contains(Records, pattern.Matches);
    }

    [Fact]
    public void Of_a_source_whose_records_are_not_known_nothing_is_said() =>
        Assert.Null(Parse("{\"nothing\":[1]}").ObstacleIn(RecordForms.Of(new EventSourceMapping("m", EventSourceKind.Other), null)));
}
