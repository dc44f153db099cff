using System.Globalization;
using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Deployment.Aws.Filters;

/// <summary>The operators of filter patterns that Lambda lists (F-1a).</summary>
internal static class LeafTests
{
    // EventBridge knows these; Lambda's guide does not list them (section 12).
    private static readonly string[] Unlisted = ["wildcard", "cidr"];

    /// <summary>One entry of a leaf's array, or null and why AWS refuses it.</summary>
    public static LeafTest? Read(JsonValue json, out FilterPatternError? error)
    {
        error = null;
        switch (json.Kind)
        {
            case JsonKind.Array:
                error = new(json.Start, "An array of a pattern holds no arrays.");
                return null;
            case JsonKind.Object when json.Members.Count != 1:
                error = new(json.Start, "An operator stands alone in its object.");
                return null;
            case JsonKind.Object:
                var test = ReadOperator(json.Members[0], out error);
                if (test is null)
                    error ??= new(json.Start, $"It is no use of an operator: '{json.Members[0].Name}'.");
                return test;
            default:
                return new(value => IsSame(value, json), json.Kind);
        }
    }

    // F-1b: numbers are compared by their text, so 300, 300.0 and 3.0e2 differ.
    private static bool IsSame(JsonValue value, JsonValue other) => value.Kind == other.Kind && value.Text == other.Text;

    private static LeafTest? ReadOperator(JsonMember member, out FilterPatternError? error)
    {
        error = null;
        var (name, argument) = (member.Name, member.Value);
        if (Unlisted.Contains(name) || (argument.Kind == JsonKind.Object && name is "anything-but" or "prefix" or "suffix"))
        {
            error = new(argument.Start, $"Lambda does not list this use of '{name}'.", IsUnlistedOperator: true);
            return null;
        }

        return name switch
        {
            "prefix" => OfString(argument, (value, text) => value.StartsWith(text, StringComparison.Ordinal)),
            "suffix" => OfString(argument, (value, text) => value.EndsWith(text, StringComparison.Ordinal)),
            "equals-ignore-case" => OfString(argument, (value, text) => value.Equals(text, StringComparison.OrdinalIgnoreCase)),
            "anything-but" => AnythingBut(argument),
            "numeric" => Numeric(argument),
            "exists" when argument.Kind == JsonKind.Boolean => argument.Text == "true" ? new(_ => true) : LeafTest.Absent,
            _ => null,
        };
    }

    private static LeafTest? OfString(JsonValue argument, Func<string, string, bool> matches) =>
        argument.Kind == JsonKind.String ? new(value => value.Kind == JsonKind.String && matches(value.Text, argument.Text), JsonKind.String) : null;

    // A bare string is accepted beside a list (recorded); a list is of strings or of numbers. It matches null, but not a missing field.
    private static LeafTest? AnythingBut(JsonValue argument)
    {
        IReadOnlyList<JsonValue> others = argument.Kind == JsonKind.Array ? argument.Items : [argument];
        var allowed = others.Count > 0 && others[0].Kind is JsonKind.String or JsonKind.Number && others.All(other => other.Kind == others[0].Kind);
        return allowed ? new(value => !others.Any(other => IsSame(value, other))) : null;
    }

    private static LeafTest? Numeric(JsonValue argument)
    {
        var items = argument.Items;
        return items.Count switch
        {
            2 when Comparison(items[0], "=", "<", "<=", ">", ">=") is { } compare && NumberOf(items[1]) is { } bound => new(
                value => NumberOf(value) is { } number && compare(number, bound),
                JsonKind.Number
            ),
            4
                when Comparison(items[0], ">", ">=") is { } above
                    && NumberOf(items[1]) is { } low
                    && Comparison(items[2], "<", "<=") is { } below
                    && NumberOf(items[3]) is { } high
                    && low < high => new(value => NumberOf(value) is { } number && above(number, low) && below(number, high), JsonKind.Number),
            _ => null,
        };
    }

    private static Func<double, double, bool>? Comparison(JsonValue json, params string[] allowed) =>
        json.Kind != JsonKind.String || !allowed.Contains(json.Text)
            ? null
            : json.Text switch
            {
                "=" => (a, b) => a.Equals(b),
                "<" => (a, b) => a < b,
                "<=" => (a, b) => a <= b,
                ">" => (a, b) => a > b,
                _ => (a, b) => a >= b,
            };

    private static double? NumberOf(JsonValue json) =>
        json.Kind == JsonKind.Number && double.TryParse(json.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
