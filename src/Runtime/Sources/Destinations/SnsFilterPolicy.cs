using System.Globalization;
using AtLeastOnce.Deployment.Aws.Filters;
using AtLeastOnce.Deployment.Aws.Json;

namespace AtLeastOnce.Runtime;

/// <summary>What a subscription's filter policy looks at (N-11).</summary>
public enum FilterPolicyScope
{
    /// <summary>The message attributes.</summary>
    MessageAttributes,

    /// <summary>The message's text, which must be a JSON object.</summary>
    MessageBody,
}

/// <summary>A subscription's filter policy (N-11): the operators are those of event source mappings' filters.</summary>
internal sealed class SnsFilterPolicy
{
    private readonly FilterPattern? pattern;
    private readonly FilterPolicyScope scope;

    private SnsFilterPolicy(FilterPattern? pattern, FilterPolicyScope scope) => (this.pattern, this.scope) = (pattern, scope);

    /// <summary>Reads a policy.</summary>
    /// <exception cref="AwsErrorException">SNS refuses it.</exception>
    /// <exception cref="NotSupportedException">It uses an operator that is not simulated.</exception>
    public static SnsFilterPolicy Read(string text, FilterPolicyScope scope)
    {
        if (ReadOrNull(text, scope, out var error) is { } policy)
            return policy;
        throw error!.IsUnlistedOperator
            ? new NotSupportedException(
                string.Create(CultureInfo.InvariantCulture, $"The filter policy uses an operator that is not simulated, at {error.Offset}: {text}")
            )
            : new AwsErrorException("InvalidParameter", $"Invalid parameter: {error.Detail}", "N-11");
    }

    /// <summary>Reads a policy; null with the reason if it cannot be simulated.</summary>
    public static SnsFilterPolicy? ReadOrNull(string text, FilterPolicyScope scope, out FilterPatternError? error)
    {
        error = null;
        var json = JsonReader.ReadOrNull(text);
        if (json is { Kind: JsonKind.Object, Members.Count: 0 })
            return new(null, scope);
        if (scope == FilterPolicyScope.MessageAttributes && json?.Members.FirstOrDefault(member => member.Value.Kind == JsonKind.Object) is { } nested)
        {
            error = new(nested.Value.Start, "Filter policy scope MessageAttributes does not support nested filter policy");
            return null;
        }

        if (FilterPattern.TryParse(text, out var pattern, out error))
            return new(pattern, scope);
        error = error with { Detail = $"FilterPolicy: {error.Detail}" };
        return null;
    }

    /// <summary>Whether the subscriber gets the message.</summary>
    public bool Accepts(SnsMessage message)
    {
        if (pattern is null)
            return true;
        var looked =
            scope == FilterPolicyScope.MessageBody
                ? JsonReader.ReadOrNull(message.Message)
                : JsonValue.Object([.. message.Attributes.Where(attribute => attribute.Value.BinaryValue is null).Select(Member)]);
        return looked is { Kind: JsonKind.Object } && pattern.Matches(looked);
    }

    // Binary attributes are not looked at.
    private static JsonMember Member(KeyValuePair<string, SqsAttributeValue> attribute)
    {
        var text = attribute.Value.StringValue!;
        return new(attribute.Key, attribute.Value.DataType == "Number" ? JsonValue.Number(text) : JsonValue.String(text));
    }
}
