using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>Something that a function's asynchronous invocations would give up to, or report to, if there were any.</summary>
/// <param name="What">What it is: <c>dead-letter queue</c>.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="IsForFailures">Whether failures go there; else what succeeds.</param>
internal sealed record UnusedTarget(string What, Setting<ResourceLink> Target, bool IsForFailures);

/// <summary>
/// The dead-letter queue and the destinations of a function that only event source mappings invoke, which have nothing of them (B-9). None where anything else may invoke the
/// function asynchronously, or where one of its sources has a target of its own.
/// </summary>
internal static class UnusedFailureTargets
{
    private const string InvokeFunction = "lambda:InvokeFunction";

    /// <summary>Whether somebody meant the function's failure target for what this mapping gives up.</summary>
    public static bool Mislead(DeploymentModel template, HandlerMapping link) =>
        !link.IsOfAttribute && link.Function is { } function && Of(template, function).Any(target => target.IsForFailures);

    /// <summary>The targets.</summary>
    public static IEnumerable<UnusedTarget> Of(DeploymentModel template, Function function) =>
        AreWritten(template, function) && SourcesHaveNone(template, function) && !MayBeInvokedAsynchronously(template, function)
            ? Written(template, function)
            : [];

    /// <summary>The mapping on which the function is spoken about: the first that may be enabled.</summary>
    public static EventSourceMapping? SpokesmanOf(DeploymentModel template, Function function) => Polling(template, function).FirstOrDefault();

    private static bool AreWritten(DeploymentModel template, Function function) => Written(template, function).Any();

    private static IEnumerable<UnusedTarget> Written(DeploymentModel template, Function function) =>
        template
            .InvokeConfigsOf(function)
            .SelectMany(config =>
                new UnusedTarget[] { new("OnFailure destination", config.OnFailure, true), new("OnSuccess destination", config.OnSuccess, false) }
            )
            .Prepend(new("dead-letter queue", function.DeadLetter, true))
            .Where(target => target.Target is { State: SettingState.Known, MayBeMissing: false });

    private static bool SourcesHaveNone(DeploymentModel template, Function function)
    {
        var mappings = Polling(template, function).ToList();
        return mappings.Count > 0
            && mappings.TrueForAll(mapping =>
                mapping.Kind == EventSourceKind.Sqs
                    ? template.QueueOf(mapping) is { RedrivePolicy.IsMissing: true } queue && !DeadLetterQueues.MayBeOne(template, queue)
                    : Defaults.IsStream(mapping.Kind) && mapping.OnFailure.IsMissing
            );
    }

    private static IEnumerable<EventSourceMapping> Polling(DeploymentModel template, Function function) =>
        template.MappingsOf(function).Where(mapping => !mapping.IsOff);

    private static bool MayBeInvokedAsynchronously(DeploymentModel template, Function function) =>
        function.HasUnreadEvents
        || function.MayBeInvokedByOthers
        || template.Triggers.Any(trigger => trigger.Target.IsUnknown || template.TargetFunctionOf(trigger) == function)
        || template.InvokeConfigs.Any(config => MayLeadTo(config.OnSuccess, function) || MayLeadTo(config.OnFailure, function))
        || template.Roles.Any(role => role.Statements.Any(statement => Permits(statement, function)));

    private static bool MayLeadTo(Setting<ResourceLink> target, Function function) => target.Any(link => link.LogicalId == function.LogicalId);

    // Who may invoke every function need not mean this one; who may invoke this one does.
    private static bool Permits(PolicyStatement statement, Function function) =>
        statement.IsAllow && statement.Covers(InvokeFunction) && statement.Resources.Any(resource => resource.LogicalId == function.LogicalId);
}
