using AtLeastOnce.Deployment.Readers.CloudFormation;
using AtLeastOnce.Deployment.Readers.Terraform.Hcl;
using AtLeastOnce.Deployment.Readers.Yaml;

namespace AtLeastOnce.Deployment.Readers.Terraform.Evaluation;

/// <summary>Applies operators to values that are known.</summary>
internal static class HclOperators
{
    private static readonly Resolution NotKnown = Resolution.Unknown("an operand is known only when deployed");

    /// <summary>The value of an operator before a value.</summary>
    public static Resolution Apply(HclUnary unary, Alternative operand) =>
        unary.Symbol == "!"
            ? Values.FlagOf(operand) is { } flag
                ? Values.Flag(!flag, unary.Start, unary.End)
                : Resolution.Unknown(Values.WhyNot(operand))
            : Values.NumberOf(operand) is { } number
                ? Values.Number(-number, unary.Start, unary.End)
                : Resolution.Unknown(Values.WhyNot(operand));

    /// <summary>The value of an operator between two values.</summary>
    public static Resolution Apply(HclBinary binary, Resolution left, Resolution right)
    {
        // One side may decide alone.
        if (binary.Symbol is "&&" or "||")
            return Logic(binary, left, right);
        return left.Then(one => right.Then(other => Apply(binary, one, other)));
    }

    private static Resolution Logic(HclBinary binary, Resolution left, Resolution right)
    {
        var absorbing = binary.Symbol == "||";
        foreach (var side in new[] { left, right })
        {
            if (side.Alternatives is [{ } only] && Values.FlagOf(only) == absorbing)
                return Values.Flag(absorbing, binary.Start, binary.End).On(only.Basis);
        }

        return left.Then(one =>
            right.Then(other =>
                Values.FlagOf(one) is { } a && Values.FlagOf(other) is { } b ? Values.Flag(absorbing ? a || b : a && b, binary.Start, binary.End) : NotKnown
            )
        );
    }

    private static Resolution Apply(HclBinary binary, Alternative left, Alternative right)
    {
        var (start, end) = (binary.Start, binary.End);
        if (binary.Symbol is "==" or "!=")
            return AreEqual(left, right) is { } equal ? Values.Flag(equal == (binary.Symbol == "=="), start, end) : NotKnown;
        if (Values.NumberOf(left) is not { } a || Values.NumberOf(right) is not { } b)
            return NotKnown;
        try
        {
            return binary.Symbol switch
            {
                "+" => Values.Number(a + b, start, end),
                "-" => Values.Number(a - b, start, end),
                "*" => Values.Number(a * b, start, end),
                "/" when b != 0 => Values.Number(a / b, start, end),
                "%" when b != 0 => Values.Number(a % b, start, end),
                "<" => Values.Flag(a < b, start, end),
                ">" => Values.Flag(a > b, start, end),
                "<=" => Values.Flag(a <= b, start, end),
                ">=" => Values.Flag(a >= b, start, end),
                _ => NotKnown,
            };
        }
        catch (OverflowException)
        {
            return Resolution.Unknown("the number is too large");
        }
    }

    // Null where it is not known. The text "5" is not the number, but may have been made one on its way.
    private static bool? AreEqual(Alternative left, Alternative right)
    {
        if (left.IsNothing || right.IsNothing)
            return left.IsNothing && right.IsNothing;
        if (left.Text?.Literal is not { } one || right.Text?.Literal is not { } other)
        {
            return left.Node is YamlSequence or YamlMapping && right.Node is YamlSequence or YamlMapping && IsEmpty(left) != IsEmpty(right) ? false : null;
        }

        if (Values.NumberOf(left) is { } a && Values.NumberOf(right) is { } b && IsPlain(left) && IsPlain(right))
            return a == b;
        return one != other ? false
            : IsPlain(left) == IsPlain(right) ? true
            : null;
    }

    private static bool IsPlain(Alternative value) => value.Node is YamlScalar { IsPlain: true };

    private static bool IsEmpty(Alternative value) => value.Node is YamlSequence { Items.Count: 0 } or YamlMapping { Entries.Count: 0 };
}
