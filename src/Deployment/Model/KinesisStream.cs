using AtLeastOnce.Deployment.Aws;

namespace AtLeastOnce.Deployment.Model;

/// <summary>A Kinesis data stream.</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class KinesisStream(string logicalId) : Resource(logicalId)
{
    /// <summary>The mode with a fixed number of shards.</summary>
    public const string Provisioned = "PROVISIONED";

    /// <summary>The mode in which Kinesis itself sets the number of shards.</summary>
    public const string OnDemand = "ON_DEMAND";

    /// <summary>The deployed name; missing when CloudFormation makes one up.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary><see cref="Provisioned"/> or <see cref="OnDemand"/>; missing where neither the mode nor a number of shards is written.</summary>
    public Setting<string> Mode { get; init; } = Setting<string>.Missing();

    /// <summary>The number of shards; missing where Kinesis sets it.</summary>
    public Setting<int> ShardCount { get; init; } = Setting<int>.Missing();

    /// <summary>Hours for which a record can be read; after them it vanishes without a trace (B-42).</summary>
    public Setting<int> RetentionHours { get; init; } = Setting<int>.Default(Defaults.KinesisRetentionHours);
}

/// <summary>A consumer of a stream with throughput of its own (enhanced fan-out, B-30).</summary>
/// <param name="logicalId">The name by which the file knows it.</param>
internal sealed class StreamConsumer(string logicalId) : Resource(logicalId)
{
    /// <summary>The consumer's name.</summary>
    public Setting<string> Name { get; init; } = Setting<string>.Missing();

    /// <summary>The stream it reads.</summary>
    public ResourceLink Stream { get; init; } = ResourceLink.Unknown("no stream is given");
}
