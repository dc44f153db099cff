using AtLeastOnce.Deployment.Aws.Validation;

namespace AtLeastOnce.Runtime;

/// <summary>AWS refuses a mapping or one of its resources; the message is AWS's.</summary>
public abstract class AwsRefusalException : Exception
{
    private protected AwsRefusalException(string errorType, string message, string ruleId)
        : base($"{errorType}: {message}") => (ErrorType, RuleId) = (errorType, ruleId);

    /// <summary>AWS's type of error.</summary>
    public string ErrorType { get; }

    /// <summary>The rule of the semantics reference: <c>P-23</c>.</summary>
    public string RuleId { get; }

    internal static AwsRefusalException Of(Refusal refusal) =>
        refusal.ErrorType switch
        {
            ErrorTypes.InvalidParameterValueException => new InvalidParameterValueException(refusal.Message, refusal.RuleId),
            ErrorTypes.ValidationException => new ValidationException(refusal.Message, refusal.RuleId),
            _ => new AwsErrorException(refusal.ErrorType, refusal.Message, refusal.RuleId),
        };
}

/// <summary>Lambda refuses a value or a combination of values.</summary>
public sealed class InvalidParameterValueException : AwsRefusalException
{
    internal InvalidParameterValueException(string message, string ruleId)
        : base(nameof(InvalidParameterValueException), message, ruleId) { }
}

/// <summary>Lambda refuses a value that does not fit the API's model (P-47).</summary>
public sealed class ValidationException : AwsRefusalException
{
    internal ValidationException(string message, string ruleId)
        : base(nameof(ValidationException), message, ruleId) { }
}

/// <summary>Lambda refuses what exists already (P-32).</summary>
public sealed class ResourceConflictException : AwsRefusalException
{
    internal ResourceConflictException(string message, string ruleId)
        : base(nameof(ResourceConflictException), message, ruleId) { }
}

/// <summary>AWS refuses something with an error that has no type of its own here.</summary>
public sealed class AwsErrorException : AwsRefusalException
{
    internal AwsErrorException(string errorType, string message, string ruleId)
        : base(errorType, message, ruleId) { }
}
