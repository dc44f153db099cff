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

    /// <summary>What is refused of the mapping, in Lambda's own order as far as it is known; without P-23, which is <see cref="ValidateVisibility"/>.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="queue">Its queue, if it is one and is known.</param>
    public static IReadOnlyList<Refusal> Validate(EventSourceMapping mapping, Queue? queue)
    {
        var isSqs = mapping.Kind == EventSourceKind.Sqs;
        IEnumerable<Refusal?> refusals =
        [
            OnSuccess(mapping),
            .. isSqs ? StreamSettings(mapping) : [],
            .. Ranges(mapping, isSqs),
            .. ResponseTypes(mapping),
            .. StreamMappingValidation.Validate(mapping),
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
        !IsSet(mapping.OnSuccess)
            ? null
            : new(
                "P-39",
                ErrorTypes.InvalidParameterValueException,
                "Unsupported DestinationConfig parameter for given event source mapping type.",
                "DestinationConfig.OnSuccess",
                mapping.OnSuccess.KeyPlace
            );

    private static IEnumerable<Refusal?> StreamSettings(EventSourceMapping mapping)
    {
        if (IsSet(mapping.StartingPosition))
        {
            yield return new("P-26", ErrorTypes.InvalidParameterValueException, NoStartingPosition, "StartingPosition", mapping.StartingPosition.KeyPlace);
        }

        yield return StreamOnly("BisectBatchOnFunctionError", mapping.BisectBatchOnFunctionError);
        yield return StreamOnly("MaximumRecordAgeInSeconds", mapping.MaximumRecordAge);
        yield return StreamOnly("MaximumRetryAttempts", mapping.MaximumRetryAttempts);
        yield return StreamOnly("ParallelizationFactor", mapping.ParallelizationFactor);
        yield return StreamOnly("TumblingWindowInSeconds", mapping.TumblingWindow);
        yield return StreamOnly("DestinationConfig", mapping.OnFailure);
    }

    private static Refusal? StreamOnly<T>(string property, Setting<T> setting) =>
        !IsSet(setting)
            ? null
            : new(
                "P-40",
                ErrorTypes.InvalidParameterValueException,
                $"Unsupported '{property}' parameter for given event source mapping type.",
                property,
                setting.KeyPlace
            )
            {
                IsRecordedText = false,
            };

    // That a setting is there is all that counts, whatever its value; a branch without it is not refused.
    private static bool IsSet<T>(Setting<T> setting) => setting.State == SettingState.Known && !setting.MayBeMissing;

    private static IEnumerable<Refusal?> Ranges(EventSourceMapping mapping, bool isSqs)
    {
        yield return ModelConstraints.OutOfRange("P-4", "BatchSize", mapping.BatchSize, Limits.BatchSize);
        yield return ModelConstraints.OutOfRange("P-5", "MaximumBatchingWindowInSeconds", mapping.MaximumBatchingWindow, Limits.BatchingWindow);
        yield return ModelConstraints.OutOfRange("P-9", "ScalingConfig.MaximumConcurrency", mapping.MaximumConcurrency, Limits.MaximumConcurrency);
        if (!isSqs)
            yield break;
        yield return ModelConstraints.OutOfRange("P-10", "ProvisionedPollerConfig.MinimumPollers", mapping.MinimumPollers, Limits.SqsMinimumPollers);
        yield return ModelConstraints.OutOfRange("P-11", "ProvisionedPollerConfig.MaximumPollers", mapping.MaximumPollers, Limits.SqsMaximumPollers);
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
        IsSet(mapping.MaximumConcurrency) && (IsSet(mapping.MinimumPollers) || IsSet(mapping.MaximumPollers))
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
