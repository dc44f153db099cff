using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Tests.Readers.CloudFormation;

public sealed class StreamResourceTests
{
    [Theory]
    [InlineData("{}", "missing", "missing", "24 (default)")]
    [InlineData("{ ShardCount: 3 }", "PROVISIONED (default)", "3", "24 (default)")]
    [InlineData("{ StreamModeDetails: { StreamMode: ON_DEMAND }, RetentionPeriodHours: 168 }", "ON_DEMAND", "missing", "168")]
    [InlineData("{ ShardCount: 1, StreamModeDetails: { StreamMode: PROVISIONED } }", "PROVISIONED", "1", "24 (default)")]
    [InlineData("{ ShardCount: !If [C, 1, !Ref AWS::NoValue] }", "missing", "1", "24 (default)")]
    public void A_stream_has_mode_shards_and_retention(string properties, string mode, string shards, string retention)
    {
        var stream = Assert.Single(Templates.ReadResources($"S: {{ Type: AWS::Kinesis::Stream, Properties: {properties} }}").Streams);
        Assert.Equal((mode, shards, retention), (stream.Mode.ToString(), stream.ShardCount.ToString(), stream.RetentionHours.ToString()));
    }

    [Theory]
    [InlineData("AWS::DynamoDB::Table", "{ StreamSpecification: { StreamViewType: KEYS_ONLY } }", "KEYS_ONLY", "missing", "missing", "missing")]
    [InlineData("AWS::DynamoDB::GlobalTable", "{ StreamSpecification: { StreamViewType: NEW_IMAGE } }", "NEW_IMAGE", "missing", "missing", "missing")]
    [InlineData("AWS::DynamoDB::Table", "{ KeySchema: [{ AttributeName: a, KeyType: HASH }] }", "missing", "a", "missing", "missing")]
    [InlineData(
        "AWS::DynamoDB::Table",
        "{ KeySchema: [{ AttributeName: b, KeyType: RANGE }, { AttributeName: a, KeyType: HASH }] }",
        "missing",
        "a",
        "b",
        "missing"
    )]
    [InlineData("AWS::DynamoDB::Table", "{ TimeToLiveSpecification: { AttributeName: t, Enabled: true } }", "missing", "missing", "missing", "t")]
    [InlineData("AWS::DynamoDB::Table", "{ TimeToLiveSpecification: { AttributeName: t, Enabled: false } }", "missing", "missing", "missing", "missing")]
    [InlineData("AWS::Serverless::SimpleTable", "{}", "missing", "id (default)", "missing", "missing")]
    [InlineData("AWS::Serverless::SimpleTable", "{ PrimaryKey: { Name: k, Type: String } }", "missing", "k", "missing", "missing")]
    public void A_table_has_stream_keys_and_time_to_live(string type, string properties, string view, string partition, string sort, string timeToLive)
    {
        var table = Assert.Single(Templates.ReadResources($"T: {{ Type: {type}, Properties: {properties} }}").Tables);
        Assert.Equal(
            (view, partition, sort, timeToLive),
            (table.StreamViewType.ToString(), table.PartitionKey.ToString(), table.SortKey.ToString(), table.TimeToLiveAttribute.ToString())
        );
    }

    [Fact]
    public void Keys_that_are_made_elsewhere_are_unknown()
    {
        var table = Assert.Single(Templates.ReadResources("T: { Type: AWS::DynamoDB::Table, Properties: { KeySchema: !ImportValue k } }").Tables);
        Assert.Equal("it is imported from another stack", table.PartitionKey.WhyUnknown);
    }

