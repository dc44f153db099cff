using System.Globalization;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>
/// The changes of a template's text by which a stream's mapping gives up what keeps failing, and tells of it. Like <see cref="TemplateEdits"/>: an
/// empty list means that the change cannot be made safely.
/// </summary>
internal static class StreamFailureEdits
{
    /// <summary>How often a failed batch is tried again: for some minutes, as the pauses between the attempts grow.</summary>
    public const int Retries = 10;

    private const string OnFailure = "DestinationConfig.OnFailure";

    /// <summary>Limits the retries of a mapping, makes it split failed batches, and gives it a destination if it has none.</summary>
    /// <param name="text">The text that <paramref name="model"/> was read from.</param>
    /// <param name="model">The model.</param>
    /// <param name="mapping">A stream's mapping of it.</param>
    public static IReadOnlyList<TemplateEdit> LimitRetries(string text, DeploymentModel model, EventSourceMapping mapping)
    {
        var (retries, bisect) = (mapping.MaximumRetryAttempts, mapping.BisectBatchOnFunctionError);
        if (!IsLiteral(retries) || retries.Single() is not < 0 || !IsLiteral(bisect) || bisect.Single() is not { } bisects)
            return [];
        List<(string, EditValue)> properties = [("MaximumRetryAttempts", EditValue.Bare(Retries.ToString(CultureInfo.InvariantCulture)))];
        if (!bisects)
            properties.Add(("BisectBatchOnFunctionError", EditValue.Bare("true")));
        return Edit(
            text,
            model,
            mapping,
            properties,
            mapping.OnFailure.IsMissing,
            changed => changed.MaximumRetryAttempts.All(count => count == Retries) && changed.BisectBatchOnFunctionError.All(on => on)
        );
    }

    /// <summary>Gives a mapping without a destination a queue that keeps for fourteen days which records it gave up.</summary>
    /// <param name="text">The text that <paramref name="model"/> was read from.</param>
    /// <param name="model">The model.</param>
    /// <param name="mapping">A stream's mapping of it.</param>
    public static IReadOnlyList<TemplateEdit> AddDestination(string text, DeploymentModel model, EventSourceMapping mapping) =>
        mapping.OnFailure.IsMissing ? Edit(text, model, mapping, [], addsDestination: true, _ => true) : [];

    /// <summary>Tells SAM the type of an event's destination, so that it lets the role that it makes send there .</summary>
    /// <param name="text">The text that <paramref name="model"/> was read from.</param>
    /// <param name="model">The model.</param>
    /// <param name="mapping">A stream's mapping of it.</param>
    public static IReadOnlyList<TemplateEdit> SetDestinationType(string text, DeploymentModel model, EventSourceMapping mapping)
    {
        if (!mapping.IsFunctionEvent || mapping.IsGeneratedByAnnotations || mapping.Properties.ContainsKey(OnFailure + ".Type"))
            return [];
        return mapping.OnFailure.Single() is { } link && TypeOf(model.Target(link)) is { } type
            ? new Template(text, model).Set(
                mapping,
                OnFailure + ".Type",
                EditValue.Text(type),
                edited => edited.Find(mapping.LogicalId) is EventSourceMapping changed && PermissionValidation.Missing(edited, changed).Count == 0
            )
            : [];
    }

    /// <summary>What SAM calls the type of a destination; null for what is none.</summary>
    public static string? TypeOf(Resource? destination) =>
        destination switch
        {
            Queue => "SQS",
            Topic => "SNS",
            Bucket => "S3",
            _ => null,
        };

    // The generator of a function writes its events anew with the next build.
    private static IReadOnlyList<TemplateEdit> Edit(
        string text,
        DeploymentModel model,
        EventSourceMapping mapping,
        List<(string, EditValue)> properties,
        bool addsDestination,
        Func<EventSourceMapping, bool> isSet
    )
    {
        var function = model.FunctionOf(mapping);
        if (mapping.IsGeneratedByAnnotations || function is { IsGeneratedByAnnotations: true })
            return [];
        var template = new Template(text, model);
        if (!addsDestination)
            return template.SetAll(mapping, properties, null, edited => IsSound(edited, adds: null));

        // The event of a function stands within it.
        Resource? owner = mapping.IsFunctionEvent ? function : mapping;
        if (owner is null)
            return [];
        var id = template.UnusedId(mapping.DisplayName + "FailureQueue");
        var destination = EditValue.Attribute(id, "Arn");

        // Only where the type is told SAM lets the role that it makes send there; CloudFormation knows no type.
        properties.Add(
            mapping.IsFunctionEvent
                ? (OnFailure, EditValue.Map(("Type", EditValue.Text("SQS")), ("Destination", destination)))
                : (OnFailure + ".Destination", destination)
        );
        return template.SetAll(mapping, properties, (owner, id, FailureQueue(owner.Condition)), edited => IsSound(edited, id));

        bool IsSound(DeploymentModel edited, string? adds) =>
            edited.Find(mapping.LogicalId) is EventSourceMapping changed
            && isSet(changed)
            && edited.Queues.Count == model.Queues.Count + (adds is null ? 0 : 1)
            && (adds is null || changed.OnFailure.Single()?.LogicalId == adds)
            && !PermissionValidation.Missing(edited, changed).Any(permission => !permission.IsOfSource);
    }

    private static EditValue FailureQueue(string? condition)
    {
        List<(string, EditValue)> body = [("Type", EditValue.Text(ResourceTypes.SqsQueue))];
        if (condition is not null)
            body.Add(("Condition", EditValue.Text(condition)));
        var retention = EditValue.Bare(Limits.MessageRetentionPeriod.Most.ToString(CultureInfo.InvariantCulture));
        body.Add(("Properties", EditValue.Map(("MessageRetentionPeriod", retention))));
        return EditValue.Map([.. body]);
    }

    private static bool IsLiteral<T>(Setting<T> setting) =>
        setting.Values.All(value => value.Provenance is Provenance.Literal or Provenance.DocumentedDefault) && !setting.IsInherited;
}
