using System.Collections.Immutable;
using AtLeastOnce.Analyzers.Handlers;
using AtLeastOnce.Analyzers.Infrastructure;
using AtLeastOnce.Deployment.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>What an entry of the response names its record by.</summary>
internal enum IdentifierOrigin
{
    /// <summary>Cannot be told: no finding.</summary>
    Unknown,

    /// <summary>The identifier that Lambda knows the record by (section 6.6).</summary>
    Right,

    /// <summary>Another property of the record.</summary>
    OtherProperty,

    /// <summary>A property of what was read from the record's body.</summary>
    Body,

    /// <summary>Null, empty, or never set .</summary>
    Empty,

    /// <summary>A text that is the same for every record.</summary>
    Constant,

    /// <summary>A value made up on the spot.</summary>
    Volatile,
}

/// <summary>An entry of the response and what it names its record by.</summary>
/// <param name="Item">The entry.</param>
/// <param name="Origin">What its identifier is.</param>
/// <param name="Value">The expression that decides; null when the identifier is never set.</param>
internal sealed record JudgedItem(ReportedItem Item, IdentifierOrigin Origin, IOperation? Value);

/// <summary>Finds the entries that code makes for a response, and follows their identifiers back to the record.</summary>
internal sealed class ItemIdentifiers(
    KnownTypes types,
    EventSourceKind source,
    INamedTypeSymbol? entryType,
    Func<IParameterSymbol, ImmutableArray<IOperation>> argumentsOf
)
{
    private const int LongestWay = 6;

    /// <summary>The entries made in a method body, its lambdas and local functions included.</summary>
    public IEnumerable<ReportedItem> In(MethodBody body)
    {
        if (!body.Has(OperationKind.ObjectCreation) && !body.Has(OperationKind.SimpleAssignment))
            yield break;
        var operations = body.Operations;
        var isSetElsewhere = operations
            .OfType<ISimpleAssignmentOperation>()
            .Any(assignment =>
                IsIdentifier(assignment.Target) && assignment.Target is IPropertyReferenceOperation { Instance: not IInstanceReferenceOperation }
            );
        foreach (var operation in operations)
        {
            switch (operation)
            {
                case IObjectCreationOperation creation when IsEntry(creation.Type):
                    var set = creation
                        .Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
                        .FirstOrDefault(assignment => IsIdentifier(assignment.Target))
                        ?.Value;
                    set ??= creation
                        .Arguments.FirstOrDefault(argument => string.Equals(argument.Parameter?.Name, "itemIdentifier", StringComparison.OrdinalIgnoreCase))
                        ?.Value;
                    if (set is not null || creation.Arguments.Length == 0)
                        yield return new(creation, set, set is null && !isSetElsewhere, body);
                    break;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: not IInstanceReferenceOperation } target } assignment
                    when IsIdentifier(target):
                    yield return new(assignment, assignment.Value, false, body);
                    break;
            }
        }
    }

    /// <summary>What the entry names its record by.</summary>
    public JudgedItem Judge(ReportedItem item)
    {
        if (item.IsUnset)
            return new(item, IdentifierOrigin.Empty, null);
        return item.Identifier is null
            ? new(item, IdentifierOrigin.Unknown, null)
            : new(item, OriginOf(item.Identifier, item.Body, LongestWay), item.Identifier);
    }

    private IdentifierOrigin OriginOf(IOperation value, MethodBody body, int way)
    {
        if (way == 0)
            return IdentifierOrigin.Unknown;
        if (value.ConstantValue is { HasValue: true, Value: var constant })
            return constant is null or "" ? IdentifierOrigin.Empty : IdentifierOrigin.Constant;
        switch (value)
        {
            case IConversionOperation conversion:
                return OriginOf(conversion.Operand, body, way);
            case IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } }:
                return IdentifierOrigin.Empty;
            case IPropertyReferenceOperation { Instance: { } instance } property:
                return OfProperty(property, instance, body, way);
            case ILocalReferenceOperation local when body.Root.OnlyValueOf(local.Local) is { } only:
                return OriginOf(only, body, way - 1);
            case IParameterReferenceOperation parameter:
                var origins = argumentsOf(parameter.Parameter).Select(argument => OriginOf(argument, body, way - 1)).Distinct().ToList();
                return origins.Count == 1 ? origins[0] : IdentifierOrigin.Unknown;
            case IInvocationOperation { TargetMethod: { Name: "ToString", ContainingType: var type }, Instance: { } made }
                when type.Is("System.Guid") || made is IInvocationOperation { TargetMethod.Name: "NewGuid" }:
                return made is IInvocationOperation { TargetMethod.Name: "NewGuid" } ? IdentifierOrigin.Volatile : IdentifierOrigin.Unknown;
            default:
                return IdentifierOrigin.Unknown;
        }
    }

    private IdentifierOrigin OfProperty(IPropertyReferenceOperation property, IOperation instance, MethodBody body, int way)
    {
        if (
            types.IsRecord(instance.Type)
            || property.Property.ContainingType.IsIn("Amazon.Lambda") && !ResponseShape.IsItem(instance.Type)
            || property.Property.ContainingType.Is("Amazon.Kinesis.Model.Record")
        )
        {
            return IsRight(property.Property.Name) ? IdentifierOrigin.Right
                : property.Property.Type.SpecialType == SpecialType.System_String ? IdentifierOrigin.OtherProperty
                : IdentifierOrigin.Unknown;
        }

        return IsReadFromBody(instance, body, way) ? IdentifierOrigin.Body : IdentifierOrigin.Unknown;
    }

    private bool IsRight(string property) => source == EventSourceKind.Sqs ? property == "MessageId" : property == "SequenceNumber";

    // JsonSerializer.Deserialize<Order>(record.Body): its properties are the sender's, not Lambda's.
    private static bool IsReadFromBody(IOperation value, MethodBody body, int way) =>
        way > 0
        && value switch
        {
            IConversionOperation conversion => IsReadFromBody(conversion.Operand, body, way),
            IAwaitOperation awaited => IsReadFromBody(awaited.Operation, body, way),
            IPropertyReferenceOperation { Instance: { } instance } => IsReadFromBody(instance, body, way - 1),
            ILocalReferenceOperation local => body.Root.OnlyValueOf(local.Local) is { } only && IsReadFromBody(only, body, way - 1),
            ICoalesceOperation coalesce => IsReadFromBody(coalesce.Value, body, way),
            IInvocationOperation invocation => invocation.TargetMethod.Name.StartsWith("Deserialize", StringComparison.Ordinal)
                && invocation.TargetMethod.ContainingType.Name is "JsonSerializer" or "JsonConvert",
            _ => false,
        };

    // A property that only some serializers write as itemIdentifier counts in the entries of the handler's own response.
    private bool IsEntry(ITypeSymbol? type) =>
        ResponseShape.IsNamedItem(type) || entryType is not null && SymbolEqualityComparer.Default.Equals(type, entryType);

    private bool IsIdentifier(IOperation target) =>
        target is IPropertyReferenceOperation { Property: { ContainingType: { } type } property }
        && IsEntry(type)
        && SymbolEqualityComparer.Default.Equals(ResponseShape.IdentifierOf(type), property);
}
