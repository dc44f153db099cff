using AtLeastOnce.Analyzers.Facts.Values;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Deduplication in memory: a set in a field that is asked for something of the record.</summary>
internal static class MemoryGuards
{
    private static readonly string[] Sets = ["HashSet", "ISet", "SortedSet", "List", "ConcurrentBag", "IMemoryCache", "MemoryCache"];
    private static readonly string[] Maps = ["Dictionary", "IDictionary", "ConcurrentDictionary"];
    private static readonly string[] Questions = ["Contains", "ContainsKey", "TryAdd", "Add"];

    /// <summary>Whether the call asks one. A map to objects is a cache: what it decides is whether they are made.</summary>
    public static bool Is(IInvocationOperation call, Frame frame, EffectValues values, CancellationToken cancellationToken)
    {
        if (call.Instance is not { } store || LastingState.MemberOf(store) is not { } member || StoreType(store) is not { } type)
            return false;
        var isAsked =
            Questions.Contains(call.TargetMethod.Name)
            || call.TargetMethod.Name == "TryGetValue" && call.Arguments.Any(argument => argument.Value.HasPart(part => part is IDiscardOperation));
        var isSet = Sets.Contains(type.Name) || Maps.Contains(type.Name) && type.TypeArguments is [_, var value] && IsMark(value);
        return isAsked
            && isSet
            && LastingState.Outlives(member, frame.Outermost.Method.ContainingType)
            && values.CarryRecord(call, frame)
            && !LastingState.IsBegunAnew(member, cancellationToken);
    }

    private static INamedTypeSymbol? StoreType(IOperation store) =>
        (store is IConversionOperation conversion ? conversion.Operand.Type : store.Type) as INamedTypeSymbol;

    private static bool IsMark(ITypeSymbol type) =>
        type.SpecialType
            is SpecialType.System_Boolean
                or SpecialType.System_Byte
                or SpecialType.System_Int32
                or SpecialType.System_DateTime
                or SpecialType.System_Object
        || type.Name == "DateTimeOffset";
}
