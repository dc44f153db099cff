using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>A setting as one description of a service has it.</summary>
/// <param name="Property">The setting, by CloudFormation's path below its resource's properties.</param>
/// <param name="Value">Its value in words; null where it is not known.</param>
/// <param name="Place">Where it is written; of one that is left out, its resource.</param>
/// <param name="IsWritten">Whether it is written.</param>
internal sealed record DescribedSetting(string Property, string? Value, Place Place, bool IsWritten)
{
    /// <summary>For messages: <c>30 in template.yaml(12,26)</c>.</summary>
    public string In(Func<Place, string> name) =>
        $"{(Value!.Length == 0 ? "not set" : Value)}{(IsWritten || Value.Length == 0 ? "" : " by default")} in {name(Place)}";
}
