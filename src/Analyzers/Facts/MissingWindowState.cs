using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Why the response of a handler of a tumbling window has no <c>state</c>, without which the invocation counts as failed (W-3).</summary>
/// <param name="Creation">The response whose state is left null; null where the return type has none.</param>
internal sealed record MissingWindowState(IOperation? Creation)
{
    private const string StateName = "state";

    /// <summary>What is missing in the handler's response; null where it has a state, or may have one.</summary>
    public static MissingWindowState? In(Handler handler, MethodBody? body)
    {
        if (handler.Response.Kind == ResponseKind.None)
            return new((IOperation?)null);
        if (
            handler.Response
                is not { Kind: ResponseKind.BatchItemFailures or ResponseKind.Other, Type: INamedTypeSymbol { SpecialType: SpecialType.None } type }
            || type.TypeKind is not (TypeKind.Class or TypeKind.Struct)
            || type.IsAbstract
            || ElementTypes.Of(type) is not null
            || JsonMember.IsWrittenByCode(type)
        )
            return null;
        if (StateOf(type, handler.Serializer.Naming) is not { } state)
            return new((IOperation?)null);
        if (body is null || !IsLeftOutAsNull(state, handler.Serializer.Naming))
            return null;
        var creation = body.Returned().Select(value => CreationOf(value, body, state)).FirstOrDefault(found => found is not null);
        return creation is null ? null : new(creation);
    }

    private static IPropertySymbol? StateOf(ITypeSymbol type, JsonNaming naming)
    {
        var isKnown = naming is not (JsonNaming.Unknown or JsonNaming.Missing);
        return JsonMember
            .Of(type, naming)
            .FirstOrDefault(member => string.Equals(member.Name, StateName, isKnown ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase))
            ?.Property;
    }

    // The serializers of System.Text.Json write no null; a property that is set where it is declared is none.
    private static bool IsLeftOutAsNull(IPropertySymbol state, JsonNaming naming) =>
        naming is JsonNaming.Declared or JsonNaming.CamelCase
        && (state.Type.IsReferenceType || state.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        && !state.IsRequired
        && state.ContainingType.IsIn("Amazon.Lambda");

    private static IOperation? CreationOf(IOperation value, MethodBody body, IPropertySymbol state)
    {
        switch (value)
        {
            case IObjectCreationOperation { Arguments.IsEmpty: true } creation:
                var set = creation
                    .Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
                    .FirstOrDefault(assignment => IsState(assignment.Target, state))
                    ?.Value;
                return set is null || set.WithoutConversions().ConstantValue is { HasValue: true, Value: null } ? creation : null;
            case ILocalReferenceOperation local
                when body.Root.OnlyValueOf(local.Local)?.WithoutConversions() is { } only && !MaySetState(local.Local, body, state):
                return CreationOf(only, body, state);
            default:
                return null;
        }
    }

    // The state is assigned, or the response goes where that may happen.
    private static bool MaySetState(ILocalSymbol local, MethodBody body, IPropertySymbol state) =>
        body
            .Root.Descendants()
            .OfType<ILocalReferenceOperation>()
            .Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local))
            .Any(reference =>
                reference.WithConversions().Parent switch
                {
                    IPropertyReferenceOperation property => SymbolEqualityComparer.Default.Equals(property.Property, state),
                    IReturnOperation => false,
                    IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "FromResult", ContainingType.Name: "Task" } } } => false,
                    ISimpleAssignmentOperation assignment => assignment.Target != reference,
                    _ => true,
                }
            );

    private static bool IsState(IOperation target, IPropertySymbol state) =>
        target is IPropertyReferenceOperation property && SymbolEqualityComparer.Default.Equals(property.Property, state);
}
