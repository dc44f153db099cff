using AtLeastOnce.Deployment.Aws.Json;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>What the records of each source look like when filters are applied (F-2 to F-4, F-15, F-16).</summary>
internal static class RecordForms
{
    /// <summary>The field of a DynamoDB record that tells what happened to the item.</summary>
    public const string EventName = "eventName";

    /// <summary>The types of attributes, by which DynamoDB names their values (F-15).</summary>
    public static readonly IReadOnlyList<string> AttributeTypes = ["S", "N", "B", "SS", "NS", "BS", "M", "L", "BOOL", "NULL"];

    private static readonly string[] Events = ["INSERT", "MODIFY", "REMOVE"];
    private static readonly string[] ViewTypes = ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"];

    // An attribute's name may hold dots, which are taken for nesting: below an attribute there may be another one.
    private static readonly FieldForm Attribute = new()
    {
        Inner = AttributeValue,
        IsOptional = true,
        IsAttribute = true,
    };

    private static readonly FieldForm Image = new() { Inner = _ => Attribute };

    // Lambda looks at the body alone; what else it says of a message it may look at, or not, as far as is known.
    private static readonly RecordForm Message = new(
        null,
        new Dictionary<string, FieldForm>(StringComparer.Ordinal)
        {
            [PatternMatcher.Body] = new()
            {
                Kinds = [JsonKind.String],
                Inner = _ => FieldForm.Anything,
                IsTextOrJson = true,
            },
            ["messageId"] = FieldForm.Anything,
            ["receiptHandle"] = FieldForm.Anything,
            ["md5OfBody"] = FieldForm.Anything,
            ["md5OfMessageAttributes"] = FieldForm.Anything,
            ["eventSource"] = FieldForm.OneOf("aws:sqs"),
            ["eventSourceARN"] = FieldForm.Text,
            ["awsRegion"] = FieldForm.Text,
        }
    );

    private static readonly RecordForm Kinesis = new(
        null,
        new Dictionary<string, FieldForm>(StringComparer.Ordinal)
        {
            [PatternMatcher.Data] = FieldForm.Anything,
            ["kinesisSchemaVersion"] = FieldForm.Text,
            ["partitionKey"] = FieldForm.Text,
            ["sequenceNumber"] = FieldForm.Text,
            ["approximateArrivalTimestamp"] = FieldForm.Number,
            ["encryptionType"] = FieldForm.Anything,
            ["eventSource"] = FieldForm.OneOf("aws:kinesis"),
            ["eventVersion"] = FieldForm.Text,
            ["eventID"] = FieldForm.Text,
            [EventName] = FieldForm.OneOf("aws:kinesis:record"),
            ["invokeIdentityArn"] = FieldForm.Text,
            ["awsRegion"] = FieldForm.Text,
            ["eventSourceARN"] = FieldForm.Text,
        }
    );

    /// <summary>The forms of a mapping's records; none where its source is not one of which they are known.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="table">The table whose stream it reads, if it is known.</param>
    public static IReadOnlyList<RecordForm> Of(EventSourceMapping mapping, Table? table) =>
        mapping.Kind switch
        {
            EventSourceKind.Sqs => [Message],
            EventSourceKind.Kinesis => [Kinesis],
            EventSourceKind.DynamoDb => [.. Events.Select(name => Change(name, table))],
            _ => [],
        };

    /// <summary>Whether the records of a table's stream may show the item after the change, or before it.</summary>
    public static bool MayShow(Table? table, string image)
    {
        var view = table?.StreamViewType;
        return view is not { Values.Count: > 0 }
            || !view.All(type => type == "KEYS_ONLY" || (type.EndsWith("_IMAGE", StringComparison.Ordinal) && type != Only(image)));
    }

    private static string Only(string image) => image == "NewImage" ? "NEW_IMAGE" : "OLD_IMAGE";

    private static RecordForm Change(string name, Table? table)
    {
        var dynamodb = new Dictionary<string, FieldForm>(StringComparer.Ordinal)
        {
            ["ApproximateCreationDateTime"] = FieldForm.Number,
            ["Keys"] = Keys(table),
            ["SequenceNumber"] = FieldForm.Text,
            ["SizeBytes"] = FieldForm.Number,
            ["StreamViewType"] = FieldForm.OneOf(ViewTypes),
        };
        if (name != "REMOVE" && MayShow(table, "NewImage"))
            dynamodb["NewImage"] = Image;
        if (name != "INSERT" && MayShow(table, "OldImage"))
            dynamodb["OldImage"] = Image;
        return new(
            name,
            new Dictionary<string, FieldForm>(StringComparer.Ordinal)
            {
                ["eventID"] = FieldForm.Text,
                [EventName] = FieldForm.OneOf(name),
                ["eventVersion"] = FieldForm.Text,
                ["eventSource"] = FieldForm.OneOf("aws:dynamodb"),
                ["awsRegion"] = FieldForm.Text,
                ["dynamodb"] = FieldForm.Object(dynamodb),
                ["eventSourceARN"] = FieldForm.Text,
                ["userIdentity"] = FieldForm.Anything,
                ["tableName"] = FieldForm.Anything,
            }
        );
    }

    private static FieldForm Keys(Table? table)
    {
        if (table?.PartitionKey.Single() is not { } partitionKey || !(table.SortKey.IsMissing || table.SortKey.Single() is not null))
            return Image;
        string?[] names = [partitionKey, table.SortKey.Single()];
        return names.Any(name => name?.Contains('.') == true) ? Image : new() { Inner = name => names.Contains(name) ? Attribute : null };
    }

    private static FieldForm? AttributeValue(string name) =>
        name switch
        {
            "S" or "B" or "SS" or "NS" or "BS" => TextOfAttribute,
            "N" => NumberOfAttribute,
            "BOOL" => Flag(true, false),
            "NULL" => Flag(true),
            _ => Attribute,
        };

    private static FieldForm TextOfAttribute { get; } = OfAttribute([JsonKind.String]);

    private static FieldForm NumberOfAttribute { get; } = OfAttribute([JsonKind.String], isNumber: true);

    private static FieldForm Flag(params bool[] values) => OfAttribute([JsonKind.Boolean], [.. values.Select(value => JsonValue.Boolean(value))]);

    private static FieldForm OfAttribute(IReadOnlyList<JsonKind> kinds, IReadOnlyList<JsonValue>? values = null, bool isNumber = false) =>
        new()
        {
            Kinds = kinds,
            Values = values,
            Inner = AttributeValue,
            IsOptional = true,
            IsNumberAsText = isNumber,
        };
}