    [Theory]
    [InlineData("!Ref Reader", "S", "Reader")]
    [InlineData("!GetAtt Reader.ConsumerARN", "S", "Reader")]
    [InlineData(
        "arn:aws:kinesis:eu-west-1:123456789012:stream/s/consumer/c:1",
        "arn:aws:kinesis:eu-west-1:123456789012:stream/s",
        "arn:aws:kinesis:eu-west-1:123456789012:stream/s/consumer/c:1"
    )]
    [InlineData("!GetAtt S.Arn", "S", null)]
    [InlineData("!Sub 'arn:aws:kinesis:${AWS::Region}:${AWS::AccountId}:stream/clicks'", "S", null)]
    [InlineData("!Sub 'arn:aws:kinesis:${AWS::Region}:${AWS::AccountId}:stream/${S}'", "S", null)]
    public void A_consumer_leads_to_its_stream(string source, string stream, string? consumer)
    {
        var model = Templates.ReadResources(
            $$"""
            S: { Type: AWS::Kinesis::Stream, Properties: { Name: clicks } }
            Reader: { Type: AWS::Kinesis::StreamConsumer, Properties: { ConsumerName: r, StreamARN: !GetAtt S.Arn } }
            M: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: {{source}} } }
            """
        );
        var mapping = Assert.Single(model.Mappings);
        Assert.Equal((EventSourceKind.Kinesis, stream), (mapping.Kind, mapping.Source.LogicalId ?? mapping.Source.Literal));
        Assert.Equal(consumer ?? "missing", mapping.Consumer.ToString());
        Assert.Equal(100, mapping.BatchSize.Single());
    }

    [Theory]
    [InlineData("!GetAtt T.StreamArn")]
    [InlineData("!Sub 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders/stream/2026-01-01'")]
    [InlineData("!Sub 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${T}/stream/x'")]
    public void A_table_is_found_by_its_streams_ARN(string source)
    {
        var model = Templates.ReadResources(
            "T: { Type: AWS::DynamoDB::Table, Properties: { TableName: orders } }\n"
                + $"M: {{ Type: AWS::Lambda::EventSourceMapping, Properties: {{ EventSourceArn: {source} }} }}"
        );
        Assert.Same(model.Tables[0], model.TableOf(model.Mappings[0]));
        Assert.Null(model.StreamOf(model.Mappings[0]));
        Assert.Equal(86_400, model.StreamRetentionOf(model.Mappings[0]).Single());
    }

    [Fact]
    public void A_stream_keeps_records_for_its_retention()
    {
        var model = Templates.ReadResources(
            """
            S: { Type: AWS::Kinesis::Stream, Properties: { RetentionPeriodHours: 48 } }
            M: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt S.Arn } }
            N: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !ImportValue s } }
            """
        );
        Assert.Equal(172_800, model.StreamRetentionOf(model.Mappings[0]).Single());
        Assert.True(model.StreamRetentionOf(model.Mappings[1]).IsMissing);
    }

    [Fact]
    public void What_a_stream_mapping_leaves_out_has_its_documented_default()
    {
        var model = Templates.ReadResources(
            """
            S: { Type: AWS::Kinesis::Stream }
            Q: { Type: AWS::SQS::Queue }
            M: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt S.Arn } }
            N: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Q.Arn } }
            """
        );
        var (stream, queue) = (model.Mappings[0], model.Mappings[1]);
        Assert.Equal(
            ("1 (default)", "False (default)", "-1 (default)", "-1 (default)", "0 (default)"),
            (
                stream.ParallelizationFactor.ToString(),
                stream.BisectBatchOnFunctionError.ToString(),
                stream.MaximumRetryAttempts.ToString(),
                stream.MaximumRecordAge.ToString(),
                stream.TumblingWindow.ToString()
            )
        );
        Assert.True(stream.StartingPosition.IsMissing);
        Assert.True(stream.OnFailure.IsMissing);
        Assert.True(queue.ParallelizationFactor.IsMissing);
        Assert.True(queue.MaximumRetryAttempts.IsMissing);
    }

    [Theory]
    [InlineData("1700000000", "1700000000")]
    [InlineData("'1700000000.25'", "1700000000.25")]
    [InlineData("1.7e9", "1700000000")]
    [InlineData("tomorrow", "unknown: 'tomorrow' is no number")]
    [InlineData("NaN", "unknown: 'NaN' is no number")]
    public void A_starting_time_is_seconds_with_a_fraction(string written, string expected)
    {
        var model = Templates.ReadResources($"M: {{ Type: AWS::Lambda::EventSourceMapping, Properties: {{ StartingPositionTimestamp: {written} }} }}");
        Assert.Equal(expected, model.Mappings[0].StartingPositionTimestamp.ToString());
    }
}
