using AtLeastOnce.Analyzers.Infrastructure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>Reckons with the numbers of a program.</summary>
internal static class ProgramAmounts
{
    /// <summary>A number: a constant, or what is reckoned with such; null for anything else.</summary>
    /// <param name="values">Follows values.</param>
    /// <param name="value">The expression.</param>
    public static double? Amount(this ProgramValues values, Written value) => values.Steps.Into(() => Reckoned(values, value), null);

    private static double? Reckoned(ProgramValues values, Written value) =>
        Arithmetic.ConstantOf(value.Operation)
        ?? value.Operation switch
        {
            IConversionOperation conversion when Arithmetic.IsCutting(conversion) => Amount(values, conversion.Operand, value.Frame) is { } amount
                ? Math.Truncate(amount)
                : null,
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: var operand } => -Amount(values, operand, value.Frame),
            IBinaryOperation binary => Amount(values, binary.LeftOperand, value.Frame) is { } left
            && Amount(values, binary.RightOperand, value.Frame) is { } right
                ? Arithmetic.Of(binary, left, right)
                : null,
            _ => null,
        };

    private static double? Amount(ProgramValues values, IOperation operand, ProgramFrame frame) =>
        values.Single(new(operand, frame)) is { } only ? values.Amount(only) : null;
}
