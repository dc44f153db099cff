namespace AtLeastOnce.Runtime;

/// <summary>When an asynchronous event is given up whose next retry after a function error would come after its maximum age: not documented .</summary>
public enum LateRetryRule
{
    /// <summary>At once, when the attempt has failed.</summary>
    GiveUpAtOnce,

    /// <summary>When the event's maximum age is over.</summary>
    GiveUpAtMaximumAge,
}

public sealed partial record LambdaTestHostOptions
{
    /// <summary>How long an asynchronous event is in its queue before the first attempt: not documented; zero or more. Default 0.</summary>
    public TimeSpan EventQueueDelay { get; init; }

    /// <summary>
    /// By what the wait between attempts of a throttled asynchronous event grows, from 1 s to 5 min: AWS documents "exponentially", and no factor; 1 to 100.
    /// Default 2.
    /// </summary>
    public double EventBackOffFactor { get; init; } = 2;

    /// <summary>When an asynchronous event is given up whose next retry would come too late. Default: at once.</summary>
    public LateRetryRule LateRetries { get; init; }

    private void CheckAsynchronous()
    {
        NotLess(EventQueueDelay, TimeSpan.Zero, nameof(EventQueueDelay));
        if (EventBackOffFactor is not (>= 1 and <= 100))
        {
            throw new ArgumentOutOfRangeException(
                nameof(EventBackOffFactor),
                EventBackOffFactor,
                $"LambdaTestHostOptions.{nameof(EventBackOffFactor)} is from 1 to 100."
            );
        }
    }
}
