using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>
/// The changes of a deployment's text that fix what a rule finds, in whatever dialect it is written. Comments, order, indentation, line ends and byte order mark stay
/// as they are. An empty list means that the change cannot be made safely; each change is tried, and only given if the reader then sees what it is meant to bring about.
/// </summary>
internal static class TemplateEdits
{
    private const int DeadLetterMaxReceiveCount = 5;

    /// <summary>Makes a mapping listen to reported failures (P-8).</summary>
    /// <param name="text">The text.</param>
    /// <param name="mapping">A mapping of it. One that a generator owns is not changed: the next build would write it anew.</param>
    public static IReadOnlyList<TemplateEdit> AddReportBatchItemFailures(DeploymentText text, EventSourceMapping mapping)
    {
        var types = mapping.FunctionResponseTypes;
        if (!types.All(list => list.Count == 0) || text.Model.FunctionOf(mapping) is { IsGeneratedByAnnotations: true })
            return [];
        var value = EditValue.List(EditValue.Text(EventSourceMapping.ReportBatchItemFailuresType));
        return text.Change(
            new(mapping, [new("FunctionResponseTypes", value)]),
            edited => edited.Find(mapping.LogicalId) is EventSourceMapping changed && changed.ReportBatchItemFailures.All(on => on)
        );
    }

    /// <summary>Sets a queue's visibility timeout, in seconds.</summary>
    public static IReadOnlyList<TemplateEdit> SetVisibilityTimeout(DeploymentText text, Queue queue, int seconds) =>
        SetNumber(text, queue, queue.VisibilityTimeout, "VisibilityTimeout", seconds, resource => (resource as Queue)?.VisibilityTimeout);

    /// <summary>Sets how long a queue keeps messages, in seconds.</summary>
    public static IReadOnlyList<TemplateEdit> SetMessageRetentionPeriod(DeploymentText text, Queue queue, int seconds) =>
        SetNumber(text, queue, queue.MessageRetentionPeriod, "MessageRetentionPeriod", seconds, resource => (resource as Queue)?.MessageRetentionPeriod);

    /// <summary>Sets any numeric property of a resource or of a function's event.</summary>
    /// <param name="text">The text.</param>
    /// <param name="resource">A function, queue or mapping of it.</param>
    /// <param name="setting">The setting as read.</param>
    /// <param name="property">The property's path below the resource's properties.</param>
    /// <param name="value">The value.</param>
    /// <param name="read">Reads the setting off the edited resource.</param>
    public static IReadOnlyList<TemplateEdit> SetNumber(
        DeploymentText text,
        Resource resource,
        Setting<int> setting,
        string property,
        int value,
        Func<Resource?, Setting<int>?> read
    )
    {
        if (setting.State == SettingState.Unknown || setting.Values.Count > 1)
            return [];
        var change = new PropertyChange(property, EditValue.Number(value));
        if (setting.IsExplicit)
        {
            var current = setting.Values[0];
            change = change with { IsInherited = setting.IsInherited, Provenance = current.Provenance, Parameter = current.Parameter };
        }

        return text.Change(new(resource, [change]), edited => read(edited.Find(resource.LogicalId))?.All(number => number == value) == true);
    }

    /// <summary>Gives a queue a dead-letter queue of its own type, keeping messages for fourteen days, after five receives (S-22, S-26).</summary>
    /// <param name="text">The text.</param>
    /// <param name="queue">A queue of it.</param>
    public static IReadOnlyList<TemplateEdit> AddDeadLetterQueue(DeploymentText text, Queue queue)
    {
        if (!queue.RedrivePolicy.IsMissing || queue.IsFifo.Single() is not { } isFifo || queue.IsFifo.RestsOnParameter is not null)
            return [];
        var policy = EditValue.Map(("deadLetterTargetArn", EditValue.NewQueueArn), ("maxReceiveCount", EditValue.Number(DeadLetterMaxReceiveCount)));
        return text.Change(
            new(queue, [new("RedrivePolicy", policy)]) { Queue = new(queue, QueuePurpose.DeadLetters) { IsFifo = isFifo } },
            edited =>
                edited.Find(queue.LogicalId) is Queue source
                && edited.DeadLetterQueueOf(source) is { } target
                && text.Model.Find(target.LogicalId) is null
                && target.IsFifo.All(fifo => fifo == isFifo)
        );
    }
}
