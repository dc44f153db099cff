using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Terraform.Plan;
using AtLeastOnce.Deployment.Readers.Terraform.Resources;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform;

/// <summary>Reads what <c>terraform show -json</c> writes of a plan: what is deployed once it is applied, modules included.</summary>
internal static class TerraformPlanReader
{
    /// <summary>Reads a plan. Any text gives a model: what cannot be read is one of its problems, and JSON that is no plan says so.</summary>
    /// <param name="path">The file, for places.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static DeploymentModel Read(string path, string text, CancellationToken cancellation)
    {
        var map = new TextMap(path, text.Length > YamlText.MaximumLength ? "" : text);
        try
        {
            var json = YamlText.Read(text, cancellation);
            if (json.Fault is { } fault)
                return Failed(path, new(map.PlaceOf(fault.Start, fault.End), fault.Text));
            return json.Root is YamlMapping plan && plan["format_version"] is not null && plan["planned_values"]?.Value is YamlMapping
                ? Read(path, text, plan, map, cancellation)
                : new(path) { IsTemplate = false };
        }
        catch (OperationCanceledException)
        {
            throw;
        }
#pragma warning disable CA1031 // A mistake of ours must not break the build that an analyzer runs in.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failed(path, new(map.PlaceOf(0, 0), $"The plan cannot be understood: {exception.Message}"));
        }
    }

    private static DeploymentModel Failed(string path, Problem problem) => new(path) { IsTemplate = false, Problems = [problem] };

    private static DeploymentModel Read(string path, string text, YamlMapping plan, TextMap map, CancellationToken cancellation)
    {
        var resources = new PlanResources(plan);
        var values = new PlanValues(resources, DefaultedVariables(plan, resources.Root.Configuration, text));
        var read = new List<TerraformResource>();
        foreach (var resource in resources.All)
        {
            cancellation.ThrowIfCancellationRequested();
            read.Add(values.Read(resource));
        }

        return TerraformModel.Of(Dialect.TerraformPlan, path, map, read, hasUnreadParts: false, [], [], cancellation);
    }

    // The variables that keep their defaults in this plan.
    private static IEnumerable<string> DefaultedVariables(YamlMapping plan, PlanConfiguration configuration, string text)
    {
        foreach (var variable in (plan["variables"]?.Value as YamlMapping)?.Members ?? [])
        {
            if (
                (variable.Value as YamlMapping)?["value"]?.Value is { } value
                && configuration.DefaultOf(variable.Key.Value) is { } written
                && TextOf(value) == TextOf(written)
            )
                yield return variable.Key.Value;
        }

        string TextOf(YamlNode node) => text.Substring(node.Start, node.End - node.Start);
    }
}
