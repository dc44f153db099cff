using System.Globalization;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>Reckons with the numbers of a program.</summary>
internal static class ProgramAmounts
{
    private const int MostSteps = 40;

    /// <summary>A number: a constant, or sums, differences and products of such; null for anything else.</summary>
    /// <param name="values">Follows values.</param>
    /// <param name="value">The expression.</param>
    public static double? Amount(this ProgramValues values, Written value) => Amount(values, value, 0);

    private static double? Amount(ProgramValues values, Written value, int steps)
    {
        if (value.Operation.ConstantValue is { HasValue: true, Value: IConvertible constant and not string and not bool and not char })
            return constant.ToDouble(CultureInfo.InvariantCulture);
        if (
            steps > MostSteps
            || value.Operation is not IBinaryOperation binary
            || values.Single(new(binary.LeftOperand, value.Frame)) is not { } left
            || values.Single(new(binary.RightOperand, value.Frame)) is not { } right
            || Amount(values, left, steps + 1) is not { } first
            || Amount(values, right, steps + 1) is not { } second
        )
            return null;
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Add => first + second,
            BinaryOperatorKind.Subtract => first - second,
            BinaryOperatorKind.Multiply => first * second,
            _ => null,
        };
    }
}
