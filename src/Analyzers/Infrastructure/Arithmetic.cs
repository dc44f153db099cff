using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Infrastructure;

/// <summary>Reckons as C# does, with numbers as <see cref="double"/>s.</summary>
internal static class Arithmetic
{
    /// <summary>The number that is constant; null for any other value.</summary>
    public static double? ConstantOf(IOperation value) =>
        value.ConstantValue is { HasValue: true, Value: IConvertible constant and not string and not bool and not char }
            ? constant.ToDouble(CultureInfo.InvariantCulture)
            : null;

    /// <summary>What an operator makes of two numbers; null for a division by zero, and for what is not reckoned with.</summary>
    public static double? Of(IBinaryOperation operation, double left, double right) =>
        operation.OperatorKind switch
        {
            BinaryOperatorKind.Add => left + right,
            BinaryOperatorKind.Subtract => left - right,
            BinaryOperatorKind.Multiply => left * right,
            BinaryOperatorKind.Divide => right.Equals(0d) ? null
            : IsWhole(operation.Type) ? Math.Truncate(left / right)
            : left / right,
            BinaryOperatorKind.Remainder => right.Equals(0d) ? null : left % right,
            BinaryOperatorKind.LeftShift => left * Math.Pow(2, right),
            _ => null,
        };

    /// <summary>Whether a conversion makes a whole number of one that may have decimals.</summary>
    public static bool IsCutting(IConversionOperation conversion) =>
        IsWhole(conversion.Type)
        && conversion.Operand.Type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal;

    private static bool IsWhole(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
}
