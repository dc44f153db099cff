using AtLeastOnce.Deployment.Readers.CloudFormation;

namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>A resource type of Terraform's provider for AWS: what it is for AWS.</summary>
/// <param name="Name">The type: <c>aws_sqs_queue</c>.</param>
/// <param name="AwsType">AWS's own name: <c>AWS::SQS::Queue</c>.</param>
/// <param name="Properties">How its properties are made.</param>
internal sealed record TerraformType(string Name, string AwsType, IReadOnlyList<PropertyRule> Properties)
{
    /// <summary>What <see cref="Identities"/> says of an attribute that is the name, and not an attribute of its own.</summary>
    private const string Itself = "";

    /// <summary>The attributes that name the resource, by what they are for AWS.</summary>
    public IReadOnlyDictionary<string, string> Identities { get; init; } = Arn;

    /// <summary>What attributes are that are left out, as far as others may use them.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();

    /// <summary>Only an ARN.</summary>
    public static IReadOnlyDictionary<string, string> Arn { get; } = new Dictionary<string, string> { ["arn"] = "Arn" };

    /// <summary>The ARN, which is the id too, and a name.</summary>
    public static Dictionary<string, string> ArnIsId(string name) =>
        new Dictionary<string, string>
        {
            ["arn"] = "Arn",
            ["id"] = "Arn",
            [name] = Itself,
        };

    /// <summary>An ARN, and the name, which is the id too.</summary>
    public static Dictionary<string, string> NameIsId(string name) =>
        new Dictionary<string, string>
        {
            ["arn"] = "Arn",
            ["id"] = Itself,
            [name] = Itself,
        };

    /// <summary>The piece of text that an attribute of a resource is, if it names the resource.</summary>
    /// <param name="address">The resource.</param>
    /// <param name="attribute">The attribute.</param>
    public Segment? IdentityOf(string address, string attribute) =>
        !Identities.TryGetValue(attribute, out var property) ? null
        : property == Itself ? new(SegmentKind.Reference, address)
        : new(SegmentKind.Attribute, address + "." + property);
}
