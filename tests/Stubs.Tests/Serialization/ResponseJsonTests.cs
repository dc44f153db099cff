using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;
using DynamoDBResponses = Amazon.Lambda.DynamoDBEvents;

namespace AtLeastOnce.Stubs.Tests.Serialization;

/// <summary>The response JSON that Lambda judges, byte for byte .</summary>
public class ResponseJsonTests
{
    public static TheoryData<ILambdaSerializer> Serializers =>
        [new DefaultLambdaJsonSerializer(), new CamelCaseLambdaJsonSerializer(), new SourceGeneratorLambdaJsonSerializer<FunctionJsonContext>()];

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_new_sqs_response_reports_none(ILambdaSerializer serializer) =>
        Assert.Equal("""{"batchItemFailures":[]}""", serializer.Write(new SQSBatchResponse()));

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_failed_message_is_named(ILambdaSerializer serializer) =>
        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"059f36b4"}]}""",
            serializer.Write(new SQSBatchResponse([new() { ItemIdentifier = "059f36b4" }]))
        );

    [Theory]
    [MemberData(nameof(Serializers))]
    public void An_identifier_that_is_null_is_left_out(ILambdaSerializer serializer) =>
        Assert.Equal("""{"batchItemFailures":[{}]}""", serializer.Write(new SQSBatchResponse([new()])));

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_failure_that_is_null_is_written(ILambdaSerializer serializer) =>
        Assert.Equal("""{"batchItemFailures":[null]}""", serializer.Write(new SQSBatchResponse([null])));

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_list_that_is_null_is_left_out(ILambdaSerializer serializer) => Assert.Equal("{}", serializer.Write(new SQSBatchResponse(null)));

    [Theory]
    [MemberData(nameof(Serializers))]
    public void No_response_is_null(ILambdaSerializer serializer) => Assert.Equal("null", serializer.Write<SQSBatchResponse?>(null));

    [Fact]
    public void A_new_stream_response_is_empty()
    {
        var serializer = new DefaultLambdaJsonSerializer();

        Assert.Equal("{}", serializer.Write(new StreamsEventResponse()));
        Assert.Equal("{}", serializer.Write(new DynamoDBResponses.StreamsEventResponse()));
    }

    [Fact]
    public void A_failed_stream_record_is_named()
    {
        var serializer = new DefaultLambdaJsonSerializer();

        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"4959"}]}""",
            serializer.Write(new StreamsEventResponse { BatchItemFailures = [new() { ItemIdentifier = "4959" }] })
        );
        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"4421"}]}""",
            serializer.Write(new DynamoDBResponses.StreamsEventResponse { BatchItemFailures = [new() { ItemIdentifier = "4421" }] })
        );
    }

    [Fact]
    public void A_new_window_response_has_no_state()
    {
        var serializer = new DefaultLambdaJsonSerializer();

        Assert.Equal("{}", serializer.Write(new KinesisTimeWindowResponse()));
        Assert.Equal("{}", serializer.Write(new DynamoDBResponses.DynamoDBTimeWindowResponse()));
    }

    [Fact]
    public void A_windows_state_is_written_as_text()
    {
        Assert.Equal(
            """{"state":{"1":"282","2":"715"},"batchItemFailures":[]}""",
            new DefaultLambdaJsonSerializer().Write(
                new KinesisTimeWindowResponse
                {
                    State = new() { ["1"] = "282", ["2"] = "715" },
                    BatchItemFailures = [],
                }
            )
        );
        Assert.Equal(
            """{"state":{"Total":"3"}}""",
            new SourceGeneratorLambdaJsonSerializer<WindowJsonContext>().Write(new KinesisTimeWindowResponse { State = new() { ["Total"] = "3" } })
        );
    }

    [Fact]
    public void Members_are_written_as_declared_and_in_camel_case_where_that_is_asked_for()
    {
        var own = new OwnResponse("x", [1], null);

        Assert.Equal("""{"BatchItemFailures":"x","Bytes":[1],"x-amz-id-2":"id"}""", new DefaultLambdaJsonSerializer().Write(own with { XAmzId2 = "id" }));
        Assert.Equal("""{"batchItemFailures":"x","bytes":[1]}""", new CamelCaseLambdaJsonSerializer().Write(own));
#pragma warning disable CS0618 // The obsolete serializer is part of the look-alike.
        Assert.Equal("""{"batchItemFailures":"x","bytes":[1]}""", new LambdaJsonSerializer().Write(own));
#pragma warning restore CS0618
    }

    [Fact]
    public void Options_can_be_customized_but_the_writers_are_a_copy()
    {
        var serializer = new DefaultLambdaJsonSerializer(options => options.PropertyNamingPolicy = null, writer => writer.Indented = true);

        Assert.Equal("""{"BatchItemFailures":"x","XAmzId2":"id"}""", serializer.Write(new OwnResponse("x", null, "id")));
    }

    [Fact]
    public void Text_is_not_escaped_more_than_json_asks_for() => Assert.Equal("\"<é&+>\"", new DefaultLambdaJsonSerializer().Write("<é&+>"));

    [Fact]
    public void A_type_missing_from_the_context_fails_when_it_is_written()
    {
        var serializer = new SourceGeneratorLambdaJsonSerializer<FunctionJsonContext>();

        var failure = Assert.Throws<JsonSerializerException>(() => serializer.Write(new StreamsEventResponse()));

        Assert.Equal(
            "Error converting the response object of type Amazon.Lambda.KinesisEvents.StreamsEventResponse from the Lambda function to JSON: "
                + "No JsonTypeInfo registered in AtLeastOnce.Stubs.Tests.Serialization.FunctionJsonContext for type Amazon.Lambda.KinesisEvents.StreamsEventResponse.",
            failure.Message
        );
        Assert.IsType<JsonSerializerException>(failure.InnerException);
    }

    [Fact]
    public void What_cannot_be_written_fails_with_the_serializers_own_exception()
    {
        var failure = Assert.Throws<JsonSerializerException>(() => new DefaultLambdaJsonSerializer().Write(new Cyclic()));

        Assert.StartsWith(
            $"Error converting the response object of type {typeof(Cyclic).FullName} from the Lambda function to JSON: ",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    private sealed record OwnResponse(string BatchItemFailures, byte[]? Bytes, string? XAmzId2);

    private sealed class Cyclic
    {
        public Cyclic Self => this;
    }
}
