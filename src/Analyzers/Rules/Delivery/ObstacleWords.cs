using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Analyzers.Rules.Delivery;

/// <summary>What keeps every record from passing a filter, in words.</summary>
internal static class ObstacleWords
{
    private static readonly string[] Images = ["NewImage", "OldImage"];

    /// <summary>Why the filter never matches, as a sentence without its stop.</summary>
    /// <param name="obstacle">The obstacle.</param>
    /// <param name="source">What the mapping reads.</param>
    /// <param name="table">The table, if it is known.</param>
    public static string Why(PatternObstacle obstacle, EventSourceKind source, Table? table)
    {
        var field = $"'{obstacle.Field}'";
        return obstacle.Kind switch
        {
            ObstacleKind.NoSuchField
                when obstacle is { Event: null, Path: ["dynamodb", var image, ..] } && Images.Contains(image) && !RecordForms.MayShow(table, image) =>
                $"the stream of table '{table!.LogicalId}' has no {image} (its StreamViewType is {string.Join(" or ", table.StreamViewType.Values.Select(value => value.Value))})",
            ObstacleKind.NoSuchField when obstacle.Event is { } name => $"the record of {(name == "INSERT" ? "an" : "a")} {name} has no {field}",
            ObstacleKind.NoSuchField => $"filters see no {field} in {Record(source)}",
            ObstacleKind.IsObject => $"{field} is an object, and only the values within it exist for a filter",
            ObstacleKind.NoAttributeType => $"{field} is an attribute, which holds its value under the name of its type",
            ObstacleKind.SeveralAttributeTypes => $"{field} is an attribute, and has one type at a time",
            ObstacleKind.NumberIsText => $"{field} is a number that DynamoDB writes as a text, and a test for numbers is never true of a text",
            ObstacleKind.OtherValue => $"{field} is always {Values(obstacle.Form!)}",
            ObstacleKind.IsAlwaysThere => $"{field} is always there",
            _ => $"{field} is always {Noun(obstacle.Form!)}",
        };
    }

    /// <summary>What to do, as a sentence without its stop.</summary>
    public static string Remedy(PatternObstacle obstacle, EventSourceKind source)
    {
        var last = obstacle.Path.Count == 0 ? "" : obstacle.Path[obstacle.Path.Count - 1];
        return obstacle.Kind switch
        {
            ObstacleKind.NoSuchField => FieldRemedy(obstacle, source),
            ObstacleKind.IsObject => "Test a value within it",
            ObstacleKind.NoAttributeType => $"Name the type, as in {{ \"{last}\": {{ \"S\": [...] }} }}",
            ObstacleKind.SeveralAttributeTypes => "Give each type a filter of its own, or join them by $or",
            ObstacleKind.NumberIsText => "Test it as a text, such as \"N\": [\"100\"], or compare the number in the handler",
            _ => "Correct the test",
        };
    }

    private static string FieldRemedy(PatternObstacle obstacle, EventSourceKind source)
    {
        var name = obstacle.Path[0];
        return (source, obstacle.Path.Count) switch
        {
            (EventSourceKind.Sqs, 1) => "Filter by what is in 'body'",
            (EventSourceKind.Kinesis, 1) => "Filter by what is in 'data', which is decoded for filters",
            (EventSourceKind.DynamoDb, 1) when name is "NewImage" or "OldImage" or "Keys" => $"Put '{name}' into 'dynamodb'",
            (EventSourceKind.DynamoDb, 1) => "Filter by what is in 'dynamodb', or by 'eventName'",
            _ => "Correct the pattern",
        };
    }

    private static string Record(EventSourceKind source) =>
        source switch
        {
            EventSourceKind.Sqs => "a message",
            EventSourceKind.Kinesis => "a record of a Kinesis stream",
            _ => "a record of a DynamoDB stream",
        };

    private static string Values(FieldForm form)
    {
        var values = form.Values!.Select(value => value.Text).ToList();
        return values.Count == 1 ? values[0] : string.Join(", ", values.Take(values.Count - 1)) + " or " + values[values.Count - 1];
    }

    private static string Noun(FieldForm form) =>
        form.Kinds[0] switch
        {
            Deployment.Aws.Json.JsonKind.Number => "a number",
            Deployment.Aws.Json.JsonKind.Boolean => "true or false",
            _ => "a text",
        };
}
