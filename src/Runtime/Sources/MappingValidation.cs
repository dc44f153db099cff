using System.Globalization;
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
        if (mapping.BatchingWindow.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentException("A batching window is whole seconds (P-5).", nameof(mapping));
        }

        mapping.Source.Validate(mapping);
        mapping.IsChecked = true;
    }

    /// <summary>Throws if a source is mapped to a function twice (P-32).</summary>
    /// <exception cref="ResourceConflictException">It is.</exception>
    public static void CheckNew(EventSourceMappingOptions mapping, IReadOnlyList<EventSourceMappingOptions> existing, Choices choices)
    {
        for (var i = 0; i < existing.Count; i++)
        {
            if (existing[i].Source != mapping.Source || existing[i].Function != mapping.Function)
                continue;
            throw new ResourceConflictException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"An event source mapping with {mapping.Source.Service} arn (\" {mapping.Source.Arn} \") and function (\" {mapping.Function.Name} \") already exists. "
                        + $"Please update or delete the existing mapping with UUID {choices.GuidText(IdKind.Mapping, i)}"
                ),
                "P-32"
            );
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
                    : Model.Setting.Of(new Model.DeclaredFilters([.. mapping.Filters.Select(pattern => Model.Setting.Of(pattern))])),
        };

    /// <summary>A time as the model has it.</summary>
    public static Model.Setting<int> Seconds(TimeSpan value) => Model.Setting.Of((int)Math.Clamp(value.TotalSeconds, int.MinValue, int.MaxValue));
}
