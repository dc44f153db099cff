using AtLeastOnce.Analyzers.Effects;
using AtLeastOnce.Analyzers.Facts.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Entities that are added to a unit of work of EF Core, whose save inserts them: what that comes to again is decided by their keys.</summary>
internal static class EntityInserts
{
    private static readonly AccessPath[] Keys = [AccessPath.Parse("entity." + EffectValues.KeyMember), AccessPath.Parse("entities." + EffectValues.KeyMember)];

    /// <summary>Judges an <c>Add</c>.</summary>
    public static Repetition Judge(ReachedEffect reached, EffectValues values)
    {
        if (KeyOf(reached.Call, reached.Frame, values) is not var (presence, origin) || !IsSaved(reached.Frame) || HasMark(reached, values))
            return Repetition.Harmless;
        var what = $"'{reached.Call.TargetMethod.ContainingType.Name}.{reached.Call.TargetMethod.Name}' of {EntityOf(reached.Call)?.Name ?? "an entity"}";
        return presence switch
        {
            Presence.Set when origin.IsVolatile => new(RepetitionKind.NewIdentity, what, reached.Effect.Again, origin, "the key"),
            Presence.Unset when IsGenerated(reached.Call) => new(RepetitionKind.Repeats, what, reached.Effect.Again),
            _ => Repetition.Harmless,
        };
    }

    /// <summary>Whether an <c>Add</c> gives the row a key that is the record's, which the database refuses the second time.</summary>
    public static bool IsUnderRecordKey(ReachedEffect reached, EffectValues values) =>
        KeyOf(reached.Call, reached.Frame, values) is (Presence.Set, { IsOfRecord: true });

    private static (Presence Presence, ValueOrigin Origin)? KeyOf(IInvocationOperation call, Frame frame, EffectValues values)
    {
        foreach (var path in Keys)
        {
            if (call.Arguments.Any(argument => argument.Parameter?.Name == path.Parameter))
                return values.OriginOf(call, frame, path);
        }

        return null;
    }

    // Another entity under a key of the record's, in the same unit of work: the second delivery's save fails as a whole.
    private static bool HasMark(ReachedEffect reached, EffectValues values) =>
        reached
            .Frame.Root.Descendants()
            .OfType<IInvocationOperation>()
            .Any(other =>
                other != reached.Call
                && SymbolEqualityComparer.Default.Equals(other.TargetMethod.ContainingAssembly, reached.Call.TargetMethod.ContainingAssembly)
                && other.TargetMethod.Name is "Add" or "AddAsync"
                && KeyOf(other, reached.Frame, values) is (Presence.Set, { IsOfRecord: true })
            );

    private static bool IsSaved(Frame frame)
    {
        for (var current = frame; current is not null; current = current.Caller)
        {
            if (current.Root.Descendants().OfType<IInvocationOperation>().Any(call => call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync"))
                return true;
        }

        return false;
    }

    // Keys of these types that are left unset are made by the database, or by EF Core.
    private static bool IsGenerated(IInvocationOperation call) =>
        EntityOf(call) is { } entity
        && entity.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(IsKey) is { Type: var type }
        && (type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 || type.Name == "Guid");

    private static bool IsKey(IPropertySymbol property) =>
        property.Name is "Id" or "ID"
        || property.Name == property.ContainingType.Name + "Id"
        || property.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "KeyAttribute");

    private static INamedTypeSymbol? EntityOf(IInvocationOperation call)
    {
        var value = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "entity")?.Value;
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value?.Type as INamedTypeSymbol;
    }
}
