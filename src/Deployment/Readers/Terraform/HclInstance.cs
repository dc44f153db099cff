using AtLeastOnce.Deployment.Readers.Terraform.Evaluation;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>A resource that a block declares: one, or one of several by <c>count</c> or <c>for_each</c>.</summary>
/// <param name="Block">The block.</param>
/// <param name="Address">Its address.</param>
/// <param name="Scope">What <c>count</c> and <c>each</c> are in it.</param>
/// <param name="Condition">What decides whether it is deployed at all, or null.</param>
/// <param name="IsAnyOf">Whether it stands for a number of resources that is not known.</param>
internal sealed record HclInstance(HclBlock Block, string Address, HclScope Scope, string? Condition, bool IsAnyOf);
