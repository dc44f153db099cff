using AtLeastOnce.Deployment.Aws.Validation;
using Model = AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Runtime.Hosting;

/// <summary>
/// Refuses of a template what AWS certainly refuses and no setting of the host mends. What the test can set is checked with its value, when the mapping is first run.
/// </summary>
internal static class TemplateRefusals
{
    // Beside these there are the settings of EventSourceMappingOptions, and a second mapping (P-32, P-33), which is told with the host's own ids.
    private static readonly HashSet<string> NotSettable = new(StringComparer.Ordinal)
    {
        "P-1",
        "P-2",
        "P-8",
        "P-19",
        "P-26",
        "P-28",
        "P-37",
        "P-39",
        "P-40",
        "P-41",
        "P-43",
        "R-48",
    };

    /// <summary>Throws the first refusal.</summary>
    /// <exception cref="AwsRefusalException">AWS refuses a queue, or a mapping.</exception>
    public static void Check(Model.DeploymentModel model)
    {
        foreach (var queue in model.Queues)
            Throw(QueueValidation.Validate(queue, model.DeadLetterQueueOf(queue)), "queue", queue.LogicalId);
        foreach (var mapping in model.Mappings)
        {
            var refusals = EventSourceMappingValidation.ValidateIn(model, mapping).Where(refusal => NotSettable.Contains(refusal.RuleId));
            Throw([.. refusals, .. Permissions(model, mapping)], "mapping", mapping.DisplayName);
        }
    }

    // P-44: what the role may not send to is no matter of the mapping's making (G-78): what is discarded is not sent there (R-36).
    private static IEnumerable<Refusal> Permissions(Model.DeploymentModel model, Model.EventSourceMapping mapping) =>
        PermissionValidation
            .Missing(model, mapping)
            .Where(missing => missing.IsOfSource)
            .Select(missing => PermissionValidation.Refused(mapping.Kind, missing));

    // A parameter's default may be another value where it is deployed.
    private static void Throw(IEnumerable<Refusal> refusals, string kind, string name)
    {
        if (refusals.FirstOrDefault(refusal => refusal is { RestsOnParameter: null, IsRaisableQuota: false }) is not { } first)
            return;
        var place = first.Place.ToString();
        throw AwsRefusalException.Of(first with { Message = $"{first.Message}\n  {kind} '{name}'{(place.Length == 0 ? "" : $" ({place})")}" });
    }
}
