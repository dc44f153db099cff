using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>What is known of a queue's part in dead-lettering.</summary>
internal static class DeadLetterQueues
{
    /// <summary>
    /// Whether a queue takes what something else gives up, or may do so: messages of another queue, failed asynchronous invocations, discarded records of a stream.
    /// A redrive whose target is unknown may lead to any queue, and a queue that says who may redrive to it is meant for that.
    /// </summary>
    public static bool MayBeOne(DeploymentModel template, Queue queue) =>
        queue.Properties.ContainsKey("RedriveAllowPolicy")
        || template.Queues.Any(source => source != queue && MayGiveUpTo(source.RedrivePolicy, queue))
        || template.Functions.Any(function => MayLeadTo(function.DeadLetter, queue))
        || template.Mappings.Any(mapping => MayLeadTo(mapping.OnFailure, queue));

    private static bool MayGiveUpTo(Setting<RedrivePolicy> policy, Queue queue) =>
        policy.State == SettingState.Unknown || policy.Any(known => IsOrMayBe(known.DeadLetter, queue));

    private static bool MayLeadTo(Setting<ResourceLink> target, Queue queue) =>
        target.State == SettingState.Unknown || target.Any(link => IsOrMayBe(link, queue));

    private static bool IsOrMayBe(ResourceLink link, Queue queue) => link.IsUnknown || link.LogicalId == queue.LogicalId;
}
