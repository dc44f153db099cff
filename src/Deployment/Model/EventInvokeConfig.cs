using AtLeastOnce.Deployment.Aws;

namespace AtLeastOnce.Deployment.Model;

/// <summary>How Lambda runs the asynchronous invocations of a function. Event source mappings invoke synchronously and have nothing of it (B-9).</summary>
/// <param name="logicalId">The name by which the file knows it; of a SAM function's own the id that SAM generates.</param>
internal sealed class EventInvokeConfig(string logicalId) : Resource(logicalId)
{
    /// <summary>The function.</summary>
    public ResourceLink Function { get; init; } = ResourceLink.Unknown("no function is given");

    /// <summary>The version or alias that it is about; <c>$LATEST</c> for the unpublished function.</summary>
    public Setting<string> Qualifier { get; init; } = Setting<string>.Default(Defaults.LatestQualifier);

    /// <summary>How often a failed invocation is run again, from 0 to 2.</summary>
    public Setting<int> MaximumRetryAttempts { get; init; } = Setting<int>.Default(Defaults.AsynchronousRetries);

    /// <summary>Seconds for which an event is kept while it waits, from 60 to 21600.</summary>
    public Setting<int> MaximumEventAge { get; init; } = Setting<int>.Default(Defaults.AsynchronousEventAge);

    /// <summary>Where the record of a successful invocation goes.</summary>
    public Setting<ResourceLink> OnSuccess { get; init; } = Setting<ResourceLink>.Missing();

    /// <summary>Where the record of an event goes that is given up.</summary>
    public Setting<ResourceLink> OnFailure { get; init; } = Setting<ResourceLink>.Missing();
}
