using AtLeastOnce.Deployment.Aws.Validation;
using AtLeastOnce.Deployment.Dialects;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>
/// The changes of a deployment's text by which a stream's mapping gives up what keeps failing, and tells of it. Like <see cref="TemplateEdits"/>: an
/// empty list means that the change cannot be made safely.
/// </summary>
internal static class StreamFailureEdits
{
    /// <summary>How often a failed batch is tried again: for some minutes, as the pauses between the attempts grow.</summary>
    public const int Retries = 10;

    private const string OnFailure = "DestinationConfig.OnFailure";

    /// <summary>Limits the retries of a mapping, makes it split failed batches, and gives it a destination if it has none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mapping">A stream's mapping of it.</param>
    public static IReadOnlyList<TemplateEdit> LimitRetries(DeploymentText text, EventSourceMapping mapping)
    {
        var (retries, bisect) = (mapping.MaximumRetryAttempts, mapping.BisectBatchOnFunctionError);
        if (!IsLiteral(retries) || retries.Single() is not < 0 || !IsLiteral(bisect) || bisect.Single() is not { } bisects)
            return [];
        List<PropertyChange> properties = [new("MaximumRetryAttempts", EditValue.Number(Retries))];
        if (!bisects)
            properties.Add(new("BisectBatchOnFunctionError", EditValue.Bare("true")));
        return Edit(
            text,
            mapping,
            properties,
            mapping.OnFailure.IsMissing,
            changed => changed.MaximumRetryAttempts.All(count => count == Retries) && changed.BisectBatchOnFunctionError.All(on => on)
        );
    }

    /// <summary>Gives a mapping without a destination a queue that keeps for fourteen days which records it gave up.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mapping">A stream's mapping of it.</param>
    public static IReadOnlyList<TemplateEdit> AddDestination(DeploymentText text, EventSourceMapping mapping) =>
        mapping.OnFailure.IsMissing ? Edit(text, mapping, [], addsDestination: true, _ => true) : [];

    /// <summary>Tells SAM the type of an event's destination, so that it lets the role that it makes send there .</summary>
    /// <param name="text">The text.</param>
    /// <param name="mapping">A stream's mapping of it.</param>
    public static IReadOnlyList<TemplateEdit> SetDestinationType(DeploymentText text, EventSourceMapping mapping)
    {
        var model = text.Model;
        if (!IsEventOfSam(model, mapping) || mapping.IsGeneratedByAnnotations || mapping.Properties.ContainsKey(OnFailure + ".Type"))
            return [];
        return mapping.OnFailure.Single() is { } link && TypeOf(model.Target(link)) is { } type
            ? text.Change(
                new(mapping, [new(OnFailure + ".Type", EditValue.Text(type))]),
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
        DeploymentText text,
        EventSourceMapping mapping,
        List<PropertyChange> properties,
        bool addsDestination,
        Func<EventSourceMapping, bool> isSet
    )
    {
        var function = text.Model.FunctionOf(mapping);
        if (mapping.IsGeneratedByAnnotations || function is { IsGeneratedByAnnotations: true })
            return [];
        if (!addsDestination)
            return text.Change(new(mapping, properties), IsSound);

        // The event of a function stands within it.
        Resource? owner = mapping.IsFunctionEvent ? function : mapping;
        if (owner is null)
            return [];
        var queue = new NewQueue(owner, QueuePurpose.Failures);
        var change = new DeploymentChange(mapping, [.. properties, new(OnFailure + ".Destination", EditValue.NewQueueArn)]) { Queue = queue };
        if (text.Change(change, IsSound) is { Count: > 0 } edits)
            return edits;
        return function is not null && text.Model.RoleOf(function) is { Maker: RoleMaker.File } role
            ? text.Change(change with { Queue = queue with { Sender = role } }, IsSound)
            : [];

        bool IsSound(DeploymentModel edited) =>
            edited.Find(mapping.LogicalId) is EventSourceMapping changed
            && isSet(changed)
            && (!addsDestination || (changed.OnFailure.Single()?.LogicalId is { } id && edited.Find(id) is Queue && text.Model.Find(id) is null))
            && !PermissionValidation.Missing(edited, changed).Any(permission => !permission.IsOfSource);
    }

    private static bool IsEventOfSam(DeploymentModel model, EventSourceMapping mapping) => mapping.IsFunctionEvent && model.Dialect == Dialect.CloudFormation;

    private static bool IsLiteral<T>(Setting<T> setting) =>
        setting.Values.All(value => value.Provenance is Provenance.Literal or Provenance.DocumentedDefault) && !setting.IsInherited;
}
