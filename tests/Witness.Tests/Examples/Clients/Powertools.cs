// What the examples use of Powertools for AWS Lambda, which no package at hand declares: same names, same signatures. What its weaver does, PowertoolsWeaver does.
#pragma warning disable CS1591
using Amazon.Lambda.Core;

namespace AWS.Lambda.Powertools.Idempotency;

[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class IdempotencyKeyAttribute : Attribute;

public sealed class IdempotencyBuilder
{
    public IdempotencyBuilder UseDynamoDb(string tableName) => tableName.Length > 0 ? this : throw new ArgumentException("Table name is required");
}

public static class Idempotency
{
    public static void Configure(Action<IdempotencyBuilder> configurationAction) => configurationAction(new());

    public static void RegisterLambdaContext(ILambdaContext context) => ArgumentNullException.ThrowIfNull(context);
}
