using AtLeastOnce.Deployment.Model;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.CloudFormation;

/// <summary>Follows references between resources by identity: a reference, an attribute, or an ARN or name that one resource of the template has.</summary>
internal sealed class LinkReader
{
    private const int MaximumAliases = 8;
    private const string Lambda = "lambda";
    private readonly TemplateSections sections;
    private readonly IntrinsicResolver resolver;
    private readonly Dictionary<string, Dictionary<string, string?>> namesByService;

    /// <summary>Prepares the names of a template's resources.</summary>
    public LinkReader(TemplateSections sections, IntrinsicResolver resolver)
    {
        (this.sections, this.resolver) = (sections, resolver);
        namesByService = new(StringComparer.Ordinal)
        {
            ["sqs"] = Names("QueueName", ResourceTypes.SqsQueue),
            [Lambda] = Names("FunctionName", ResourceTypes.ServerlessFunction, ResourceTypes.LambdaFunction),
            ["kinesis"] = Names("Name", ResourceTypes.KinesisStream),
            ["dynamodb"] = Names("TableName", ResourceTypes.DynamoDbTable, ResourceTypes.DynamoDbGlobalTable, ResourceTypes.ServerlessSimpleTable),
            ["sns"] = Names("TopicName", ResourceTypes.SnsTopic),
            ["s3"] = Names("BucketName", ResourceTypes.S3Bucket),
        };
    }

    /// <summary>A link that a setting holds.</summary>
    public Setting<ResourceLink> Read(SettingReader settings, string path) =>
        settings.Read(path, alternative => ToLink(alternative, settings.PlaceOf(alternative))).OrMissing();

    /// <summary>Settings of any text, by their names. One that is the URL or, put together of parts, the name of a queue of the template leads to that queue.</summary>
    public IReadOnlyDictionary<string, Setting<ResourceLink>> ReadQueuesOrTexts(SettingReader settings, string path) =>
        settings.ReadAll(
            path,
            alternative =>
            {
                var place = settings.PlaceOf(alternative);
                return alternative.Text is { } text && QueueOf(text, place) is { } queue ? new(queue, null) : ToLink(alternative, place);
            }
        );

    /// <summary>A link that a resource must have.</summary>
    public ResourceLink ReadRequired(SettingReader settings, string path)
    {
        var setting = Read(settings, path);
        if (setting.WhyUnknown is { } why)
            return ResourceLink.Unknown(why, setting.Place);
        if (setting.IsMissing)
            return ResourceLink.Missing($"'{path}' is not given", setting.Place);
        if (setting.MayBeMissing)
            return ResourceLink.Unknown($"'{path}' is not given", setting.Place);
        var first = setting.Values[0].Value;
        return setting.Values.All(value => value.Value.IsSameAs(first)) ? first : ResourceLink.Unknown($"'{path}' hangs on a condition", setting.Place);
    }

    /// <summary>The link that a node is, such as an item of a list.</summary>
    public ResourceLink ReadNode(SettingReader settings, YamlNode node)
    {
        var resolution = settings.Resolve(node);
        if (resolution.Alternatives.Count != 1)
            return ResourceLink.Unknown(resolution.WhyUnknown ?? "it hangs on a condition");
        var link = ToLink(resolution.Alternatives[0], settings.PlaceOf(resolution.Alternatives[0]));
        return link.WhyUnknown is { } why ? ResourceLink.Unknown(why) : link.Value;
    }

