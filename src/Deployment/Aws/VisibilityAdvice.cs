using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws;

/// <summary>How a queue's visibility timeout compares with AWS's advice (S-20).</summary>
internal enum VisibilityGrade
{
    /// <summary>Below twice the function's timeout and the window: one throttled or retried invocation already outlives it.</summary>
    BelowTwice,

    /// <summary>Below what AWS advises.</summary>
    BelowAdvised,
}

/// <summary>A visibility timeout that is shorter than AWS advises (S-20): six times the function's timeout and the batching window.</summary>
/// <param name="Grade">How much shorter.</param>
/// <param name="Visibility">The queue's visibility timeout, in seconds.</param>
/// <param name="FunctionTimeout">The function's timeout, in seconds.</param>
/// <param name="BatchingWindow">The mapping's batching window, in seconds.</param>
/// <param name="Advised">The visibility timeout to set, in seconds.</param>
/// <param name="RestsOnParameter">The parameter on whose default this hangs, or null.</param>
internal sealed record VisibilityAdvice(VisibilityGrade Grade, int Visibility, int FunctionTimeout, int BatchingWindow, int Advised, string? RestsOnParameter)
{
    /// <summary>The factor that AWS advises.</summary>
    public const int Factor = 6;

    /// <summary>The factor below which a message can come back after a single invocation was held up.</summary>
    public const int LeastFactor = 2;

    /// <summary>The visibility timeout that AWS advises, in seconds, at most the longest there is (S-20).</summary>
    public static int AdvisedFor(int functionTimeout, int batchingWindow, int factor = Factor) =>
        Math.Min((factor * functionTimeout) + batchingWindow, Limits.VisibilityTimeout.Most);

    /// <summary>The advice for a mapping, or null when the visibility timeout is long enough for some possible values, or not known.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="function">Its function.</param>
    /// <param name="queue">Its queue.</param>
    /// <param name="factor">The factor to ask for, where a team has its own.</param>
    public static VisibilityAdvice? For(EventSourceMapping mapping, Function function, Queue queue, int factor = Factor)
    {
        var (visibility, timeout, window) = (queue.VisibilityTimeout, function.Timeout, mapping.MaximumBatchingWindow);
        if (visibility.MayBeMissing || timeout.MayBeMissing || window.MayBeMissing)
            return null;
        if (visibility.Values.Count == 0 || timeout.Values.Count == 0 || window.Values.Count == 0)
            return null;

        // The longest visibility against the shortest needs: the advice holds for the mildest of all possible deployments.
        var seconds = visibility.Values.Max(value => value.Value);
        var shortest = timeout.Values.Min(value => value.Value);
        var least = window.Values.Min(value => value.Value);
        var advised = AdvisedFor(shortest, least, factor);
        if (seconds >= advised)
            return null;
        var grade = seconds < AdvisedFor(shortest, least, LeastFactor) ? VisibilityGrade.BelowTwice : VisibilityGrade.BelowAdvised;
        return new(grade, seconds, shortest, least, advised, visibility.RestsOnParameter ?? timeout.RestsOnParameter ?? window.RestsOnParameter);
    }
}
