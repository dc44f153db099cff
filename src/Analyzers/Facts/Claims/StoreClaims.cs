using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Claims;

/// <summary>Claims of stores whose result says whether they succeeded: <c>SETNX</c> and its kin.</summary>
internal static class StoreClaims
{
    private const string Redis = "StackExchange.Redis";

    // What sets a key that is there, lets it live longer or gives it up, and scripts, which may do all of that.
    private static readonly string[] Upkeep =
    [
        "StringSet",
        "StringGetSet",
        "StringGetSetExpiry",
        "StringGetDelete",
        "StringSetAndGet",
        "KeyExpire",
        "KeyPersist",
        "KeyDelete",
        "KeyRename",
        "LockExtend",
        "LockRelease",
        "ScriptEvaluate",
        "Execute",
    ];

    /// <summary>Whether the call is one.</summary>
    public static bool Is(IInvocationOperation call) =>
        IsOfStore(call)
        && (
            call.TargetMethod.Name is "LockTake" or "LockTakeAsync" or "SetAdd" or "SetAddAsync"
            || call.Arguments.Any(argument =>
                argument.Value.HasPart(part => part is IFieldReferenceOperation { Field: { Name: "NotExists", ContainingType.Name: "When" } })
            )
        );

    /// <summary>Whether the call may change how long a key is kept: a claim that is made before lives longer, or is given up.</summary>
    public static bool IsUpkeep(IInvocationOperation call) =>
        IsOfStore(call) && Upkeep.Contains(EffectCatalogue.PlainName(call.TargetMethod.Name)) && !Is(call);

    /// <summary>Whether it is a lock, which its owner gives up or prolongs.</summary>
    public static bool IsLock(IInvocationOperation call) => call.TargetMethod.Name.StartsWith("LockTake", StringComparison.Ordinal);

    /// <summary>The value that says after which time it ends; null where none is given.</summary>
    public static IOperation? ExpiryOf(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(argument => argument is { Parameter.Name: "expiry", ArgumentKind: not ArgumentKind.DefaultValue })?.Value;

    private static bool IsOfStore(IInvocationOperation call) =>
        call.TargetMethod.ContainingNamespace?.ToDisplayString().StartsWith(Redis, StringComparison.Ordinal) == true;
}
