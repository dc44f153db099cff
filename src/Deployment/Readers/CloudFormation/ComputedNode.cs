using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>A node whose value another dialect has already worked out: an expression of its own language.</summary>
/// <param name="start">Offset of the first character.</param>
/// <param name="end">Offset after the last.</param>
/// <param name="value">What it can be.</param>
internal sealed class ComputedNode(int start, int end, Resolution value) : YamlNode(start, end, null)
{
    /// <summary>What it can be.</summary>
    public Resolution Value { get; } = value;

    /// <inheritdoc/>
    public override long Size => 1;

    /// <inheritdoc/>
    public override int Depth { get; } = value.Alternatives.Aggregate(0, (depth, alternative) => Math.Max(depth, alternative.Node?.Depth ?? 0));

    /// <inheritdoc/>
    protected override YamlNode CopyAt(int start, int end) => new ComputedNode(start, end, Value);
}
