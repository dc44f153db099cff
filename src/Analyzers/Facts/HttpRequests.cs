using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What sending an HTTP request again comes to: by its method, its address and its headers.</summary>
internal static class HttpRequests
{
    private static readonly AccessPath Message = AccessPath.Parse("request");

    // Requests that ask for something by POST.
    private static readonly string[] Questions =
    [
        "token",
        "oauth",
        "connect/authorize",
        "login",
        "graphql",
        "search",
        "query",
        "_msearch",
        "/sts",
        "introspect",
        "validate",
        "calculate",
        "estimate",
    ];
    private static readonly string[] TokenHeaders =
    [
        "idempotency-key",
        "idempotencykey",
        "x-idempotency-key",
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "client-token",
        "if-none-match",
        "if-match",
    ];

    /// <summary>Judges a request.</summary>
    public static Repetition Judge(ReachedEffect reached, EffectValues values)
    {
        var verb = VerbOf(reached, values);
        if (verb is null || AsksOnly(reached, values))
            return Repetition.Harmless;
        var what = $"an HTTP {verb}";
        if (TokenOf(reached, values) is not { } token)
            return new(RepetitionKind.Repeats, what, reached.Effect.Again);
        return token.IsVolatile ? new(RepetitionKind.NewIdentity, what, reached.Effect.Again, token, "its idempotency key") : Repetition.Harmless;
    }

    private static string? VerbOf(ReachedEffect reached, EffectValues values)
    {
        var name = reached.Call.TargetMethod.Name;
        if (name.StartsWith("Post", StringComparison.Ordinal))
            return "POST";
        if (name.StartsWith("Patch", StringComparison.Ordinal))
            return "PATCH";
        foreach (var part in values.PartsOf(reached.Call, reached.Frame, Message))
        {
            if (
                part.Operation is IPropertyReferenceOperation { Property: { ContainingType.Name: "HttpMethod", Name: var method } }
                && method is "Post" or "Patch"
            )
                return method.ToUpperInvariant();
        }

        return null;
    }

    private static bool AsksOnly(ReachedEffect reached, EffectValues values)
    {
        foreach (var argument in reached.Call.Arguments)
        {
            var type = argument.Value is IConversionOperation conversion ? conversion.Operand.Type : argument.Value.Type;
            if (type?.Name == "FormUrlEncodedContent")
                return true;
        }

        var texts = reached
            .Call.Arguments.SelectMany(argument => argument.Value.DescendantsAndSelf())
            .Select(part => values.TextsOf(new Located(part, reached.Frame)))
            .SelectMany(spelled => spelled)
            .Concat(values.PartsOf(reached.Call, reached.Frame, Message).SelectMany(values.TextsOf));
        return texts.Any(text => Questions.Any(question => text.IndexOf(question, StringComparison.OrdinalIgnoreCase) >= 0));
    }

    // message.Headers.Add("Idempotency-Key", …) on this request, or on the client in the same method.
    private static ValueOrigin? TokenOf(ReachedEffect reached, EffectValues values)
    {
        foreach (var frame in Frames(reached.Frame))
        {
            foreach (var operation in frame.Root.Descendants())
            {
                if (
                    operation
                        is IInvocationOperation
                        {
                            TargetMethod.Name: "Add" or "TryAddWithoutValidation",
                            Arguments: [{ Value.ConstantValue: { HasValue: true, Value: string header } }, var value]
                        }
                    && TokenHeaders.Contains(header.ToLowerInvariant())
                )
                {
                    return values.OriginOf(new(value.Value, frame));
                }
            }
        }

        return null;
    }

    private static IEnumerable<Frame> Frames(Frame frame)
    {
        for (var current = frame; current is not null; current = current.Caller)
            yield return current;
    }
}
