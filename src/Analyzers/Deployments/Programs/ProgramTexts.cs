using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Deployments.Programs;

/// <summary>Puts texts of a program together.</summary>
internal static class ProgramTexts
{
    /// <summary>A text: a constant, or put together of such; null for anything else.</summary>
    /// <param name="values">Follows values.</param>
    /// <param name="value">The expression.</param>
    public static string? Text(this ProgramValues values, Written value) => values.Steps.Into(() => Joined(values, value), null);

    private static string? Joined(ProgramValues values, Written value)
    {
        if (values.Single(value) is not { } only)
            return null;
        if (only.Operation.ConstantValue.HasValue)
            return only.Operation.ConstantValue.Value as string;
        if (PartsOf(only) is not { } parts)
            return null;
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            if (values.Text(part) is not { } text)
                return null;
            joined.Append(text);
        }

        return joined.ToString();
    }

    /// <summary>The texts that an interpolated string or a sum of texts is put together of; null for anything else.</summary>
    public static IReadOnlyList<Written>? PartsOf(Written text) =>
        text.Operation switch
        {
            IInterpolatedStringOperation interpolated => PartsOf(interpolated, text.Frame),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum =>
            [
                new(sum.LeftOperand, text.Frame),
                new(sum.RightOperand, text.Frame),
            ],
            _ => null,
        };

    private static List<Written>? PartsOf(IInterpolatedStringOperation interpolated, ProgramFrame frame)
    {
        var parts = new List<Written>();
        foreach (var part in interpolated.Parts)
        {
            switch (part)
            {
                case IInterpolatedStringTextOperation { Text: var text }:
                    parts.Add(new(text, frame));
                    break;
                case IInterpolationOperation { Expression: var expression, Alignment: null, FormatString: null }:
                    parts.Add(new(expression, frame));
                    break;
                default:
                    return null;
            }
        }

        return parts;
    }
}
