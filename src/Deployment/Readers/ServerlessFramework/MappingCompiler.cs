using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.ServerlessFramework;

/// <summary>Makes event source mappings of a function's events, and lets the framework's role read their sources.</summary>
internal sealed class MappingCompiler(ServiceFile service, ServiceFunction function, string target, ExecutionRole role)
{
    private static readonly string[] OfQueue = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
    private static readonly string[] OfTable = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream", "dynamodb:ListStreams"];
    private static readonly string[] OfStream = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:ListStreams"];
    private static readonly string[] OfConsumedStream =
    [
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:DescribeStreamSummary",
        "kinesis:ListShards",
    ];

    /// <summary>The mapping of an <c>sqs</c> event.</summary>
    public IEnumerable<TemplateResource> Queue(ServiceEvent written)
    {
        var body = written.Body;
        var arn = ArnOf(written);
        if (arn is not null)
            role.Allow(written.Key, OfQueue, arn);
        var name = arn is null ? "" : service.SourceNameOf(arn, ':');
        yield return Mapping(
            written,
            Naming.QueueMapping(function.Name, name),
            EventSourceKind.Sqs,
            arn,
            [
                Made.Renamed(body, "maximumBatchingWindow", "MaximumBatchingWindowInSeconds"),
                Made.RenamedUnlessZero(body, "maximumConcurrency", "ScalingConfig") is { } limit
                    ? new(limit.Key, Made.Mapping(limit.Value, Made.Renamed(body, "maximumConcurrency", "MaximumConcurrency")))
                    : null,
                Made.Wrapped(body, "provisionedPollers", "ProvisionedPollerConfig", Pollers),
            ]
        );
    }

    /// <summary>The mapping of a <c>stream</c> event, and the consumer that the framework makes for it.</summary>
    public IEnumerable<TemplateResource> Stream(ServiceEvent written)
    {
        var body = written.Body;
        var arn = ArnOf(written);
        var type = service.TextOf(body?["type"]?.Value) ?? (arn is null ? null : Arn.ServiceOf(service.SymbolicTextOf(arn)));
        EventSourceKind? kind = type switch
        {
            "dynamodb" => EventSourceKind.DynamoDb,
            "kinesis" => EventSourceKind.Kinesis,
            _ => null,
        };
        var name = arn is null ? "" : service.SourceNameOf(arn, '/');
        var source = arn;
        var consumer = kind == EventSourceKind.Kinesis ? body?["consumer"] : null;
        if (consumer is not null && service.FlagOf(consumer.Value) == false)
            consumer = null;
        if (consumer is not null && arn is not null && service.FlagOf(consumer.Value) == true)
        {
            var made = Consumer(written, consumer, arn, name);
            source = Made.Reference(consumer.Value, made.LogicalId);
            yield return made;
        }
        else if (consumer is not null)
        {
            source = consumer.Value;
        }

        AllowReading(written, kind, consumer is not null, arn);
        yield return Mapping(
            written,
            Naming.Mapping(function.Name, type ?? "", name),
            kind,
            source,
            [
                Made.Renamed(body, "batchWindow", "MaximumBatchingWindowInSeconds"),
                Made.Renamed(body, "startingPosition", "StartingPosition"),
                Made.Renamed(body, "startingPositionTimestamp", "StartingPositionTimestamp"),
                Made.RenamedUnlessZero(body, "parallelizationFactor", "ParallelizationFactor"),
                Made.Renamed(body, "maximumRetryAttempts", "MaximumRetryAttempts"),
                Made.RenamedUnlessZero(body, "maximumRecordAgeInSeconds", "MaximumRecordAgeInSeconds"),
                Made.Renamed(body, "bisectBatchOnFunctionError", "BisectBatchOnFunctionError"),
                Made.Renamed(body, "tumblingWindowInSeconds", "TumblingWindowInSeconds"),
                Made.Wrapped(body, "destinations", "DestinationConfig", Destinations),
            ]
        );
    }

