using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.ServerlessFramework;

public sealed class MappingTests
{
    private const string Arn = "arn:aws:sqs:eu-west-1:123456789012:orders-far";

    [Theory]
    [InlineData("sqs: !GetAtt Q.Arn", "Q")]
    [InlineData("sqs: { arn: !GetAtt Q.Arn }", "Q")]
    [InlineData("sqs: { arn: { 'Fn::GetAtt': [Q, Arn] } }", "Q")]
    [InlineData("sqs: { arn: !Sub '${Q.Arn}' }", "Q")]
    [InlineData("sqs: { arn: { 'Fn::Join': [':', [arn, aws, sqs, !Ref 'AWS::Region', !Ref 'AWS::AccountId', orders]] } }", "Q")]
    [InlineData("sqs: " + Arn, Arn)]
    [InlineData("sqs: { arn: '" + Arn + "' }", Arn)]
    public void The_queue_is_found(string entry, string source)
    {
        var mapping = Services.ReadEvent(entry);
        Assert.Equal((source, EventSourceKind.Sqs), (mapping.Source.ToString(), mapping.Kind));
        Assert.Equal("10 (default)", mapping.BatchSize.ToString());
        Assert.Equal("0 (default)", mapping.MaximumBatchingWindow.ToString());
        Assert.Equal("True (default)", mapping.Enabled.ToString());
        Assert.False(mapping.ReportBatchItemFailures.Single());
        Assert.True(mapping.IsFunctionEvent);
        Assert.True(mapping.StartingPosition.IsMissing);
        Assert.Equal("work.sqs", mapping.DisplayName);
    }

    [Theory]
    [InlineData("sqs: !GetAtt Q.Arn", "WorkEventSourceMappingSQSQ")]
    [InlineData("sqs: " + Arn, "WorkEventSourceMappingSQSOrdersfar")]
    [InlineData("sqs: { arn: { 'Fn::ImportValue': far-queue } }", "WorkEventSourceMappingSQSFarqueue")]
    [InlineData("sqs: { arn: { 'Fn::Join': [':', [arn, '${self:service}-q']] } }", "WorkEventSourceMappingSQSShopq")]
    [InlineData("sqs: 'arn:aws:sqs:${aws:region}:${aws:accountId}:${self:service}-q'", "WorkEventSourceMappingSQSShopq")]
    [InlineData("stream: 'arn:aws:kinesis:${aws:region}:${aws:accountId}:stream/${self:service}-s'", "WorkEventSourceMappingKinesisShops")]
    [InlineData("stream: { type: kinesis, arn: !GetAtt S.Arn }", "WorkEventSourceMappingKinesisS")]
    [InlineData("stream: { type: dynamodb, arn: { 'Fn::GetAtt': [T, StreamArn] } }", "WorkEventSourceMappingDynamodbT")]
    [InlineData("stream: arn:aws:dynamodb:eu-west-1:123456789012:table/items/stream/1970", "WorkEventSourceMappingDynamodbItems")]
    [InlineData("kafka: { topic: t, bootstrapServers: [b] }", "WorkEventSourceMappingKafka1")]
    public void Logical_ids_are_those_of_the_framework(string entry, string id) => Assert.Equal(id, Services.ReadEvent(entry).LogicalId);

    [Fact]
    public void A_queue_has_its_settings()
    {
        var mapping = Services.ReadEvent(
            "sqs: { arn: !GetAtt Q.Arn, batchSize: 100, maximumBatchingWindow: 5, functionResponseType: ReportBatchItemFailures, maximumConcurrency: 7, "
                + "enabled: false, filterPatterns: [{ body: { kind: [order, !Ref Nowhere] } }, { body: { n: [{ numeric: ['>', 5] }], f: [true, null] } }] }"
        );
        Assert.Equal(
            (100, 5, 7, false),
            (mapping.BatchSize.Single(), mapping.MaximumBatchingWindow.Single(), mapping.MaximumConcurrency.Single(), mapping.Enabled.Single())
        );
        Assert.True(mapping.ReportBatchItemFailures.Single());
        var patterns = mapping.Filters.Single()!.Patterns;
        Assert.Equal("'Nowhere' is not declared in the template", patterns[0].WhyUnknown);
        Assert.Equal("""{"body":{"n":[{"numeric":[">",5]}],"f":[true,null]}}""", patterns[1].Single());
    }

    [Theory]
    [InlineData("{ min: 2, max: 9 }", 2, 9)]
    [InlineData("{ max: 9 }", null, 9)]
    [InlineData("false", null, null)]
    public void Provisioned_pollers_are_read(string pollers, int? minimum, int? maximum)
    {
        var mapping = Services.ReadEvent($"sqs: {{ arn: !GetAtt Q.Arn, provisionedPollers: {pollers} }}");
        Assert.Equal((minimum, maximum), (mapping.MinimumPollers.Single(), mapping.MaximumPollers.Single()));
        Assert.Equal(minimum is null, mapping.MinimumPollers.IsMissing);
    }

    [Theory]
    [InlineData("batchSize: 0")]
    [InlineData("maximumConcurrency: 0")]
    public void X40_zero_is_taken_for_not_written(string setting)
    {
        var mapping = Services.ReadEvent($"sqs: {{ arn: !GetAtt Q.Arn, {setting} }}");
        Assert.Equal("10 (default)", mapping.BatchSize.ToString());
        Assert.True(mapping.MaximumConcurrency.IsMissing);
    }