    /// <summary>What a link leads to, as the source of a mapping.</summary>
    public EventSourceKind KindOf(ResourceLink link)
    {
        if (link.LogicalId is { } id)
        {
            return sections.Resources.TryGetValue(id, out var resource)
                ? resource.Type switch
                {
                    ResourceTypes.SqsQueue => EventSourceKind.Sqs,
                    ResourceTypes.KinesisStream or ResourceTypes.KinesisStreamConsumer => EventSourceKind.Kinesis,
                    ResourceTypes.DynamoDbTable or ResourceTypes.DynamoDbGlobalTable => EventSourceKind.DynamoDb,
                    "AWS::MSK::Cluster" or "AWS::MSK::ServerlessCluster" or "AWS::AmazonMQ::Broker" or "AWS::DocDB::DBCluster" => EventSourceKind.Other,
                    _ => EventSourceKind.Unknown,
                }
                : EventSourceKind.Unknown;
        }

        return link.Literal is { } literal
            ? Arn.ServiceOf(literal) switch
            {
                "sqs" => EventSourceKind.Sqs,
                "kinesis" => EventSourceKind.Kinesis,
                "dynamodb" => EventSourceKind.DynamoDb,
                "kafka" or "mq" or "rds" => EventSourceKind.Other,
                _ => EventSourceKind.Unknown,
            }
            : EventSourceKind.Unknown;
    }

    /// <summary>The link that a value is.</summary>
    public Converted<ResourceLink> ToLink(Alternative alternative, Place place) =>
        alternative.Text is { } text ? ToLink(text, place, 0) : Converted<ResourceLink>.Unknown("it is no text");

    /// <summary>The link that a text is.</summary>
    public Converted<ResourceLink> ToLink(SymbolicText text, Place place) => ToLink(text, place, 0);

    private Converted<ResourceLink> ToLink(SymbolicText text, Place place, int aliases)
    {
        if (text.Segments.Count == 1 && text.Segments[0] is { Kind: SegmentKind.Reference or SegmentKind.Attribute } segment)
        {
            return ToResource(segment, place, aliases);
        }

        if (QualifierAfter(text) is { } qualifier)
            return Qualified(ToResource(text.Segments[0], place, aliases), qualifier);
        if (text.Literal == "")
            return Converted<ResourceLink>.Unknown("it is empty");
        if (Arn.Parse(text) is { } arn)
            return ToArn(arn, text, place, aliases);
        if (namesByService[Lambda].TryGetValue(text.ToString(), out var function) && function is not null)
            return new(ResourceLink.To(function, place), null);
        return text.Literal is { } literal
            ? new(ResourceLink.ToLiteral(literal, place), null)
            : Converted<ResourceLink>.Unknown(SettingReader.WhySymbolic(text));
    }

    // A function with the name of a version or alias after it: ${Function.Arn}:live.
    private SymbolicText? QualifierAfter(SymbolicText text) =>
        text.Segments.Count > 1
        && text.Segments[0] is { Kind: SegmentKind.Reference or SegmentKind.Attribute } function
        && text.Segments[1] is { Kind: SegmentKind.Literal, Text: { Length: > 1 } after }
        && after[0] == ':'
        && sections.Resources[function.Kind == SegmentKind.Reference ? function.Text : function.Text.Substring(0, sections.EndOfId(function.Text))].Type
            is ResourceTypes.LambdaFunction
                or ResourceTypes.ServerlessFunction
            ? new([new(SegmentKind.Literal, after.Substring(1)), .. text.Segments.Skip(2)])
            : null;

    private ResourceLink? QueueOf(SymbolicText text, Place place)
    {
        const string QueueName = ".QueueName";
        var isUrl =
            text.Segments.Count > 0 && text.Segments[0] is { Kind: SegmentKind.Literal } first && first.Text.StartsWith("https://", StringComparison.Ordinal);
        if (!isUrl && text.Literal is not null)
            return null;
        var name = isUrl ? text.AfterLastSlash() : text;
        if (name.Segments is [{ Kind: SegmentKind.Attribute, Text: var attribute }] && attribute.EndsWith(QueueName, StringComparison.Ordinal))
            return ResourceLink.To(attribute.Substring(0, attribute.Length - QueueName.Length), place);
        return namesByService["sqs"].TryGetValue(name.ToString(), out var id) && id is not null ? ResourceLink.To(id, place) : null;
    }

