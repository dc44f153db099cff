using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>What Lambda refuses of a mapping's filters (P-6, P-30).</summary>
internal static class FilterValidation
{
    private const string Property = "FilterCriteria.Filters";

    /// <summary>The refusals.</summary>
    public static IEnumerable<Refusal> Validate(EventSourceMapping mapping)
    {
        var filters = mapping.Filters;
        if (filters.All(list => list.Patterns.Count > Limits.Filters))
        {
            var count = filters.Values.Min(value => value.Value.Patterns.Count);
            var constraint = FormattableString.Invariant($"Member must have length less than or equal to {Limits.Filters}");
            yield return ModelConstraints.Of("P-6", "FilterCriteria.Filters", FormattableString.Invariant($"{count} filters"), constraint, filters.Place) with
            {
                IsRaisableQuota = count <= Limits.FiltersWithRaisedQuota,
                RestsOnParameter = filters.RestsOnParameter,
            };
        }

        // The filters of two branches are not known to be deployed together.
        if (filters.Single() is not { } declared)
            yield break;
        for (var i = 0; i < declared.Patterns.Count; i++)
        {
            if (Validate(declared.Patterns[i], i) is { } refusal)
                yield return refusal;
        }
    }

    private static Refusal? Validate(Setting<string> pattern, int index)
    {
        var property = FormattableString.Invariant($"{Property}[{index}].Pattern");
        if (pattern.All(text => text.Length > Limits.FilterPatternLength))
        {
            return ModelConstraints.Of(
                "P-6",
                FormattableString.Invariant($"FilterCriteria.Filters.{index + 1}.member.Pattern"),
                pattern.Values[0].Value,
                FormattableString.Invariant($"Member must have length less than or equal to {Limits.FilterPatternLength}"),
                pattern.Place
            ) with
            {
                Property = property,
                RestsOnParameter = pattern.RestsOnParameter,
            };
        }

        if (!pattern.All(text => !FilterPattern.TryParse(text, out _, out _)))
            return null;
        return new("P-30", ErrorTypes.InvalidParameterValueException, FilterPatternError.Message, property, pattern.Place)
        {
            // An operator that EventBridge knows and Lambda does not list is refused as far as anyone knows.
            IsRecordedText = pattern.All(text => !FilterPattern.TryParse(text, out _, out var error) && !error.IsUnlistedOperator),
            RestsOnParameter = pattern.RestsOnParameter,
        };
    }
}
