using System.Globalization;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Edits;

/// <summary>
/// The changes of a template's text that fix what a rule finds. Comments, order, indentation, line ends and byte order mark stay as they are. An empty list
/// means that the change cannot be made safely; each change is tried, and only given if the reader then sees what it is meant to bring about.
/// </summary>
internal static class TemplateEdits
{
    private const int DeadLetterMaxReceiveCount = 5;

    /// <summary>Makes a mapping listen to reported failures (P-8).</summary>
    /// <param name="text">The text that <paramref name="model"/> was read from.</param>
    /// <param name="model">The model.</param>
    /// <param name="mapping">A mapping of it. One that a generator owns is not changed: the next build would write it anew.</param>
    public static IReadOnlyList<TemplateEdit> AddReportBatchItemFailures(string text, DeploymentModel model, EventSourceMapping mapping)
    {
        var types = mapping.FunctionResponseTypes;
        if (!types.All(list => list.Count == 0) || model.FunctionOf(mapping) is { IsGeneratedByAnnotations: true })
            return [];
        return new Template(text, model).Set(
            mapping,
            "FunctionResponseTypes",
            EditValue.List(EditValue.Text(EventSourceMapping.ReportBatchItemFailuresType)),
            edited => edited.Find(mapping.LogicalId) is EventSourceMapping changed && changed.ReportBatchItemFailures.All(on => on)
        );
    }

    /// <summary>Sets a queue's visibility timeout, in seconds.</summary>
    public static IReadOnlyList<TemplateEdit> SetVisibilityTimeout(string text, DeploymentModel model, Queue queue, int seconds) =>
        SetNumber(text, model, queue, queue.VisibilityTimeout, "VisibilityTimeout", seconds, resource => (resource as Queue)?.VisibilityTimeout);

    /// <summary>Sets how long a queue keeps messages, in seconds.</summary>
    public static IReadOnlyList<TemplateEdit> SetMessageRetentionPeriod(string text, DeploymentModel model, Queue queue, int seconds) =>
        SetNumber(text, model, queue, queue.MessageRetentionPeriod, "MessageRetentionPeriod", seconds, resource => (resource as Queue)?.MessageRetentionPeriod);

    /// <summary>Sets after how many receives a message of a queue goes to its dead-letter queue. Only a queue that has one is changed.</summary>
    public static IReadOnlyList<TemplateEdit> SetMaxReceiveCount(string text, DeploymentModel model, Queue queue, int receives) =>
        queue.RedrivePolicy.Single() is not { } policy
            ? []
            : SetNumber(
                text,
                model,
                queue,
                policy.MaxReceiveCount,
                "RedrivePolicy.maxReceiveCount",
                receives,
                resource => (resource as Queue)?.RedrivePolicy.Single()?.MaxReceiveCount
            );

    /// <summary>Sets a function's timeout, in seconds; where functions share it, only this one's.</summary>
    public static IReadOnlyList<TemplateEdit> SetFunctionTimeout(string text, DeploymentModel model, Function function, int seconds) =>
        SetNumber(text, model, function, function.Timeout, "Timeout", seconds, resource => (resource as Function)?.Timeout);

    /// <summary>Sets a mapping's batch size.</summary>
    public static IReadOnlyList<TemplateEdit> SetBatchSize(string text, DeploymentModel model, EventSourceMapping mapping, int records) =>
        SetNumber(text, model, mapping, mapping.BatchSize, "BatchSize", records, resource => (resource as EventSourceMapping)?.BatchSize);

    /// <summary>Sets any numeric property of a resource or of a function's event.</summary>
    /// <param name="text">The text that <paramref name="model"/> was read from.</param>
    /// <param name="model">The model.</param>
    /// <param name="resource">A function, queue or mapping of it.</param>
    /// <param name="setting">The setting as read.</param>
    /// <param name="property">The property's path below the resource's properties.</param>
    /// <param name="value">The value.</param>
    /// <param name="read">Reads the setting off the edited resource.</param>
    public static IReadOnlyList<TemplateEdit> SetNumber(
        string text,
        DeploymentModel model,
        Resource resource,
        Setting<int> setting,
        string property,
        int value,
        Func<Resource?, Setting<int>?> read
    )
    {
        bool IsSet(DeploymentModel edited) => read(edited.Find(resource.LogicalId))?.All(number => number == value) == true;
        if (setting.State == SettingState.Unknown || setting.Values.Count > 1)
            return [];
        var template = new Template(text, model);
        var fromParameter = setting.IsExplicit && setting.Values[0].Provenance != Provenance.Literal;
        if (fromParameter && (!setting.IsInherited || template.IsOnlyHeir(property)))
            return template.SetParameter(setting.Values[0], value, IsSet);
        var written = EditValue.Bare(value.ToString(CultureInfo.InvariantCulture));
        return setting.IsInherited && template.IsOnlyHeir(property)
            ? template.SetShared(property, written, IsSet)
            : template.Set(resource, property, written, IsSet);
    }

    /// <summary>Gives a queue a dead-letter queue of its own type, keeping messages for fourteen days, after five receives (S-22, S-26).</summary>
    /// <param name="text">The text that <paramref name="model"/> was read from.</param>
    /// <param name="model">The model.</param>
    /// <param name="queue">A queue of it.</param>
    public static IReadOnlyList<TemplateEdit> AddDeadLetterQueue(string text, DeploymentModel model, Queue queue)
    {
        if (!queue.RedrivePolicy.IsMissing || queue.IsFifo.Single() is not { } isFifo || queue.IsFifo.RestsOnParameter is not null)
            return [];
        var template = new Template(text, model);
        var id = template.UnusedId(
            queue.LogicalId.EndsWith("Queue", StringComparison.Ordinal)
                ? queue.LogicalId.Substring(0, queue.LogicalId.Length - "Queue".Length) + "DeadLetterQueue"
                : queue.LogicalId + "DeadLetterQueue"
        );
        List<(string, EditValue)> properties = isFifo ? [("FifoQueue", EditValue.Bare("true"))] : [];
        properties.Add(("MessageRetentionPeriod", EditValue.Bare(Limits.MessageRetentionPeriod.Most.ToString(CultureInfo.InvariantCulture))));
        List<(string, EditValue)> body = [("Type", EditValue.Text(ResourceTypes.SqsQueue))];
        if (queue.Condition is { } condition)
            body.Add(("Condition", EditValue.Text(condition)));
        body.Add(("Properties", EditValue.Map([.. properties])));
        var policy = EditValue.Map(
            ("deadLetterTargetArn", EditValue.Attribute(id, "Arn")),
            ("maxReceiveCount", EditValue.Bare(DeadLetterMaxReceiveCount.ToString(CultureInfo.InvariantCulture)))
        );
        return template.SetAndFollow(
            queue,
            "RedrivePolicy",
            policy,
            id,
            EditValue.Map([.. body]),
            edited =>
                edited.Find(queue.LogicalId) is Queue source
                && edited.DeadLetterQueueOf(source) is { } target
                && target.LogicalId == id
                && target.IsFifo.All(fifo => fifo == isFifo)
                && edited.Queues.Count == model.Queues.Count + 1
        );
    }
}
