namespace AWS.Lambda.Powertools.Idempotency;

/// <summary>Runs the method once for a payload. The real attribute is woven into the method when it is compiled; this one only declares.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class IdempotentAttribute : Attribute
{
    public string KeyPrefix { get; set; }
}

/// <summary>Marks the parameter that the idempotency key is taken from.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class IdempotencyKeyAttribute : Attribute;