    /// <summary>The mapping of a broker's event.</summary>
    public TemplateResource Other(ServiceEvent written)
    {
        var arn = ArnOf(written);
        return Mapping(
            written,
            FormattableString.Invariant($"{Naming.Mapping(function.Name, written.Key.Value, "")}{written.Number}"),
            EventSourceKind.Other,
            arn,
            [
                Made.Renamed(written.Body, "maximumBatchingWindow", "MaximumBatchingWindowInSeconds"),
                Made.Renamed(written.Body, "startingPosition", "StartingPosition"),
            ]
        );
    }

    private static YamlNode? ArnOf(ServiceEvent written) => written.Body is null ? written.Value : written.Body["arn"]?.Value;

    private TemplateResource Mapping(ServiceEvent written, string id, EventSourceKind? kind, YamlNode? source, YamlEntry?[] settings)
    {
        var (key, body) = (written.Key, written.Body);
        var properties = Made.Mapping(
            written.Value,
            [
                source is null ? null : Made.Entry(body?["arn"]?.Key ?? key, "EventSourceArn", source),
                Made.Entry(key, "FunctionName", Made.Reference(key, target)),
                Made.Renamed(body, "enabled", "Enabled"),
                Made.RenamedUnlessZero(body, "batchSize", "BatchSize"),
                Made.Wrapped(body, "functionResponseType", "FunctionResponseTypes", type => Made.List(type, type)),
                Made.Wrapped(body, "filterPatterns", "FilterCriteria", patterns => Made.Mapping(patterns, Made.Entry(patterns, "Filters", Filters(patterns)))),
                .. settings,
            ]
        );
        var origin = new ResourceOrigin(written.Name, body) { SourceKind = kind };
        return Made.Resource(key, id, ResourceTypes.LambdaEventSourceMapping, properties, origin);
    }

    // Without settings it is not provisioned.
    private YamlNode Pollers(YamlNode pollers) =>
        service.MappingOf(pollers) is { } written
            ? Made.Mapping(pollers, Made.Renamed(written, "min", "MinimumPollers"), Made.Renamed(written, "max", "MaximumPollers"))
        : service.FlagOf(pollers) == false ? Made.Mapping(pollers)
        : pollers;

    // Each pattern is written as it is, and becomes JSON.
    private YamlNode Filters(YamlNode patterns) =>
        service.Variables.Collection(patterns, out _) is YamlSequence list
            ? Made.List(patterns, [.. list.Items.Select(item => Made.Mapping(item, Made.Entry(item, "Pattern", service.MappingOf(item) ?? item)))])
            : patterns;

    private YamlNode Destinations(YamlNode destinations)
    {
        if (service.MappingOf(destinations)?["onFailure"] is not { Value: not YamlScalar { IsNull: true } } written)
            return destinations;
        var arn = service.MappingOf(written.Value)?["arn"]?.Value ?? written.Value;
        role.Allow(written.Key, ["sqs:SendMessage", "sns:Publish"], arn);
        return Made.Mapping(destinations, Made.Entry(written.Key, "OnFailure", Made.Mapping(written.Value, Made.Entry(written.Key, "Destination", arn))));
    }

    private TemplateResource Consumer(ServiceEvent written, YamlEntry consumer, YamlNode stream, string streamName)
    {
        var name = Naming.ConsumerName(function.Name, streamName);
        var properties = Made.Mapping(
            consumer.Value,
            Made.Entry(consumer.Key, "ConsumerName", Made.Text(consumer.Value, name)),
            Made.Entry(consumer.Key, "StreamARN", stream)
        );
        return Made.Resource(consumer.Key, Naming.Consumer(name), ResourceTypes.KinesisStreamConsumer, properties, new(written.Name, null));
    }

    private void AllowReading(ServiceEvent written, EventSourceKind? kind, bool hasConsumer, YamlNode? arn)
    {
        if (arn is null)
            return;
        if (kind != EventSourceKind.Kinesis)
            role.Allow(written.Key, OfTable, arn);
        if (kind != EventSourceKind.DynamoDb)
            role.Allow(written.Key, hasConsumer ? OfConsumedStream : OfStream, arn);
    }
}
