using System.Text.Json;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Runtime.Sources.Async;
using static AtLeastOnce.Deployment.Model.ReferenceSettingExtensions;
using static AtLeastOnce.Deployment.Model.ValueSettingExtensions;
using Model = AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Runtime.Hosting;

/// <summary>The topics, buckets and event buses of a template, whom they tell, and how functions are invoked asynchronously.</summary>
internal sealed class TemplatePublishers
{
    private const string DefaultBus = "default";

    private readonly Model.DeploymentModel model;
    private readonly Dictionary<Model.Queue, SqsQueue> queues;
    private readonly Dictionary<Model.Function, LambdaFunction> functions;
    private readonly Dictionary<Model.Resource, EventPublisher> made = [];
    private readonly Dictionary<string, EventBus> buses = new(StringComparer.Ordinal);
    private readonly List<(ScheduleTimes Times, ScheduledEvent Sent)> schedules = [];
    private readonly List<LeftOutMapping> leftOut = [];

    /// <summary>Makes them.</summary>
    public TemplatePublishers(Model.DeploymentModel model, Dictionary<Model.Queue, SqsQueue> queues, Dictionary<Model.Function, LambdaFunction> functions)
    {
        (this.model, this.queues, this.functions) = (model, queues, functions);
        foreach (var topic in model.Topics.Where(topic => !topic.IsFifo.Any(fifo => fifo)))
            made.Add(topic, new SnsTopic(TemplateResources.NameOf(topic.Name, topic)) { LogicalId = topic.LogicalId });
        foreach (var bucket in model.Buckets)
            made.Add(bucket, new S3Bucket(TemplateResources.NameOf(bucket.Name, bucket)) { LogicalId = bucket.LogicalId });
        foreach (var (declared, function) in functions)
            SetInvocations(declared, function);
        foreach (var trigger in model.Triggers.Where(trigger => !trigger.Enabled.All(enabled => !enabled)))
            Connect(trigger);
    }

    /// <summary>Topics, buckets and buses.</summary>
    public IEnumerable<EventPublisher> All => made.Values.Concat(buses.Values);

    /// <summary>When schedules fire, and what they send.</summary>
    public IReadOnlyList<(ScheduleTimes Times, ScheduledEvent Sent)> Schedules => schedules;

    /// <summary>Triggers that are not simulated.</summary>
    public IReadOnlyList<LeftOutMapping> LeftOut => leftOut;

    /// <summary>The destination that a link names; null if it is none of the template's.</summary>
    public IDestination? DestinationOf(Model.ResourceLink link) =>
        model.Target(link) switch
        {
            Model.Queue queue => queues.GetValueOrDefault(queue),
            Model.Function function => functions.GetValueOrDefault(function),
            { } other => made.GetValueOrDefault(other),
            null => null,
        };

    private void SetInvocations(Model.Function declared, LambdaFunction function)
    {
        if (declared.DeadLetter.Single() is { } deadLetter && DestinationOf(deadLetter) is { } target)
            function.DeadLetterQueue = target;
        var config =
            model.InvokeConfigsOf(declared).FirstOrDefault(config => config.Qualifier.All(name => name == Defaults.LatestQualifier))
            ?? model.InvokeConfigsOf(declared).FirstOrDefault();
        if (config is null)
            return;
        if (config.MaximumRetryAttempts.Single() is { } retries)
            function.EventInvokeConfig.MaximumRetryAttempts = retries;
        if (config.MaximumEventAge.Single() is { } age)
            function.EventInvokeConfig.MaximumEventAge = TimeSpan.FromSeconds(age);
        if (config.OnSuccess.Single() is { } success && DestinationOf(success) is { } onSuccess)
            function.EventInvokeConfig.OnSuccess = onSuccess;
        if (config.OnFailure.Single() is { } failure && DestinationOf(failure) is { } onFailure)
            function.EventInvokeConfig.OnFailure = onFailure;
    }

    private void Connect(Model.EventTrigger trigger)
    {
        var function = model.TargetFunctionOf(trigger) is { } declared ? functions.GetValueOrDefault(declared) : null;
        var queue = model.TargetQueueOf(trigger) is { } target ? queues.GetValueOrDefault(target) : null;
        if (function is null && queue is null)
            return;
        if (TriggerSupport.WhyNotSimulated(trigger, queue) is { } why)
        {
            leftOut.Add(new(trigger.DisplayName, function?.Label, why) { InTimeOnly = trigger.Kind == Model.TriggerKind.Schedule });
            return;
        }

        switch (trigger.Kind)
        {
            case Model.TriggerKind.Sns when SourceOf(trigger) is SnsTopic topic:
                var (policy, scope) = (trigger.Filter.Single(), TriggerSupport.ScopeOf(trigger));
                _ = function is not null
                    ? topic.Subscribe(function, policy, scope)
                    : topic.Subscribe(queue!, trigger.IsRawDelivery.Single() == true, policy, scope);
                break;
            case Model.TriggerKind.S3 when SourceOf(trigger) is S3Bucket bucket:
                var (prefix, suffix) = KeysOf(trigger);
                _ = function is not null
                    ? bucket.Notify(function, trigger.EventTypes.Single(), prefix, suffix)
                    : bucket.Notify(queue!, trigger.EventTypes.Single(), prefix, suffix);
                break;
            case Model.TriggerKind.EventBridge when trigger.Filter.Single() is { } pattern && BusOf(trigger) is { } bus:
                bus.Rule(pattern, target: (IDestination?)function ?? queue!, trigger.Input.Single());
                break;
            case Model.TriggerKind.Schedule when trigger.ScheduleExpression.Single() is { } expression:
                schedules.Add(
                    (
                        ScheduleTimes.Read(expression),
                        new(NameOf(trigger), (IDestination?)function ?? queue!) { IsOfScheduler = trigger.IsOfScheduler, Input = trigger.Input.Single() }
                    )
                );
                break;
        }
    }

    // The events of functions may have one name; SAM makes a rule of function and event.
    private static string NameOf(Model.EventTrigger trigger) => trigger.IsFunctionEvent ? trigger.LogicalId : trigger.DisplayName;

    private EventPublisher? SourceOf(Model.EventTrigger trigger) =>
        trigger.Source.Single() is { } link && model.Target(link) is { } source ? made.GetValueOrDefault(source) : null;

    // A bus is no resource that the model knows: its link names it.
    private EventBus? BusOf(Model.EventTrigger trigger)
    {
        var name =
            trigger.Source.IsMissing ? DefaultBus
            : trigger.Source.Single() is { } link ? link.LogicalId ?? link.Literal
            : null;
        if (name is null)
            return null;
        if (!buses.TryGetValue(name, out var bus))
            buses.Add(name, bus = new(name));
        return bus;
    }

    private static (string Prefix, string Suffix) KeysOf(Model.EventTrigger trigger)
    {
        if (trigger.Filter.Single() is not { } filter)
            return ("", "");
        using var keys = JsonDocument.Parse(filter);
        return (Text("prefix"), Text("suffix"));

        string Text(string name) => keys.RootElement.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
    }
}
