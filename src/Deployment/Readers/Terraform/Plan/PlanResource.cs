using AtLeastOnce.Deployment.Readers.Terraform.Resources;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Plan;

/// <summary>A resource that a plan will have deployed.</summary>
/// <param name="Address">The scalar with its address: <c>module.queues.aws_sqs_queue.orders["eu"]</c>.</param>
/// <param name="Type">What its type is for AWS.</param>
/// <param name="Key">The end of its address that tells it from others of its block: <c>["eu"]</c>; empty without one.</param>
/// <param name="Values">Its values.</param>
/// <param name="Unknown">What of them is known only when it is deployed; null if the plan does not say.</param>
/// <param name="Module">The module that declares it.</param>
internal sealed record PlanResource(YamlScalar Address, TerraformType Type, string Key, YamlMapping Values, YamlMapping? Unknown, PlanModule Module)
{
    /// <summary>Its address in its module, without a key.</summary>
    public string LocalAddress => Address.Value.Substring(Module.Prefix.Length, Address.Value.Length - Module.Prefix.Length - Key.Length);

    /// <summary>A text of it that is known, or null.</summary>
    public string? TextOf(string attribute) => Values[attribute]?.Value is YamlScalar { IsPlain: false } text ? text.Value : null;
}

/// <summary>A module that is deployed.</summary>
/// <param name="Prefix">What its addresses begin with: <c>module.queues.</c>; empty for the root.</param>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Parent">The module around it, or null.</param>
internal sealed record PlanModule(string Prefix, PlanConfiguration Configuration, PlanModule? Parent);