    [Theory]
    [InlineData("batchSize: '${ssm:/b}'")]
    [InlineData("batchSize: '${opt:b}'")]
    public void What_is_looked_up_is_unknown(string setting) =>
        Assert.Equal(SettingState.Unknown, Services.ReadEvent($"sqs: {{ arn: !GetAtt Q.Arn, {setting} }}").BatchSize.State);

    [Fact]
    public void X40_a_stream_has_the_defaults_of_the_framework()
    {
        var mapping = Services.ReadEvent("stream: { type: kinesis, arn: !GetAtt S.Arn }");
        Assert.Equal("S", mapping.Source.LogicalId);
        Assert.Equal(("10 (default)", "TRIM_HORIZON (default)"), (mapping.BatchSize.ToString(), mapping.StartingPosition.ToString()));
        Assert.Equal(("-1 (default)", "1 (default)"), (mapping.MaximumRetryAttempts.ToString(), mapping.ParallelizationFactor.ToString()));
        Assert.True(mapping.OnFailure.IsMissing);

        // A mapping among the resources is CloudFormation's.
        var model = Services.ReadFunction(
            "events: []",
            "    M: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref WorkLambdaFunction, EventSourceArn: !GetAtt S.Arn } }\n"
        );
        Assert.Equal("100 (default)", Assert.Single(model.Mappings).BatchSize.ToString());
        Assert.True(model.Mappings[0].StartingPosition.IsMissing);
        Assert.False(model.Mappings[0].IsFunctionEvent);
    }

    [Theory]
    [InlineData("stream: arn:aws:kinesis:eu-west-1:123456789012:stream/s", EventSourceKind.Kinesis)]
    [InlineData("stream: { arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/1' }", EventSourceKind.DynamoDb)]
    [InlineData("stream: { type: dynamodb, arn: '${ssm:/t}' }", EventSourceKind.DynamoDb)]
    [InlineData("stream: { arn: !GetAtt S.Arn }", EventSourceKind.Kinesis)]
    [InlineData("stream: '${ssm:/t}'", EventSourceKind.Unknown)]
    [InlineData("msk: { arn: 'arn:aws:kafka:x', topic: t }", EventSourceKind.Other)]
    [InlineData("activemq: { queue: q }", EventSourceKind.Other)]
    internal void The_kind_of_a_source_is_told(string entry, EventSourceKind kind) => Assert.Equal(kind, Services.ReadEvent(entry).Kind);

    [Theory]
    [InlineData("onFailure: !GetAtt Q.Arn", "Q")]
    [InlineData("onFailure: { arn: !GetAtt Q.Arn, type: sqs }", "Q")]
    [InlineData("onFailure: " + Arn, Arn)]
    [InlineData("onFailure: ~", null)]
    public void Where_records_go_that_are_given_up(string destination, string? target) =>
        Assert.Equal(
            target,
            Services.ReadEvent($"stream: {{ type: kinesis, arn: !GetAtt S.Arn, destinations: {{ {destination} }} }}").OnFailure.Single()?.ToString()
        );

    [Theory]
    [InlineData("true", "WorkSConsumerStreamConsumer")]
    [InlineData("!Ref C", "C")]
    [InlineData("!GetAtt C.ConsumerARN", "C")]
    [InlineData("False", null)]
    public void A_consumer_leads_to_its_stream(string consumer, string? id)
    {
        var mapping = Services.ReadEvent(
            $"stream: {{ type: kinesis, arn: !GetAtt S.Arn, consumer: {consumer} }}",
            "    C: { Type: AWS::Kinesis::StreamConsumer, Properties: { ConsumerName: c, StreamARN: !GetAtt S.Arn } }\n"
        );
        Assert.Equal("S", mapping.Source.LogicalId);
        Assert.Equal(id, mapping.Consumer.Single()?.LogicalId);
    }

    [Fact]
    public void Several_events_of_a_type_are_numbered()
    {
        var model = Services.ReadFunction($"events: [sqs: !GetAtt Q.Arn, http: GET /, sqs: {Arn}, stream: {{ type: kinesis, arn: !GetAtt S.Arn }}]");
        Assert.Equal(["work.sqs[0]", "work.sqs[1]", "work.stream"], model.Mappings.Select(mapping => mapping.DisplayName));
        Assert.False(model.Functions[0].HasUnreadEvents);
        Assert.Equal(3, model.MappingsOf(model.Functions[0]).Count());
    }

    [Theory]
    [InlineData("sqs: '${file(a.yml):one}', sqs: '${file(a.yml):other}'", 2)]
    [InlineData("sqs: '${ssm:/one}', sqs: '${ssm:/other}'", 2)]
    [InlineData("sqs: !GetAtt Q.Arn, sqs: { arn: !GetAtt Q.Arn, batchSize: 3 }", 1)]
    public void Events_with_one_id_are_one_mapping(string events, int expected) =>
        Assert.Equal(expected, Services.ReadFunction($"events: [{events}]").Mappings.Count);

    [Theory]
    [InlineData("events: [http: { path: x, method: get }, httpApi: '*', websocket: $connect, alexaSkill]", false)]
    [InlineData("events: [newThing: { x: 1 }]", true)]
    [InlineData("events: [newThing]", true)]
    [InlineData("events: '${file(events.yml)}'", true)]
    [InlineData("events: ['${file(event.yml)}']", true)]
    [InlineData("events: { sqs: x }", true)]
    [InlineData("events: ~", false)]
    public void Events_that_are_not_understood_are_told(string events, bool hasUnread) =>
        Assert.Equal(hasUnread, Assert.Single(Services.ReadFunction(events).Functions).HasUnreadEvents);
}
