using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>A resource as a value: what a reference to it without an attribute gives.</summary>
/// <param name="address">Its address.</param>
/// <param name="attribute">Gives an attribute, for a reference between two offsets.</param>
/// <param name="isAnyOf">Whether it stands for a number of resources that is not known.</param>
internal sealed class InstanceNode(string address, Func<string, int, int, Resolution> attribute, bool isAnyOf) : YamlNode(0, 0, null)
{
    /// <summary>Its address.</summary>
    public string Address { get; } = address;

    /// <summary>Whether it stands for a number of resources that is not known.</summary>
    public bool IsAnyOf { get; } = isAnyOf;

    /// <inheritdoc/>
    public override long Size => 1;

    /// <inheritdoc/>
    public override int Depth => 0;

    /// <summary>What an attribute of it gives.</summary>
    /// <param name="name">The attribute.</param>
    /// <param name="start">Offset of the reference.</param>
    /// <param name="end">Offset after it.</param>
    public Resolution Attribute(string name, int start, int end) => attribute(name, start, end);

    /// <summary>One of them.</summary>
    public InstanceNode AsOne() => new(Address, attribute, false);

    /// <inheritdoc/>
    protected override YamlNode CopyAt(int start, int end) => this;
}
