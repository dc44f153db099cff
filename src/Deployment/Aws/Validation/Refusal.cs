using AtLeastOnce.Deployment.Model;

namespace AtLeastOnce.Deployment.Aws.Validation;

/// <summary>A setting or combination that AWS refuses.</summary>
/// <param name="RuleId">The rule of the semantics reference: <c>P-20</c>.</param>
/// <param name="ErrorType">The type of error that AWS answers with: <c>InvalidParameterValueException</c>.</param>
/// <param name="Message">AWS's text.</param>
/// <param name="Property">The path of the refused property: <c>BatchSize</c>.</param>
/// <param name="Place">Where the refused value is written.</param>
internal sealed record Refusal(string RuleId, string ErrorType, string Message, string Property, Place Place)
{
    /// <summary>Whether <see cref="Message"/> is AWS's recorded text; else only its shape, or the reading of a neighbouring rule, is known.</summary>
    public bool IsRecordedText { get; init; } = true;

    /// <summary>The parameter on whose default the refusal hangs, or null when it is certain.</summary>
    public string? RestsOnParameter { get; init; }

    /// <summary>Whether the account's quota may have been raised so that AWS accepts it after all.</summary>
    public bool IsRaisableQuota { get; init; }

    /// <summary>For an exception's message: error type and text.</summary>
    public override string ToString() => $"{ErrorType}: {Message}";
}

/// <summary>The types of error that AWS answers with.</summary>
internal static class ErrorTypes
{
    /// <summary>Lambda: a value or a combination is wrong.</summary>
    public const string InvalidParameterValueException = nameof(InvalidParameterValueException);

    /// <summary>Lambda: a value does not fit the API's model.</summary>
    public const string ValidationException = nameof(ValidationException);

    /// <summary>Lambda: there is one already.</summary>
    public const string ResourceConflictException = nameof(ResourceConflictException);

    /// <summary>SQS: a queue of this type has no such attribute.</summary>
    public const string InvalidAttributeName = nameof(InvalidAttributeName);

    /// <summary>SQS: a queue attribute is out of its range.</summary>
    public const string InvalidAttributeValue = nameof(InvalidAttributeValue);

    /// <summary>SQS: a queue attribute contradicts itself or another queue.</summary>
    public const string InvalidParameterValue = nameof(InvalidParameterValue);
}
