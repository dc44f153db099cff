using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.TimeBudget;

/// <summary>
/// How long a call of an AWS client may take: <c>Timeout</c> of its configuration for each attempt, <c>MaxErrorRetry</c> more attempts. Without a timeout an attempt has that
/// of the HttpClient that the SDK makes, 100 s (AWS SDK for .NET, HttpRequestMessageFactory); that of S3 is switched off (AmazonS3Config.Initialize). The attempts hang on the
/// version and on the environment, so they only count where the code sets them.
/// </summary>
internal sealed class AwsClientLimits(ValueOrigins origins, MemberDefinitions members, Quantities quantities)
{
    private const string Configuration = "Amazon.Runtime.ClientConfig";
    private const double MostRetries = 20;

    private static TimeLimit Default { get; } = new(TimeSpan.FromSeconds(100), LimitSource.Default, "the AWS SDK's default timeout");

    /// <summary>The limit of one attempt, and how many attempts there surely may be; null where the client is not known.</summary>
    public (TimeLimit Limit, int Attempts)? Of(IOperation client, Frame frame)
    {
        (TimeLimit Limit, int Attempts)? shortest = null;
        foreach (var definition in Creations(client, frame))
        {
            if (OfCreation(definition) is not { } limit)
                return null;
            if (shortest is not { } known || limit.Limit.Longest < known.Limit.Longest)
                shortest = limit;
        }

        return shortest;
    }

    private IEnumerable<Located> Creations(IOperation client, Frame frame)
    {
        foreach (var definition in origins.Definitions(client, frame))
        {
            if (
                definition.Operation is IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } own
                && members.Of(own.Member.OriginalDefinition) is { Count: > 0 } values
            )
            {
                foreach (var value in values)
                    yield return new(value.WithoutConversions(), new(frame.Outermost.Method, value.Root(), null, null));
            }
            else
            {
                yield return definition;
            }
        }
    }

    private (TimeLimit Limit, int Attempts)? OfCreation(Located definition)
    {
        if (definition.Operation is not IObjectCreationOperation { Type: { } type } creation || !ClientCalls.IsAwsClient(type))
            return null;
        var configuration = creation
            .Arguments.Select(argument => argument.Value.WithoutConversions())
            .FirstOrDefault(value => value.Type.IsOrDerivesFrom(Configuration));
        if (configuration is null)
            return type.IsIn("Amazon.S3") ? null : (Default, 1);
        if (!origins.IsMadeHere(configuration, definition.Frame))
            return null;
        var attempts = 1;
        foreach (var set in origins.MemberOf(configuration, definition.Frame, "MaxErrorRetry"))
        {
            if (quantities.Number(set.Operation, set.Frame) is >= 0 and <= MostRetries and var retries)
                attempts = 1 + (int)retries;
        }

        var timeouts = origins.MemberOf(configuration, definition.Frame, "Timeout");
        if (timeouts.Count == 0)
            return type.IsIn("Amazon.S3") ? null : (Default, attempts);
        TimeLimit? shortest = null;
        foreach (var set in timeouts)
        {
            if (quantities.Duration(set.Operation, set.Frame) is not { } duration)
                return null;
            shortest = TimeLimit.Shorter(shortest, new(duration, LimitSource.Explicit, $"{configuration.Type!.Name}.Timeout", set.Operation.Syntax));
        }

        return (shortest!, attempts);
    }
}
