using System.Text.Json.Serialization;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisEvents;
using Amazon.Lambda.SQSEvents;

namespace AtLeastOnce.Stubs.Tests.Serialization;

/// <summary>What a function with source-generated serialisation lists. The Kinesis response is forgotten on purpose.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(KinesisEvent))]
[JsonSerializable(typeof(DynamoDBEvent))]
[JsonSerializable(typeof(string))]
internal partial class FunctionJsonContext : JsonSerializerContext;

/// <summary>What a tumbling-window function lists.</summary>
/// <remarks>Apart, because the generator refuses two types that are named alike, as the failures of two responses are.</remarks>
[JsonSerializable(typeof(KinesisTimeWindowResponse))]
internal partial class WindowJsonContext : JsonSerializerContext;
