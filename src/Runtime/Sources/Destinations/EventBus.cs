using System.Globalization;
using System.Text.Json;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Runtime.Scheduling;
using AtLeastOnce.Runtime.Sources.Destinations;

namespace AtLeastOnce.Runtime;

/// <summary>An event of a bus.</summary>
/// <param name="Id">Its id, the same for all targets.</param>
/// <param name="Source">Who sent it.</param>
/// <param name="DetailType">What it is about.</param>
/// <param name="Detail">Its detail, as JSON.</param>
public sealed record BusEvent(string Id, string Source, string DetailType, string Detail);

/// <summary>An EventBridge event bus: passes each event on to the targets of all rules whose pattern it matches (N-8).</summary>
/// <param name="name">Its name; AWS's own events and schedules are on the bus <c>default</c>.</param>
public sealed class EventBus(string name) : EventPublisher(name)
{
    private readonly List<BusEvent> events = [];
    private readonly List<BusRule> rules = [];

    private sealed record BusRule(FilterPattern Pattern, IDestination Target, string? Input);

    /// <summary>The events put on it, in that order.</summary>
    public IReadOnlyList<BusEvent> Events => events;

    /// <inheritdoc/>
    internal override string Kind => "Bus";

    /// <summary>Invokes a function asynchronously with each event that matches (N-8).</summary>
    /// <param name="pattern">The event pattern, as JSON: <c>{"source":["my.shop"]}</c>.</param>
    /// <param name="function">The function.</param>
    /// <returns>The bus.</returns>
    /// <exception cref="AwsErrorException">EventBridge refuses the pattern.</exception>
    /// <exception cref="NotSupportedException">The pattern uses <c>wildcard</c>, <c>cidr</c> or a nested operator, which are not simulated.</exception>
    public EventBus Rule(string pattern, LambdaFunction function) => Rule(pattern, (IDestination)function);

    /// <summary>Sends each event that matches to a standard queue; the message's body is the event (N-8).</summary>
    /// <inheritdoc cref="Rule(string, LambdaFunction)"/>
    public EventBus Rule(string pattern, SqsQueue queue)
    {
        StandardOnly.Check(queue, nameof(queue));
        return Rule(pattern, (IDestination)queue);
    }

    /// <summary>Publishes each event that matches to a topic; the message's text is the event (N-8).</summary>
    /// <inheritdoc cref="Rule(string, LambdaFunction)"/>
    public EventBus Rule(string pattern, SnsTopic topic) => Rule(pattern, (IDestination)topic);

    /// <summary>Puts an event on the bus; targets get it at once.</summary>
    /// <param name="source">Who sends it; not <c>aws.…</c>.</param>
    /// <param name="detailType">What it is about.</param>
    /// <param name="detail">A string is JSON as it is; anything else is serialised. It must be an object.</param>
    /// <param name="resources">The ARNs that it concerns.</param>
    /// <returns>The event.</returns>
    /// <exception cref="AwsErrorException">EventBridge refuses the entry (N-9).</exception>
    /// <exception cref="InvalidOperationException">The bus belongs to no host yet.</exception>
    public BusEvent Put(string source, string detailType, object detail, IReadOnlyList<string>? resources = null)
    {
        ArgumentNullException.ThrowIfNull(detail);
        if (string.IsNullOrWhiteSpace(source))
            throw new AwsErrorException("InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument.", "N-9");
        if (string.IsNullOrWhiteSpace(detailType))
            throw new AwsErrorException("InvalidArgument", "Parameter DetailType is not valid. Reason: DetailType is a required argument.", "N-9");
        if (source.StartsWith("aws.", StringComparison.Ordinal))
            throw new AwsErrorException("NotAuthorizedForSourceException", "Not authorized for the source.", "N-9");
        var json = detail as string ?? JsonSerializer.Serialize(detail, detail.GetType());
        return Guarded(at => Put(at, source, detailType, json, resources ?? []));
    }

    /// <summary>Puts an event of AWS on the bus; under the gate.</summary>
    internal BusEvent Put(long at, string source, string detailType, string detail, IReadOnlyList<string> resources)
    {
        if (JsonReader.ReadOrNull(detail) is not { Kind: JsonKind.Object })
            throw new AwsErrorException("MalformedDetail", "Detail is malformed.", "N-9");
        var host = Simulation;
        var id = host.Choices.GuidText(IdKind.BusEvent, ((long)host.Publishers.IndexOf(this) << 32) + events.Count);
        var added = new BusEvent(id, source, detailType, detail);
        events.Add(added);
        host.History.Add(new BusEventPut(TimeSpan.FromTicks(at), Name, events.Count, source, detailType));
        var text = Text(added, host.TimeAt(at), host.Options, resources);
        var json = JsonReader.ReadOrNull(text)!;
        foreach (var rule in rules.Where(rule => rule.Pattern.Matches(json)))
            Deliver(rule.Target, new(at, rule.Input ?? text) { From = Label });
        return added;
    }

    /// <inheritdoc/>
    private protected override string ArnIn(LambdaTestHostOptions options) => $"arn:aws:events:{options.Region}:{options.AccountId}:event-bus/{Name}";

    // A-8: the record is the detail of an event of Lambda.
    private protected override void Accept(DestinationRecord record) =>
        Put(
            record.At,
            "lambda",
            $"Lambda Function Invocation Result - {(record.IsSuccess ? "Success" : "Failure")}",
            record.Json,
            record.FunctionArn is null ? [Arn] : [Arn, record.FunctionArn]
        );

    /// <summary>Sends each event that matches, or a constant in its place, to a target.</summary>
    internal EventBus Rule(string pattern, IDestination target, string? input = null)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(target);
        if (!FilterPattern.TryParse(pattern, out var parsed, out var error))
        {
            throw error.IsUnlistedOperator
                ? new NotSupportedException(
                    string.Create(CultureInfo.InvariantCulture, $"The pattern uses an operator that is not simulated, at {error.Offset}: {pattern}")
                )
                : new AwsErrorException("InvalidEventPatternException", $"Event pattern is not valid. Reason: {error.Detail}", "N-8");
        }

        AddTarget(target);
        rules.Add(new(parsed, target, input));
        return this;
    }

    internal static string Text(BusEvent about, DateTimeOffset at, LambdaTestHostOptions options, IReadOnlyList<string> resources) =>
        AwsJson.Write(json =>
        {
            json.WriteString("version", "0");
            json.WriteString("id", about.Id);
            json.WriteString("detail-type", about.DetailType);
            json.WriteString("source", about.Source);
            json.WriteString("account", options.AccountId);
            json.WriteString("time", at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("region", options.Region);
            json.WriteStartArray("resources");
            foreach (var resource in resources)
                json.WriteStringValue(resource);
            json.WriteEndArray();
            json.WritePropertyName("detail");
            json.WriteRawValue(about.Detail);
        });
}
