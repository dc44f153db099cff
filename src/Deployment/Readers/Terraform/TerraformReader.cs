using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>Reads Terraform modules: a folder's <c>*.tf</c> files, and the <c>terraform.tfvars</c> and <c>*.auto.tfvars</c> that Terraform itself loads.</summary>
internal static class TerraformReader
{
    /// <summary>
    /// Reads a module. Any texts give a model: what cannot be read is one of its problems, and a module without resources of AWS says that it is no template.
    /// </summary>
    /// <param name="files">The files of one folder, in any order; others than those that Terraform loads are passed over.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The model. Its path is that of the first file by name; each place has its own file's.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel Read(IReadOnlyList<TerraformText> files, CancellationToken cancellation)
    {
        var folder = new HclFolder();
        try
        {
            foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
                folder.Add(file, cancellation);
            var declarations = folder.Declare();
            var module = new HclModule(declarations, folder.SourceOf, cancellation);
            return TerraformModel.Of(
                Dialect.Terraform,
                folder.Path,
                folder.Map,
                [.. module.Resources],
                module.CallsModulesWithResources || declarations.MayHideResources,
                folder.Problems,
                folder.Suppressions,
                cancellation
            );
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // A mistake of ours must not break the build that an analyzer runs in.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(folder.Path) { IsTemplate = false, Problems = [new(folder.Map.PlaceOf(0, 0), $"The module cannot be understood: {exception.Message}")] };
        }
    }
}
