using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>
/// What Lambda refuses when a mapping is made (sections 1.1 and 1.2). A refusal is only given when every possible value is refused: unknown is not evidence.
/// </summary>
internal static class EventSourceMappingValidation
{
    /// <summary>P-20's text.</summary>
    public const string WindowNeeded = "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10";

    /// <summary>P-21's text.</summary>
    public const string NoWindowOnFifo = "Batching window is not supported for FIFO queues";

    /// <summary>P-26's text.</summary>
    public const string NoStartingPosition = "StartingPosition is not valid for SQS event sources.";

    /// <summary>Everything that is refused, the visibility timeout (P-23) included.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="function">Its function, if it is known.</param>
    /// <param name="queue">Its queue, if it is one and is known.</param>
    public static IReadOnlyList<Refusal> ValidateAll(EventSourceMapping mapping, Function? function, Queue? queue)
    {
        var refusals = Validate(mapping, queue);
        return function is not null && queue is not null && ValidateVisibility(function, queue) is { } visibility ? [.. refusals, visibility] : refusals;
    }

    /// <summary>Everything that is refused of a mapping among the other resources of its model: what it joins and what its destination is included.</summary>
    /// <param name="mapping">A mapping of the model, or of code beside it.</param>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<Refusal> ValidateIn(DeploymentModel model, EventSourceMapping mapping)
    {
        IEnumerable<Refusal?> among =
        [
            StreamMappingValidation.Destination(mapping, mapping.OnFailure.Single() is { } link ? model.Target(link) : null),
            model.TableOf(mapping) is { } table ? StreamMappingValidation.TableStream(mapping, table) : null,
            // What code says of a mapping that the template also has is no second mapping.
            model.Mappings.Contains(mapping)
                ? DuplicateMapping.Validate(mapping, model.Mappings.TakeWhile(other => other != mapping))
                : null,
        ];
        return [.. ValidateAll(mapping, model.FunctionOf(mapping), model.QueueOf(mapping)), .. among.OfType<Refusal>()];
    }

    /// <summary>What is refused of the mapping, in Lambda's own order as far as it is known; without P-23, which is <see cref="ValidateVisibility"/>.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="queue">Its queue, if it is one and is known.</param>
    public static IReadOnlyList<Refusal> Validate(EventSourceMapping mapping, Queue? queue)
    {
        var isSqs = mapping.Kind == EventSourceKind.Sqs;
        IEnumerable<Refusal?> refusals =
        [
            OnSuccess(mapping),
            .. Ends(mapping),
            isSqs ? StartingPositionOfQueue(mapping) : null,
            .. isSqs ? [] : StreamMappingValidation.StartingPosition(mapping),
            .. UnsupportedSettings.Validate(mapping),
            .. Ranges(mapping),
            .. isSqs ? [] : StreamMappingValidation.Ranges(mapping),
            .. ResponseTypes(mapping),
            .. StreamMappingValidation.Combinations(mapping),
            .. isSqs ? [BatchAndWindow(mapping, queue), ConcurrencyAndPollers(mapping)] : Array.Empty<Refusal?>(),
            .. FilterValidation.Validate(mapping),
        ];
        return [.. refusals.OfType<Refusal>()];
    }

    /// <summary>Lambda refuses a mapping whose queue hides a message for a shorter time than the function may run (P-23); equal is allowed.</summary>
    public static Refusal? ValidateVisibility(Function function, Queue queue)
    {
        var (visibility, timeout) = (queue.VisibilityTimeout, function.Timeout);
        if (!visibility.All(seconds => timeout.All(longest => seconds < longest)))
            return null;
        var seconds = visibility.Values.Max(value => value.Value);
        var least = timeout.Values.Min(value => value.Value);
        return new(
            "P-23",
            ErrorTypes.InvalidParameterValueException,
            FormattableString.Invariant($"Queue visibility timeout: {seconds} seconds is less than Function timeout: {least} seconds"),
            "VisibilityTimeout",
            visibility.Place.IsNone ? queue.Declaration : visibility.Place
        )
        {
            RestsOnParameter = visibility.RestsOnParameter ?? timeout.RestsOnParameter,
        };
    }

    private static Refusal? OnSuccess(EventSourceMapping mapping) =>
        !UnsupportedSettings.IsSet(mapping.OnSuccess)
            ? null
            : new(
                "P-39",
                ErrorTypes.InvalidParameterValueException,
                "Unsupported DestinationConfig parameter for given event source mapping type.",
                "DestinationConfig.OnSuccess",
                mapping.OnSuccess.KeyPlace
            );

