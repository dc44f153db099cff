using AtLeastOnce.Deployment.Aws.Filters;
using static AtLeastOnce.Deployment.Model.ReferenceSettingExtensions;
using static AtLeastOnce.Deployment.Model.ValueSettingExtensions;
using Model = AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Runtime.Hosting;

/// <summary>Which triggers of a template can be simulated. What is not known is not guessed, but told.</summary>
internal static class TriggerSupport
{
    /// <summary>Why a trigger cannot be simulated, or null if it can be.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="queue">The queue that gets its events, if it is one.</param>
    public static string? WhyNotSimulated(Model.EventTrigger trigger, SqsQueue? queue)
    {
        if (queue?.IsFifo == true)
            return $"its target '{queue.Label}' is a FIFO queue";
        if (trigger.Enabled.Single() is null)
            return $"whether it is enabled is not known: {TemplateResources.Why(trigger.Enabled)}";
        if (Unknown(trigger.Filter))
            return $"its filter is not known: {TemplateResources.Why(trigger.Filter)}";
        if (Unknown(trigger.Input))
            return $"its input is not known: {TemplateResources.Why(trigger.Input)}";
        return trigger.Kind switch
        {
            Model.TriggerKind.Sns => OfTopic(trigger),
            Model.TriggerKind.EventBridge when trigger.Filter.Single() is { } pattern && !FilterPattern.TryParse(pattern, out _, out var error) =>
                $"its pattern cannot be read: {error.Detail}",
            Model.TriggerKind.Schedule => OfSchedule(trigger),
            _ => null,
        };
    }

    /// <summary>What a topic's filter policy looks at; known where the trigger is simulated.</summary>
    public static FilterPolicyScope ScopeOf(Model.EventTrigger trigger) =>
        Enum.TryParse<FilterPolicyScope>(trigger.FilterScope.Single(), out var scope) ? scope : FilterPolicyScope.MessageAttributes;

    private static string? OfTopic(Model.EventTrigger trigger)
    {
        if (!trigger.IsRawDelivery.IsMissing && trigger.IsRawDelivery.Single() is null)
            return $"whether it delivers raw messages is not known: {TemplateResources.Why(trigger.IsRawDelivery)}";
        if (trigger.Filter.Single() is not { } policy)
            return null;
        if (!Enum.GetNames<FilterPolicyScope>().Contains(trigger.FilterScope.Single()))
            return $"the scope of its filter policy is not known: {TemplateResources.Why(trigger.FilterScope)}";
        return SnsFilterPolicy.ReadOrNull(policy, ScopeOf(trigger), out var error) is null ? $"its filter policy cannot be read: {error!.Detail}" : null;
    }

    private static string? OfSchedule(Model.EventTrigger trigger)
    {
        if (trigger.ScheduleExpression.Single() is null)
            return $"its expression is not known: {TemplateResources.Why(trigger.ScheduleExpression)}";
        if (trigger.TimeZone.IsMissing || trigger.TimeZone.Single() is "UTC" or "Etc/UTC")
            return null;
        return $"its time zone is not UTC, or not known: {trigger.TimeZone}";
    }

    private static bool Unknown(Model.Setting<string> setting) => !setting.IsMissing && setting.Single() is null;
}
