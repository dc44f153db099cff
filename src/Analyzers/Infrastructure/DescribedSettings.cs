using System.Globalization;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>The settings that rules judge, as two descriptions of a service can be compared in them.</summary>
internal static class DescribedSettings
{
    /// <summary>The settings of a subject, in an order that does not hang on the file.</summary>
    public static IEnumerable<DescribedSetting> Of(DeploymentSubject subject) =>
        subject switch
        {
            DeployedMapping mapping => [.. Of(mapping.Queue, mapping.Template), .. Of(mapping.Mapping), .. Of(mapping.Function)],
            DeployedQueue queue =>
            [
                .. Of(queue.Queue, queue.Template),
                .. queue.Mappings.Length == 1 ? Of(queue.Mappings[0].Mapping) : [],
                .. queue.Mappings.Length == 1 ? Of(queue.Mappings[0].Function) : [],
            ],
            _ => [],
        };

    /// <summary>Whether the settings are all known, and the queue is one of the template.</summary>
    public static bool AreKnown(DeploymentSubject subject) =>
        Of(subject).All(setting => setting.Value is not null) && subject is not DeployedMapping { Mapping.Kind: EventSourceKind.Sqs, Queue: null };

    /// <summary>Whether the dead-letter queue of a queue is known, if it has one: one of another stack is not.</summary>
    public static bool KnowsDeadLetterQueue(DeploymentSubject subject) =>
        subject is not DeployedQueue queue || queue.Queue.RedrivePolicy.IsMissing || queue.Template.DeadLetterQueueOf(queue.Queue) is not null;

    /// <summary>Whether the texts of all filters are known.</summary>
    public static bool KnowsFilters(DeploymentSubject subject) =>
        subject switch
        {
            DeployedMapping mapping => AreKnown(mapping.Mapping.Filters),
            DeployedQueue queue => queue.Mappings.All(link => AreKnown(link.Mapping.Filters)),
            _ => true,
        };

    private static bool AreKnown(Setting<DeclaredFilters> filters) =>
        filters.IsMissing || filters.IsDecided() && filters.All(declared => declared.Patterns.All(pattern => pattern.IsDecided()));

    private static IEnumerable<DescribedSetting> Of(Queue? queue, DeploymentModel template)
    {
        if (queue is null)
            return [];
        var policy = queue.RedrivePolicy;
        var deadLetters = template.DeadLetterQueueOf(queue);
        return
        [
            Described("VisibilityTimeout", queue, queue.VisibilityTimeout),
            Described("MessageRetentionPeriod", queue, queue.MessageRetentionPeriod),
            Described("DelaySeconds", queue, queue.DelaySeconds),
            Described("FifoQueue", queue, queue.IsFifo),
            Described("RedrivePolicy", queue, policy.Select(_ => "set")),
            .. policy.Single() is { } redrive ? new[] { Described("RedrivePolicy.maxReceiveCount", queue, redrive.MaxReceiveCount) } : [],
            .. deadLetters is null ? [] : new[] { Described("MessageRetentionPeriod", deadLetters, deadLetters.MessageRetentionPeriod) },
        ];
    }

    private static IEnumerable<DescribedSetting> Of(EventSourceMapping mapping) =>
        [
            Described("FunctionResponseTypes", mapping, mapping.FunctionResponseTypes.Select(types => string.Join(", ", types))),
            Described("BatchSize", mapping, mapping.BatchSize),
            Described("MaximumBatchingWindowInSeconds", mapping, mapping.MaximumBatchingWindow),
            Described("ScalingConfig.MaximumConcurrency", mapping, mapping.MaximumConcurrency),
            Described("MaximumRetryAttempts", mapping, mapping.MaximumRetryAttempts),
            Described("MaximumRecordAgeInSeconds", mapping, mapping.MaximumRecordAge),
            Described("BisectBatchOnFunctionError", mapping, mapping.BisectBatchOnFunctionError),
            Described("ParallelizationFactor", mapping, mapping.ParallelizationFactor),
            Described("TumblingWindowInSeconds", mapping, mapping.TumblingWindow),
            Described("DestinationConfig.OnFailure", mapping, mapping.OnFailure.Select(_ => "set")),
            Described("Enabled", mapping, mapping.Enabled),
        ];

    private static IEnumerable<DescribedSetting> Of(Function? function) =>
        function is null
            ? []
            :
            [
                Described("Timeout", function, function.Timeout),
                Described("ReservedConcurrentExecutions", function, function.ReservedConcurrency),
                Described("DeadLetterQueue", function, function.DeadLetter.Select(_ => "set")),
            ];

    private static DescribedSetting Described<T>(string property, Resource resource, Setting<T> setting)
    {
        var value =
            setting.IsMissing ? ""
            : !setting.IsDecided() ? null
            : string.Join(" or ", setting.Values.Select(known => Text(known.Value)).Distinct());
        return new(property, value, setting.IsExplicit ? setting.Place : resource.Declaration, setting.IsExplicit);
    }

    private static string Text<T>(T value) =>
        value switch
        {
            bool decided => decided ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "",
        };
}
