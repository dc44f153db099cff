using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>What Lambda answers to a value outside of the API's model (P-47).</summary>
internal static class ModelConstraints
{
    /// <summary>The refusal of a number that is out of its range whatever its possible value is, or null.</summary>
    /// <param name="ruleId">The rule that gives the range.</param>
    /// <param name="property">The property's path in a template.</param>
    /// <param name="setting">The number.</param>
    /// <param name="range">The range.</param>
    public static Refusal? OutOfRange(string ruleId, string property, Setting<int> setting, Bounds range)
    {
        if (!setting.All(value => !range.Contains(value)))
            return null;
        var refused = setting.Values[0];
        var constraint =
            refused.Value < range.Least
                ? FormattableString.Invariant($"Member must have value greater than or equal to {range.Least}")
                : FormattableString.Invariant($"Member must have value less than or equal to {range.Most}");
        return Of(ruleId, property, FormattableString.Invariant($"{refused.Value}"), constraint, setting.Place) with
        {
            RestsOnParameter = setting.RestsOnParameter,
        };
    }

    /// <summary>The refusal of a name or ARN with too many characters, or null.</summary>
    public static Refusal? TooLong(string ruleId, string property, ResourceLink link, int most) =>
        link.Literal is { } text && text.Length > most
            ? Of(ruleId, property, text, FormattableString.Invariant($"Member must have length less than or equal to {most}"), link.Place)
            : null;

    /// <summary>The refusal of a mapping without a value that it must have (P-27).</summary>
    public static Refusal Missing(string ruleId, string property, Place place) =>
        new(
            ruleId,
            ErrorTypes.InvalidParameterValueException,
            $"1 validation error detected: Value null at '{CamelCase(property)}' failed to satisfy constraint: Member must not be null.",
            property,
            place
        );

    /// <summary>The refusal of a value that does not satisfy a constraint.</summary>
    public static Refusal Of(string ruleId, string property, string value, string constraint, Place place) =>
        new(
            ruleId,
            ErrorTypes.ValidationException,
            $"1 validation error detected: Value '{value}' at '{CamelCase(property)}' failed to satisfy constraint: {constraint}",
            property,
            place
        )
        {
            IsRecordedText = false,
        };

    private static string CamelCase(string path) => string.Join(".", path.Split('.').Select(name => char.ToLowerInvariant(name[0]) + name.Substring(1)));
}
