using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>
/// A resource of a configuration or of a plan: a block with attributes. An attribute is an entry; blocks of one type are an entry with a list of mappings.
/// </summary>
/// <param name="Address">The address: <c>aws_sqs_queue.orders</c>, <c>aws_sqs_queue.orders["eu"]</c>.</param>
/// <param name="Type">The type: <c>aws_sqs_queue</c>.</param>
/// <param name="Start">Offset of what declares it.</param>
/// <param name="HeadEnd">Offset after that.</param>
/// <param name="Body">The attributes and blocks by their names in Terraform.</param>
/// <param name="Condition">What decides whether it is deployed at all, or null.</param>
internal sealed record TerraformResource(string Address, string Type, int Start, int HeadEnd, YamlMapping Body, string? Condition)
{
    /// <summary>Why nothing can be known of it, or null.</summary>
    public string? WhyUnknown { get; init; }

    /// <summary>The resource that a node refers to, by its address; null if it is no reference to one.</summary>
    public static string? AddressIn(YamlNode? node) =>
        node is not null && Evaluation.Values.Of(node) is { Alternatives: [{ Text: { } text }] } ? AddressIn(text) : null;

    private static string? AddressIn(SymbolicText text) =>
        text.Segments switch
        {
            [{ Kind: SegmentKind.Reference, Text: var address }] => address,
            [{ Kind: SegmentKind.Attribute, Text: var attribute }] => attribute.Substring(0, attribute.LastIndexOf('.')),
            _ => null,
        };
}
