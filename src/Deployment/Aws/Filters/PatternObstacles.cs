using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>Why a pattern asks for what no record has.</summary>
internal enum ObstacleKind
{
    /// <summary>There is no such field.</summary>
    NoSuchField,

    /// <summary>The field is an object, and only leaves have values (F-1c).</summary>
    IsObject,

    /// <summary>The field is a DynamoDB attribute, and the type of its value is not named (F-15).</summary>
    NoAttributeType,

    /// <summary>Several types of one attribute are asked for.</summary>
    SeveralAttributeTypes,

    /// <summary>The field is a number that is written as a text, and a number is asked for (F-15).</summary>
    NumberIsText,

    /// <summary>The field has values of another kind.</summary>
    OtherKind,

    /// <summary>The field has other values.</summary>
    OtherValue,

    /// <summary>The field is always there.</summary>
    IsAlwaysThere,
}

/// <summary>What keeps every record from passing a pattern.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Path">The names from the record down to the field.</param>
/// <param name="Form">What the field can hold; null where there is none.</param>
/// <param name="Event">The event whose records it is about, where it is not about those of all events.</param>
internal sealed record PatternObstacle(ObstacleKind Kind, IReadOnlyList<string> Path, FieldForm? Form, string? Event = null)
{
    /// <summary>The field as a pattern with dots names it: <c>dynamodb.NewImage.total.N</c>.</summary>
    public string Field => string.Join(".", Path);
}

/// <summary>
/// Finds what keeps every record of a source from passing a pattern. Only what is certain: of fields that are tested each for itself nothing is said about how they
/// go together, but that a DynamoDB attribute has one type.
/// </summary>
internal static class PatternObstacles
{
    /// <summary>The obstacle that is the most telling; null if a record of one of the forms may pass, or if no form is given.</summary>
    public static PatternObstacle? Find(PatternObject pattern, IReadOnlyList<RecordForm> records)
    {
        var found = new List<(RecordForm Record, PatternObstacle Obstacle)>();
        foreach (var record in records)
        {
            if (InObject(pattern, record.Root, []) is not { } inRecord)
                return null;
            found.Add((record, inRecord));
        }

        if (found.Count == 0)
            return null;
        if (found.All(other => IsSame(other.Obstacle, found[0].Obstacle)))
            return found[0].Obstacle with { Form = Union(found.Select(other => other.Obstacle.Form)) };
        var (telling, obstacle) = found.OrderBy(other => Rank(other.Obstacle)).First();
        return obstacle.Kind == ObstacleKind.NoSuchField ? obstacle with { Event = telling.Event } : obstacle;
    }

    // What keeps out records of every event tells more than what only those of one lack; and records of other events than the pattern's own are out of the question.
    private static int Rank(PatternObstacle obstacle) =>
        obstacle.Path is [RecordForms.EventName] ? 2
        : obstacle.Kind == ObstacleKind.NoSuchField ? 1
        : 0;

    private static bool IsSame(PatternObstacle one, PatternObstacle other) => one.Kind == other.Kind && one.Path.SequenceEqual(other.Path);

    private static FieldForm? Union(IEnumerable<FieldForm?> forms)
    {
        var all = forms.OfType<FieldForm>().ToList();
        return all.Count < 2 || all.Any(form => form.Values is null)
            ? all.FirstOrDefault()
            : new() { Kinds = all[0].Kinds, Values = [.. all.SelectMany(form => form.Values!).GroupBy(value => value.Text).Select(same => same.First())] };
    }

    private static PatternObstacle? InObject(PatternObject pattern, FieldForm? form, IReadOnlyList<string> path)
    {
        foreach (var field in pattern.Fields)
        {
            IReadOnlyList<string> inner = [.. path, field.Key];
            var obstacle = field.Value switch
            {
                InnerField nested => InObject(nested.Value, form?.Inner?.Invoke(field.Key), inner) is { } found
                    ? Outermost(form, field.Key, inner, found)
                    : null,
                LeafField leaf => InLeaf(leaf, form?.Inner?.Invoke(field.Key), inner),
                _ => null,
            };
            if (obstacle is not null)
                return obstacle;
        }

        if (form is { IsAttribute: true } && pattern.Fields.Count(IsTypeThatMustBe) > 1)
            return new(ObstacleKind.SeveralAttributeTypes, path, form);
        foreach (var alternatives in pattern.Alternatives)
        {
            var obstacles = alternatives.Select(alternative => InObject(alternative, form, path)).ToList();
            if (obstacles.All(obstacle => obstacle is not null))
                return obstacles[0];
        }

        return null;
    }

    // Of a path that leads nowhere the first wrong name is the one to speak of.
    private static PatternObstacle Outermost(FieldForm? form, string name, IReadOnlyList<string> path, PatternObstacle found) =>
        found.Kind == ObstacleKind.NoSuchField && form?.Inner is { } inner && inner(name) is null ? found with { Path = path } : found;

    private static bool IsTypeThatMustBe(KeyValuePair<string, PatternField> field) =>
        RecordForms.AttributeTypes.Contains(field.Key) && field.Value is LeafField leaf && !leaf.Tests.Any(test => test.WantsAbsence);

    private static PatternObstacle? InLeaf(LeafField leaf, FieldForm? form, IReadOnlyList<string> path)
    {
        if (form?.CanSeemAbsent != false && leaf.Tests.Any(test => test.WantsAbsence))
            return null;
        if (form is null)
            return new(ObstacleKind.NoSuchField, path, null);
        if (form.Values is { } values ? leaf.Tests.Any(test => values.Any(test.Matches)) : leaf.Tests.Any(test => form.Kinds.Any(test.MayMatch)))
            return null;
        return new(Why(leaf, form), path, form);
    }

    private static ObstacleKind Why(LeafField leaf, FieldForm form) =>
        form.Kinds.Count == 0
            ? form.IsAttribute
                ? ObstacleKind.NoAttributeType
                : ObstacleKind.IsObject
            : leaf.Tests.All(test => test.WantsAbsence)
                ? ObstacleKind.IsAlwaysThere
                : form.IsNumberAsText && leaf.Tests.Any(test => test.WantsNumber)
                    ? ObstacleKind.NumberIsText
                    : form.Values is not null && form.Kinds.Any(kind => leaf.Tests.Any(test => test.MayMatch(kind)))
                        ? ObstacleKind.OtherValue
                        : ObstacleKind.OtherKind;
}
