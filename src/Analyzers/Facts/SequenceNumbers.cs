using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts;

/// <summary>Recognises what is done with the sequence number of a stream's record.</summary>
internal static class SequenceNumbers
{
    /// <summary>The property that holds one, in every event and response of AWS.</summary>
    public const string PropertyName = "SequenceNumber";

    private const string AsText = "as text a number of more digits can come before one of fewer, so the order is not that of the stream";

    private static readonly string[] Orderings = ["OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Min", "Max", "MinBy", "MaxBy"];

    /// <summary>What a call does with a sequence number and what comes of it, in words; null where it does nothing wrong.</summary>
    public static (string What, string Consequence)? MisreadBy(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        switch (method.Name)
        {
            case "CompareTo" when type.SpecialType == SpecialType.System_String:
                return IsOne(call.Instance) && !IsOnlyForEquality(call) ? ("compared as text", AsText) : null;
            case "Compare" or "CompareOrdinal" when type.SpecialType == SpecialType.System_String && call.Arguments.Length is 2 or 3:
                return call.Arguments.Take(2).Any(argument => IsOne(argument.Value)) && !IsOnlyForEquality(call) ? ("compared as text", AsText) : null;
            case var name when type.Is("System.Linq.Enumerable") && Orderings.Contains(name):
                return call.Arguments is [_, { Value: var key }] && SelectsOne(key) ? ("ordered as text", AsText) : null;
            case "Parse" or "TryParse" when call.Arguments is [{ Value: var text }, ..]:
                return IsOne(text) ? Parsed(type) : null;
            case var name when type.Is("System.Convert") && call.Arguments is [{ Value: var text }, ..] && name.StartsWith("To", StringComparison.Ordinal):
                return IsOne(text) ? Parsed(method.ReturnType) : null;
            default:
                return null;
        }
    }

    private static (string What, string Consequence)? Parsed(ITypeSymbol type) =>
        type.SpecialType switch
        {
            SpecialType.System_Int32
            or SpecialType.System_UInt32
            or SpecialType.System_Int64
            or SpecialType.System_UInt64
            or SpecialType.System_Int16
            or SpecialType.System_UInt16 => (
                $"parsed to {type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)}",
                "it has more digits than that type holds, so no record's can be read"
            ),
            SpecialType.System_Double or SpecialType.System_Single => (
                $"parsed to {type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)}",
                "it has more digits than that type tells apart, so different records get the same number"
            ),
            _ => null,
        };

    // string.Compare(a, b) == 0
    private static bool IsOnlyForEquality(IOperation call) =>
        call.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals };

    private static bool SelectsOne(IOperation key)
    {
        while (true)
        {
            switch (key)
            {
                case IConversionOperation conversion:
                    key = conversion.Operand;
                    continue;
                case IDelegateCreationOperation creation:
                    key = creation.Target;
                    continue;
                case IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] }:
                    return IsOne(value);
                default:
                    return false;
            }
        }
    }

    private static bool IsOne(IOperation? value) =>
        value switch
        {
            IConversionOperation { Type.SpecialType: SpecialType.System_String or SpecialType.System_Object or SpecialType.None } conversion => IsOne(
                conversion.Operand
            ),
            IPropertyReferenceOperation { Property: { Name: PropertyName, Type.SpecialType: SpecialType.System_String, ContainingType: var type } } =>
                IsStreams(type),
            ILocalReferenceOperation local => local.Root().OnlyValueOf(local.Local) is { } only && only is not ILocalReferenceOperation && IsOne(only),
            _ => false,
        };

    private static bool IsStreams(ITypeSymbol type) =>
        type.Is("Amazon.Kinesis.Model.Record")
        || type.Is("Amazon.Lambda.KinesisEvents.KinesisEvent.Record")
        || type.Is("Amazon.Lambda.DynamoDBEvents.DynamoDBEvent.StreamRecord")
        || type.Is("Amazon.DynamoDBv2.Model.StreamRecord");
}
