using AtLeastOnce.Deployment.Readers.CloudFormation;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>The names that an expression may use beside those of its module: <c>each</c>, <c>count</c>, the variables of a <c>for</c>.</summary>
internal sealed class HclScope
{
    private readonly HclScope? outer;
    private readonly string name;
    private readonly Resolution value;

    private HclScope(HclScope? outer, string name, Resolution value) => (this.outer, this.name, this.value) = (outer, name, value);

    /// <summary>No names.</summary>
    public static HclScope Empty { get; } = new(null, "", Resolution.Nothing);

    /// <summary>The same names with one more.</summary>
    public HclScope With(string name, Resolution value) => new(this, name, value);

    /// <summary>What a name stands for, or null if it is none of these.</summary>
    public Resolution? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.outer)
        {
            if (scope.name == name && scope.outer is not null)
                return scope.value;
        }

        return null;
    }
}
