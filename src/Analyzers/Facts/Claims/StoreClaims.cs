using AtLeastOnce.Analyzers.Effects;
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
                argument.Value.DescendantsAndSelf().Any(part => part is IFieldReferenceOperation { Field: { Name: "NotExists", ContainingType.Name: "When" } })
            )
        );

    /// <summary>Whether the call may change how long a key is kept: a claim that is made before lives longer, or is given up.</summary>
    public static bool IsUpkeep(IInvocationOperation call) =>
        IsOfStore(call) && Upkeep.Contains(EffectCatalogue.PlainName(call.TargetMethod.Name)) && !Is(call);

    /// <summary>Whether it ends by itself within a day, or may.</summary>
    public static bool Expires(IInvocationOperation call)
    {
        if (call.TargetMethod.Name.StartsWith("LockTake", StringComparison.Ordinal))
            return true;
        return ExpiryOf(call) is { } expiry
            && expiry is not { ConstantValue: { HasValue: true, Value: null } }
            && !expiry.DescendantsAndSelf().Any(IsAtLeastADay);
    }

    /// <summary>The value that says after which time it ends; null where none is given.</summary>
    public static IOperation? ExpiryOf(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(argument => argument is { Parameter.Name: "expiry", ArgumentKind: not ArgumentKind.DefaultValue })?.Value;

    /// <summary>Whether the operation is a time span of a day or more: <c>AddDays(7)</c>, <c>TimeSpan.FromDays(1)</c>.</summary>
    public static bool IsAtLeastADay(IOperation operation) =>
        operation is IInvocationOperation { Arguments: [{ Value: var number }, ..], TargetMethod.Name: var name }
        && (
            name is "AddMonths" or "AddYears"
            || name is "AddDays" or "FromDays" && Number(number) >= 1
            || name is "AddHours" or "FromHours" && Number(number) >= 24
        );

    private static bool IsOfStore(IInvocationOperation call) =>
        call.TargetMethod.ContainingNamespace?.ToDisplayString().StartsWith(Redis, StringComparison.Ordinal) == true;

    private static double Number(IOperation operation)
    {
        while (operation is IConversionOperation { ConstantValue.HasValue: false } conversion)
            operation = conversion.Operand;
        return operation.ConstantValue is { HasValue: true, Value: IConvertible number }
            ? number.ToDouble(System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }
}
