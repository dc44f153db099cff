namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>A file of a Terraform module.</summary>
/// <param name="Path">The file, for places.</param>
/// <param name="Text">Its text.</param>
internal sealed record TerraformText(string Path, string Text);
