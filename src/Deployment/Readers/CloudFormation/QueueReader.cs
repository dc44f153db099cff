using System.Globalization;
using AtLeastOnce.Deployment.Aws;
using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Reads <c>AWS::SQS::Queue</c>.</summary>
internal sealed class QueueReader(TemplateContext context)
{
    /// <summary>The queue that a resource declares.</summary>
    public Queue Read(TemplateResource resource)
    {
        var settings = context.SettingsOf(resource, null);
        return new(resource.LogicalId)
        {
            Site = context.SiteOf(resource),
            Name = settings.Text("QueueName"),
            IsFifo = settings.Flag("FifoQueue", false),
            ContentBasedDeduplication = settings.Flag("ContentBasedDeduplication", false),
            DeduplicationScope = settings.Text("DeduplicationScope", Defaults.DeduplicationScope),
            FifoThroughputLimit = settings.Text("FifoThroughputLimit", Defaults.FifoThroughputLimit),
            VisibilityTimeout = settings.Number("VisibilityTimeout", Defaults.VisibilityTimeout),
            MessageRetentionPeriod = settings.Number("MessageRetentionPeriod", Defaults.MessageRetentionPeriod),
            DelaySeconds = settings.Number("DelaySeconds", Defaults.DelaySeconds),
            ReceiveMessageWaitTime = settings.Number("ReceiveMessageWaitTimeSeconds", Defaults.ReceiveMessageWaitTime),
            RedrivePolicy = settings.Read("RedrivePolicy", alternative => ToPolicy(alternative, settings)).OrMissing(),
            RedriveAllowPolicy = settings.Read("RedriveAllowPolicy", alternative => ToAllowPolicy(alternative, settings)).OrMissing(),
        };
    }

    private Converted<RedriveAllowPolicy> ToAllowPolicy(Alternative alternative, SettingReader settings)
    {
        if (alternative.Node is not YamlMapping mapping)
            return Converted<RedriveAllowPolicy>.Unknown("it is no mapping");
        var policy = settings.Within(mapping);
        var sources = mapping["sourceQueueArns"]?.Value is YamlSequence { Tag: null } list
            ? list.Items.Select(item => context.Links.ReadNode(policy, item)).ToList()
            : [];
        return new(new(policy.Text("redrivePermission"), sources), null);
    }

    private Converted<RedrivePolicy> ToPolicy(Alternative alternative, SettingReader settings) =>
        alternative switch
        {
            { Node: YamlMapping mapping } => new(ToPolicy(settings.Within(mapping)), null),
            { Text: { } text } => ToPolicy(text, alternative, settings),
            _ => Converted<RedrivePolicy>.Unknown("it is no mapping"),
        };

    private RedrivePolicy ToPolicy(SettingReader settings) =>
        new(context.Links.ReadRequired(settings, "deadLetterTargetArn"), settings.Number("maxReceiveCount", null));

    // Some write the policy as the JSON text that the SQS API takes.
    private Converted<RedrivePolicy> ToPolicy(SymbolicText text, Alternative alternative, SettingReader settings)
    {
        if (JsonReader.ReadOrNull(text.ToString()) is not { Kind: JsonKind.Object } json)
            return Converted<RedrivePolicy>.Unknown("it is no policy");
        var place = settings.PlaceOf(alternative);
        var at = new YamlScalar(alternative.Start, alternative.End, null, "", false);
        var link = ResourceLink.Unknown("'deadLetterTargetArn' is not given", place);
        if (json["deadLetterTargetArn"] is { Kind: JsonKind.String } arn)
        {
            var target = settings.ResolveSub(arn.Text, at);
            var converted =
                target.Alternatives.Count == 1
                    ? context.Links.ToLink(target.Alternatives[0], place)
                    : Converted<ResourceLink>.Unknown(target.WhyUnknown ?? "it hangs on a condition");
            link = converted.WhyUnknown is { } why ? ResourceLink.Unknown(why, place) : converted.Value;
        }

        var count = json["maxReceiveCount"] is { Kind: JsonKind.String or JsonKind.Number } written
            ? settings.TextOf(new YamlScalar(alternative.Start, alternative.End, null, written.Text, true))
            : Setting<string>.Missing(place);
        return new(new(link, ToCount(count)), null);
    }

    private static Setting<int> ToCount(Setting<string> text) =>
        text.State == SettingState.Absent ? Setting<int>.Missing(text.Enclosing)
        : text.Single() is { } digits && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? text.Select(_ => count)
        : Setting<int>.Unknown(text.WhyUnknown ?? "it is no whole number", text.KeyPlace, text.ValuePlace);
}
