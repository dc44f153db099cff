using System.Globalization;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

/// <summary>A function's settings for asynchronous invocations, with AWS's defaults and limits.</summary>
public sealed class EventInvokeConfig
{
    private const int MostRetryAttempts = 2;

    private static readonly TimeSpan LeastEventAge = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MostEventAge = TimeSpan.FromHours(6);

    private readonly LambdaFunction function;
    private int maximumRetryAttempts = MostRetryAttempts;
    private TimeSpan maximumEventAge = MostEventAge;
    private IDestination? onSuccess;
    private IDestination? onFailure;

    internal EventInvokeConfig(LambdaFunction function) => this.function = function;

    /// <summary>How often an event is tried again after a function error, 0 to 2. Default 2: three attempts in all. Throttles do not count .</summary>
    /// <exception cref="ValidationException">Lambda refuses the value.</exception>
    public int MaximumRetryAttempts
    {
        get => maximumRetryAttempts;
        set
        {
            Check("maximumRetryAttempts", value, 0, MostRetryAttempts);
            maximumRetryAttempts = value;
        }
    }

    /// <summary>How long after it was accepted an event may still be tried, whole seconds from 60 s to 6 h. Default 6 h.</summary>
    /// <exception cref="ValidationException">Lambda refuses the value.</exception>
    /// <exception cref="ArgumentException">It is no whole number of seconds.</exception>
    public TimeSpan MaximumEventAge
    {
        get => maximumEventAge;
        set
        {
            if (value.Ticks % TimeSpan.TicksPerSecond != 0)
                throw new ArgumentException("An event's maximum age is whole seconds (A-5).", nameof(value));
            Check("maximumEventAgeInSeconds", (long)value.TotalSeconds, (long)LeastEventAge.TotalSeconds, (long)MostEventAge.TotalSeconds);
            maximumEventAge = value;
        }
    }

    /// <summary>Who gets a record of each event that was processed: a standard queue, a topic, another function or a bus; null (the default) for nobody.</summary>
    /// <exception cref="ArgumentException">It is a bucket, or FIFO.</exception>
    public IDestination? OnSuccess
    {
        get => onSuccess;
        set
        {
            if (value is S3Bucket)
                throw new ArgumentException($"Lambda sends records to an S3 bucket on failure only; '{value.Name}' cannot be OnSuccess (A-7).", nameof(value));
            StandardOnly.Check(value, nameof(value));
            onSuccess = value;
            function.JoinNow(value);
        }
    }

    /// <summary>Who gets a record of each event that was given up: a standard queue, a topic, a bucket, another function or a bus; null (the default) for nobody.</summary>
    /// <exception cref="ArgumentException">It is FIFO.</exception>
    public IDestination? OnFailure
    {
        get => onFailure;
        set
        {
            StandardOnly.Check(value, nameof(value));
            onFailure = value;
            function.JoinNow(value);
        }
    }

    private static void Check(string parameter, long value, long least, long most)
    {
        if (value >= least && value <= most)
            return;
        var bound = value < least ? $"greater than or equal to {least}" : $"less than or equal to {most}";
        throw new ValidationException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"1 validation error detected: Value '{value}' at '{parameter}' failed to satisfy constraint: Member must have value {bound}"
            ),
            "P-47"
        );
    }
}