    // P-37; what SAM or a reader knows to be written elsewhere is not missing.
    private static IEnumerable<Refusal?> Ends(EventSourceMapping mapping)
    {
        if (mapping is { Kind: EventSourceKind.Unknown, Source.IsMissing: true })
        {
            yield return new("P-37", ErrorTypes.InvalidParameterValueException, "Unrecognized event source.", "EventSourceArn", mapping.Source.Place);
        }

        yield return ModelConstraints.TooLong("P-1", "EventSourceArn", mapping.Source, Limits.SourceArnLength);
        yield return ModelConstraints.TooLong("P-2", "FunctionName", mapping.Function, Limits.FunctionNameLength);
        if (mapping.Function.IsMissing)
        {
            yield return ModelConstraints.Missing("P-2", "FunctionName", mapping.Function.Place) with
            {
                IsRecordedText = false,
            };
        }

        if (
            mapping.Properties.ContainsKey("SelfManagedEventSource")
            && !mapping.Properties.Keys.Any(path => path == "SourceAccessConfigurations" || path.StartsWith("Fn::", StringComparison.Ordinal))
        )
        {
            yield return new(
                "P-41",
                ErrorTypes.InvalidParameterValueException,
                "Required 'sourceAccessConfigurations' parameter is missing.",
                "SourceAccessConfigurations",
                mapping.Properties["SelfManagedEventSource"].Key
            );
        }
    }

    private static Refusal? StartingPositionOfQueue(EventSourceMapping mapping) =>
        UnsupportedSettings.IsSet(mapping.StartingPosition)
            ? new("P-26", ErrorTypes.InvalidParameterValueException, NoStartingPosition, "StartingPosition", mapping.StartingPosition.KeyPlace)
            : null;

    private static IEnumerable<Refusal?> Ranges(EventSourceMapping mapping)
    {
        yield return ModelConstraints.OutOfRange("P-4", "BatchSize", mapping.BatchSize, Limits.BatchSize);
        yield return ModelConstraints.OutOfRange("P-5", "MaximumBatchingWindowInSeconds", mapping.MaximumBatchingWindow, Limits.BatchingWindow);
        if (Defaults.IsStream(mapping.Kind))
            yield break;
        yield return ModelConstraints.OutOfRange("P-9", "ScalingConfig.MaximumConcurrency", mapping.MaximumConcurrency, Limits.MaximumConcurrency);
        var isSqs = mapping.Kind == EventSourceKind.Sqs;
        yield return ModelConstraints.OutOfRange(
            "P-10",
            "ProvisionedPollerConfig.MinimumPollers",
            mapping.MinimumPollers,
            isSqs ? Limits.SqsMinimumPollers : Limits.KafkaMinimumPollers
        );
        yield return ModelConstraints.OutOfRange(
            "P-11",
            "ProvisionedPollerConfig.MaximumPollers",
            mapping.MaximumPollers,
            isSqs ? Limits.SqsMaximumPollers : Limits.KafkaMaximumPollers
        );
    }

    private static IEnumerable<Refusal?> ResponseTypes(EventSourceMapping mapping)
    {
        const string Property = "FunctionResponseTypes";
        var types = mapping.FunctionResponseTypes;
        if (types.All(list => list.Any(type => type != EventSourceMapping.ReportBatchItemFailuresType)))
        {
            yield return Refused($"Member must satisfy constraint: [Member must satisfy enum value set: [{EventSourceMapping.ReportBatchItemFailuresType}]]");
        }
        else if (types.All(list => list.Count > Limits.FunctionResponseTypes))
        {
            yield return Refused(FormattableString.Invariant($"Member must have length less than or equal to {Limits.FunctionResponseTypes}"));
        }

        Refusal Refused(string constraint) =>
            ModelConstraints.Of("P-8", Property, $"[{string.Join(", ", types.Values[0].Value)}]", constraint, types.Place) with
            {
                RestsOnParameter = types.RestsOnParameter,
            };
    }

    private static Refusal? BatchAndWindow(EventSourceMapping mapping, Queue? queue)
    {
        var (size, window) = (mapping.BatchSize, mapping.MaximumBatchingWindow);
        var isFifo = queue?.IsFifo.All(fifo => fifo) == true;
        if (isFifo && window.All(seconds => seconds > 0))
        {
            return new("P-21", ErrorTypes.InvalidParameterValueException, NoWindowOnFifo, "MaximumBatchingWindowInSeconds", window.Place)
            {
                RestsOnParameter = window.RestsOnParameter ?? queue!.IsFifo.RestsOnParameter,
            };
        }

        if (!size.All(records => records > Limits.SqsBatchSizeWithoutWindow))
            return null;
        var withoutWindow = window.All(seconds => seconds == 0);
        if (!withoutWindow && !isFifo)
            return null;

        // P-22: a FIFO queue takes no window, so a batch above 10 is refused either way; that P-20's text is the answer is inferred.
        return new(isFifo ? "P-22" : "P-20", ErrorTypes.InvalidParameterValueException, WindowNeeded, "BatchSize", size.Place)
        {
            IsRecordedText = !isFifo,
            RestsOnParameter = size.RestsOnParameter ?? window.RestsOnParameter ?? (isFifo ? queue!.IsFifo.RestsOnParameter : null),
        };
    }

    private static Refusal? ConcurrencyAndPollers(EventSourceMapping mapping) =>
        UnsupportedSettings.IsSet(mapping.MaximumConcurrency)
        && (UnsupportedSettings.IsSet(mapping.MinimumPollers) || UnsupportedSettings.IsSet(mapping.MaximumPollers))
            ? new(
                "P-46",
                ErrorTypes.InvalidParameterValueException,
                "ScalingConfig and ProvisionedPollerConfig cannot be used together.",
                "ScalingConfig.MaximumConcurrency",
                mapping.MaximumConcurrency.Place
            )
            {
                IsRecordedText = false,
            }
            : null;
}
