using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Runtime.Scheduling;
using Model = AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Runtime.Sources;

/// <summary>Refuses what AWS refuses, in AWS's words.</summary>
internal static class MappingValidation
{
    /// <summary>Throws the first refusal of a mapping.</summary>
    /// <exception cref="AwsRefusalException">AWS refuses it.</exception>
    public static void Check(EventSourceMappingOptions mapping)
    {
        CheckSeconds(mapping, mapping.BatchingWindow, "A batching window is whole seconds (P-5).");
        CheckSeconds(mapping, mapping.TumblingWindow, "A tumbling window is whole seconds (P-19b).");
        CheckSeconds(mapping, mapping.MaximumRecordAge ?? TimeSpan.Zero, "A maximum record age is whole seconds (P-18).");
        mapping.Source.Validate(mapping);
        mapping.IsChecked = true;
    }

    /// <summary>Throws if a source is mapped to a function twice (P-32, P-33).</summary>
    /// <exception cref="ResourceConflictException">It is.</exception>
    public static void CheckNew(EventSourceMappingOptions mapping, IReadOnlyList<EventSourceMappingOptions> existing, Choices choices)
    {
        for (var i = 0; i < existing.Count; i++)
        {
            if (existing[i].Source != mapping.Source || existing[i].Function != mapping.Function)
                continue;
            var (arn, function, id) = (mapping.Source.Arn, mapping.Function.Name, choices.GuidText(IdKind.Mapping, i));
            var (exists, rule) = mapping.Source.ReadsPerMapping
                ? ($"The event source arn (\" {arn} \") and function (\" {function} \") provided mapping already exists.", "P-33")
                : ($"An event source mapping with {mapping.Source.Service} arn (\" {arn} \") and function (\" {function} \") already exists.", "P-32");
            throw new ResourceConflictException($"{exists} Please update or delete the existing mapping with UUID {id}", rule);
        }
    }

    /// <summary>The mapping's filters, or null if it has none.</summary>
    public static FilterCriteria? Filters(EventSourceMappingOptions mapping) =>
        mapping.Filters.Count == 0
            ? null
            : new([
                .. mapping.Filters.Select(text =>
                    FilterPattern.TryParse(text, out var pattern, out _) ? pattern : throw new EsmConsistencyException("A refused filter was accepted.")
                ),
            ]);

    /// <summary>The settings that mappings of every source have, as the model has them.</summary>
    public static Model.EventSourceMapping Described(EventSourceMappingOptions mapping, Model.EventSourceKind kind) =>
        new(mapping.Name, kind)
        {
            Source = Model.ResourceLink.ToLiteral(mapping.Source.Arn),
            BatchSize = Model.Setting.Of(mapping.BatchSize),
            MaximumBatchingWindow = Seconds(mapping.BatchingWindow),
            FunctionResponseTypes = Model.Setting.Of<IReadOnlyList<string>>(
                mapping.ReportBatchItemFailures ? [Model.EventSourceMapping.ReportBatchItemFailuresType] : []
            ),
            MaximumConcurrency = mapping.MaximumConcurrency is { } most ? Model.Setting.Of(most) : Model.Setting<int>.Missing(),
            MinimumPollers = mapping.MinimumPollers is { } leastPollers ? Model.Setting.Of(leastPollers) : Model.Setting<int>.Missing(),
            MaximumPollers = mapping.MaximumPollers is { } mostPollers ? Model.Setting.Of(mostPollers) : Model.Setting<int>.Missing(),
            Filters =
                mapping.Filters.Count == 0
                    ? Model.Setting<Model.DeclaredFilters>.Missing()
                    : Model.Setting.Of(new Model.DeclaredFilters([.. mapping.Filters.Select(pattern => Model.Setting.Of(pattern ?? ""))])),
            StartingPosition = mapping.StartingPosition is { } position ? Model.Setting.Of(position.ToAws()) : Model.Setting<string>.Missing(),
            ParallelizationFactor = Given(mapping.GivenParallelizationFactor),
            MaximumRetryAttempts = Given(mapping.GivenMaximumRetryAttempts),
            MaximumRecordAge = mapping.MaximumRecordAge is { } age ? Seconds(age) : Model.Setting<int>.Missing(),
            BisectBatchOnFunctionError = Given(mapping.GivenBisectBatchOnFunctionError),
            TumblingWindow = mapping.GivenTumblingWindow is { } window ? Seconds(window) : Model.Setting<int>.Missing(),
            OnFailure = mapping.OnFailure is { } destination
                ? Model.Setting.Of(Model.ResourceLink.ToLiteral(destination.Arn))
                : Model.Setting<Model.ResourceLink>.Missing(),
        };

    private static void CheckSeconds(EventSourceMappingOptions mapping, TimeSpan time, string message)
    {
        if (time.Ticks % TimeSpan.TicksPerSecond != 0)
            throw new ArgumentException(message, nameof(mapping));
    }

    // That AWS is told a setting is what it may refuse; what is left out it does not see.
    private static Model.Setting<T> Given<T>(T? value)
        where T : struct => value is { } given ? Model.Setting.Of(given) : Model.Setting<T>.Missing();

    /// <summary>A time as the model has it.</summary>
    public static Model.Setting<int> Seconds(TimeSpan value) => Model.Setting.Of((int)Math.Clamp(value.TotalSeconds, int.MinValue, int.MaxValue));
}