    private Converted<ResourceLink> ToResource(Segment segment, Place place, int aliases)
    {
        var dot = segment.Kind == SegmentKind.Attribute ? sections.EndOfId(segment.Text) : segment.Text.Length;
        var (id, attribute) = (segment.Text.Substring(0, dot), dot < segment.Text.Length ? segment.Text.Substring(dot + 1) : "Arn");
        var type = sections.Resources[id].Type;
        if (type is ResourceTypes.LambdaAlias or ResourceTypes.LambdaVersion)
        {
            return
                aliases < MaximumAliases
                && sections.Resources[id].Properties is { } properties
                && resolver.ResolveAt(properties, ["FunctionName"]) is { Alternatives: { Count: 1 } targets }
                && targets[0].Text is { } target
                && ToLink(target, place, aliases + 1) is { WhyUnknown: null, Value: var function }
                ? new(function.LogicalId is { } functionId ? ResourceLink.To(functionId, place, id) : function, null)
                : Converted<ResourceLink>.Unknown($"the function of '{id}' is not given");
        }

        if (type == ResourceTypes.ServerlessFunction && attribute is IntrinsicResolver.Alias or IntrinsicResolver.Version)
            return new(ResourceLink.To(id, place, QualifierOf(id, attribute)), null);

        // Another template's outputs and what custom code returns are no resource of this template.
        var isIdentity =
            attribute.EndsWith("Arn", StringComparison.OrdinalIgnoreCase) || attribute.EndsWith("Name", StringComparison.Ordinal) || attribute == "QueueUrl";
        return isIdentity && type.StartsWith("AWS::", StringComparison.Ordinal) && !type.StartsWith("AWS::CloudFormation::", StringComparison.Ordinal)
            ? new(ResourceLink.To(id, place), null)
            : Converted<ResourceLink>.Unknown($"'{segment.Text}' is known only when deployed");
    }

    // The id that SAM generates for a function's alias.
    private string QualifierOf(string function, string attribute) =>
        attribute == IntrinsicResolver.Alias
        && sections.Resources[function].Properties is { } properties
        && resolver.ResolveAt(properties, ["AutoPublishAlias"]) is { Alternatives: [{ Text.Literal: { } name }] }
            ? $"{function}Alias{name}"
            : function + attribute;

    private Converted<ResourceLink> ToArn(Arn arn, SymbolicText text, Place place, int aliases)
    {
        if (arn.Name.Segments.Count == 1 && arn.Name.Segments[0] is { Kind: SegmentKind.Attribute or SegmentKind.Reference } segment)
        {
            // A queue's own reference is its URL, which is no part of an ARN.
            return arn.Service == "sqs" && segment.Kind == SegmentKind.Reference
                ? Converted<ResourceLink>.Unknown("the reference gives the queue's URL, not its name")
                : Qualified(ToResource(segment, place, aliases), arn.Qualifier);
        }

        if (arn.IsOfThisStack && namesByService.TryGetValue(arn.Service, out var names) && names.TryGetValue(arn.Name.ToString(), out var id) && id is not null)
        {
            return Qualified(new(ResourceLink.To(id, place), null), arn.Qualifier);
        }

        return text.Segments.All(piece => piece.Kind is SegmentKind.Literal or SegmentKind.PseudoParameter)
            ? new(ResourceLink.ToLiteral(text.ToString(), place), null)
            : Converted<ResourceLink>.Unknown(SettingReader.WhySymbolic(new(text.Segments.Where(piece => piece.Kind != SegmentKind.PseudoParameter))));
    }

    private static Converted<ResourceLink> Qualified(Converted<ResourceLink> function, SymbolicText? qualifier) =>
        qualifier is null || function is not { WhyUnknown: null, Value: { LogicalId: { } id, Qualifier: null } link }
            ? function
            : new(ResourceLink.To(id, link.Place, qualifier.ToString()), null);

    // A name that two resources have tells neither.
    private Dictionary<string, string?> Names(string property, params string[] types)
    {
        var result = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var resource in sections.Resources.Values.Where(resource => types.Contains(resource.Type)))
        {
            if (resource.Properties is not { } properties || resolver.ResolveAt(properties, [property]).Alternatives is not { Count: 1 } values)
                continue;
            if (values[0].Text?.ToString() is { } name)
                result[name] = result.ContainsKey(name) ? null : resource.LogicalId;
        }

        return result;
    }
}
