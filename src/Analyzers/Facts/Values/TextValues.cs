using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AtLeastOnce.Analyzers.Facts.Values;

/// <summary>The texts that a value can be, as far as the code spells them out.</summary>
internal sealed class TextValues(ValueOrigins origins)
{
    /// <summary>What stands in a text for a part that is computed.</summary>
    public const string Computed = "⁇";

    private const int Most = 8;

    /// <summary>The texts; none when one of them cannot be told.</summary>
    public IReadOnlyList<string> Of(IOperation value, Frame frame)
    {
        var texts = new List<string>();
        foreach (var definition in origins.Definitions(value, frame))
        {
            if (texts.Count >= Most || Spell(definition.Operation, definition.Frame) is not { } text)
                return [];
            texts.Add(text);
        }

        return texts;
    }

    private string? Spell(IOperation operation, Frame frame)
    {
        switch (operation)
        {
            case { ConstantValue: { HasValue: true, Value: string text } }:
                return text;
            case IInterpolatedStringOperation interpolated:
                var parts = new StringBuilder();
                foreach (var part in interpolated.Parts)
                {
                    if (part is IInterpolatedStringTextOperation { Text: { ConstantValue: { HasValue: true, Value: string literal } } })
                        parts.Append(literal);
                    else
                        parts.Append(part is IInterpolationOperation hole && Of(hole.Expression, frame) is [var spelled] ? spelled : Computed);
                }

                return parts.ToString();
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return Part(sum.LeftOperand, frame) + Part(sum.RightOperand, frame);
            case IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInvocationOperation:
                return null;
            default:
                return null;
        }
    }

    private string Part(IOperation operation, Frame frame) => Of(operation, frame) is [var text] ? text : Computed;
}
