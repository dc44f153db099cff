using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Resources;

/// <summary>Makes models of Terraform's resources, with the readers of AWS's own resources.</summary>
internal static class TerraformModel
{
    /// <summary>The model.</summary>
    /// <param name="dialect">Configuration or plan.</param>
    /// <param name="path">The file, or the first file of a folder.</param>
    /// <param name="map">The places.</param>
    /// <param name="resources">The resources.</param>
    /// <param name="hasUnreadParts">Whether something that is not read may add to functions and roles.</param>
    /// <param name="problems">What cannot be read.</param>
    /// <param name="suppressions">The comments that silence rules.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static DeploymentModel Of(
        Dialect dialect,
        string path,
        PlaceMap map,
        IReadOnlyList<TerraformResource> resources,
        bool hasUnreadParts,
        IReadOnlyList<Problem> problems,
        IReadOnlyList<Suppression> suppressions,
        CancellationToken cancellation
    )
    {
        if (TemplateSections.Of(TemplateBuilder.Build(resources, hasUnreadParts)) is not { } sections)
            return new(path)
            {
                Dialect = dialect,
                IsTemplate = false,
                Problems = problems,
            };
        var reader = new ResourceReader(new(sections, map));
        foreach (var resource in sections.Resources.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Read(resource);
        }

        return new(path, reader.Functions, reader.Queues, reader.Mappings, reader.Others)
        {
            Dialect = dialect,
            ResourcePolicies = reader.ResourcePolicies,
            Problems = problems,
            Suppressions = suppressions,
        };
    }
}
